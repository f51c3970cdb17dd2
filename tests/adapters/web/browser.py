"""A browser without a screen: keeps cookies, follows links, sends the forms of a page as they stand."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from aiohttp import ClientSession, CookieJar
from multidict import CIMultiDict


@dataclass
class SentForm:
    """A form of a page: where it goes, what it holds, what can be pressed or ticked in it."""

    action: str
    method: str
    label: str = ""
    values: dict[str, str] = field(default_factory=dict)


_BLOCKS = frozenset(
    "p div li tr td th h1 h2 h3 dt dd section article option label blockquote figcaption caption".split()
)
"""Elements that begin apart from what stands before them."""


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.links: list[str] = []
        self.assets: list[str] = []
        self.forms: list[SentForm] = []
        self.words: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self._select = self._area = ""
        self._in_button = False
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes |= given.keys()
        self.words += [" "] if tag in _BLOCKS else []
        match tag:
            case "a" if "href" in given:
                self.links.append(urljoin(self.url, given["href"]))
            case "link" | "img" | "script" | "iframe" | "source" | "image":
                self.assets.append(urljoin(self.url, given.get("href", given.get("src", ""))))
            case "form":
                action = urljoin(self.url, given.get("action", self.url))
                self.forms.append(SentForm(action, given.get("method", "get")))
            case "input" | "select" | "option" | "textarea":
                self._field(tag, given)
            case "button":
                self._in_button = True
            case "style" | "title":
                self._silent += 1

    def _field(self, tag: str, given: dict[str, str]) -> None:
        values = self.forms[-1].values
        if tag == "option":
            first = values[self._select] == "" and self._select == "chosen"
            if "selected" in given or first:
                values[self._select] = given.get("value", "")
        elif tag == "input":
            if given.get("type") not in {"checkbox", "radio"} or "checked" in given:
                values[given["name"]] = given.get("value", "")
        elif tag == "select":
            self._select = given["name"]
            values[self._select] = ""
        else:
            self._area = given["name"]
            values[self._area] = ""

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "select":
                self._select = ""
            case "textarea":
                form = self.forms[-1]
                form.values[self._area] = form.values[self._area].removeprefix("\n")
                self._area = ""
            case "button":
                self._in_button = False
            case "style" | "title":
                self._silent -= 1

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].values[self._area] += data
        elif self._in_button:
            self.forms[-1].label += data.strip()
        elif not self._silent:
            self.words.append(data)


@dataclass
class WebPage:
    """A page as it came: its status, its headers, its text, what it links to and lets one send."""

    url: str
    status: int
    headers: CIMultiDict[str]
    html: str
    links: list[str]
    assets: list[str]
    forms: list[SentForm]
    words: str
    tags: list[str]
    attributes: set[str]

    def form(self, label: str) -> SentForm:
        """Return the form with this button."""
        for each in self.forms:
            if each.label == label:
                return each
        raise AssertionError(f"no {label!r} among {[each.label for each in self.forms]}")


class Browser:
    """One browser of one person."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.session = ClientSession(
            cookie_jar=CookieJar(unsafe=True), headers={"User-Agent": "Firefox/140 (Linux)"}
        )

    async def get(self, path: str, **headers: str) -> WebPage:
        url = urljoin(self.base, path)
        async with self.session.get(url, headers=headers, allow_redirects=True) as response:
            return await self._read(response)

    async def send(self, form: SentForm, **values: str) -> WebPage:
        """Send a form, some of its fields changed: `rating="4/5"` sets `f.rating`."""
        sent = dict(form.values)
        for name, value in values.items():
            sent[name if name in sent else f"f.{name}"] = value
        if form.method.lower() == "get":
            async with self.session.get(form.action, params=sent) as response:
                return await self._read(response)
        return await self.post(form.action, sent)

    async def post(self, path: str, values: dict[str, str], **headers: str) -> WebPage:
        url = urljoin(self.base, path)
        sent = {"Origin": self.base, **headers}
        async with self.session.post(url, data=values, headers=sent) as response:
            return await self._read(response)

    async def press(self, page: WebPage, label: str, **values: str) -> WebPage:
        return await self.send(page.form(label), **values)

    async def _read(self, response: object) -> WebPage:
        text = await response.text(errors="replace")  # type: ignore[attr-defined]  # a client response
        url, status = str(response.url), response.status  # type: ignore[attr-defined]  # likewise
        reader = _Reader(url)
        reader.feed(text)
        headers = CIMultiDict(response.headers)  # type: ignore[attr-defined]  # likewise
        words = " ".join("".join(reader.words).split())
        return WebPage(
            url,
            status,
            headers,
            text,
            reader.links,
            reader.assets,
            reader.forms,
            words,
            reader.tags,
            reader.attributes,
        )
