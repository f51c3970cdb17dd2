"""The gallery: every kind of reply as Discord and Slack get it, drawn at a phone's width by a browser.

A club is played on the real core; each reply is rendered by the platform's own renderer, and the
payload is drawn by a small page in light and dark. Prints how many screens of a phone each takes.

    pip install '.[gallery]'; python benchmarks/gallery.py [--browser chromium] [--out docs/gallery]
"""

import argparse
import asyncio
import html
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from adapters.discord.incoming.modals import modal_of  # noqa: E402 - likewise
from adapters.discord.outgoing.render import render as in_discord  # noqa: E402 - found above
from adapters.discord.outgoing.responses import ComponentsView  # noqa: E402 - likewise
from adapters.slack.outgoing.home import HomePage, home_view  # noqa: E402 - likewise
from adapters.slack.outgoing.modals import modal  # noqa: E402 - likewise
from adapters.slack.outgoing.render import render as in_slack  # noqa: E402 - likewise
from benchmarks.gallery_club import Home, Shown, played  # noqa: E402 - likewise
from bot.catalogue.club_index import film_document  # noqa: E402 - likewise
from bot.catalogue.starter import starter_films  # noqa: E402 - likewise
from bot.catalogue.titles.index import TitledFilm, TitleIndex  # noqa: E402 - likewise
from bot.messages.replies import Form  # noqa: E402 - likewise
from recommender import BaseIndex  # noqa: E402 - likewise
from tests.conftest import open_room  # noqa: E402 - likewise

SCREEN = 700
"""Pixels of a phone's screen that a chat leaves for messages, of 844."""

WIDTH = 390
COLUMNS = 4
# Discord ----------------------------------------------------------------------------------------


def discord(shown: Shown) -> str:
    if isinstance(shown, Home):
        return ""
    if isinstance(shown, Form):
        made = modal_of(shown, "1.review", shown.label)
        fields = "".join(map(component, made.to_components()))
        return f"<h3>{html.escape(made.title)}</h3>{fields}{form_buttons('Submit')}"
    message = in_discord(shown)
    if message.content:
        return f"<p>{marked(message.content)}</p>"
    return "".join(map(component, ComponentsView(message).to_components()))


def component(part: dict) -> str:
    inner = "".join(map(component, part.get("components", ())))
    match part["type"]:
        case 17:
            return f'<div class="box">{inner}</div>'
        case 9:
            return f'<div class="section"><div>{inner}</div>{component(part["accessory"])}</div>'
        case 1:
            return f'<div class="row">{inner}</div>'
        case 2:
            return button(part["label"], {1: "primary", 4: "danger"}.get(part["style"], ""))
        case 3:
            return menu(part["placeholder"])
        case 10:
            return "".join(
                f"<p>{marked(line)}</p>" if not line.startswith(("#", "-#", ">")) else marked(line)
                for line in part["content"].split("\n")
            )
        case 11:
            return poster(part["description"])
        case 14:
            return "<hr>"
        case 13:
            return f'<div class="file">{html.escape(part["file"]["url"].partition("//")[2])}</div>'
    return form_part(part)


def form_part(part: dict) -> str:
    match part["type"]:
        case 18:
            below = f"<small>{html.escape(part.get('description') or '')}</small>"
            return (
                f"<p><b>{html.escape(part['label'])}</b></p>{below}{component(part['component'])}"
            )
        case 4:
            return typed_in(part.get("value"), part.get("placeholder"), long=part["style"] == 2)
        case 21 | 22:
            mark = "◉ ○" if part["type"] == 21 else "☑ ☐"
            return "".join(
                f"<p>{mark[0] if each.get('default') else mark[2]} {html.escape(each['label'])}</p>"
                for each in part["options"]
            )
        case 5 | 8 | 19:
            return menu({5: "Choose people", 8: "Choose a channel", 19: "Add a file"}[part["type"]])
    return ""


def marked(text: str) -> str:
    """Draw the markdown that Matinee writes, a line at a time."""
    for mark, tag in (("### ", "h4"), ("## ", "h3"), ("-# ", "small"), ("> ", "blockquote")):
        if text.startswith(mark):
            return f"<{tag}>{marked(text[len(mark) :])}</{tag}>"
    shown = html.escape(text.replace("\\", ""), quote=False)
    shown = re.sub(r"&lt;t:(\d+):\w&gt;", lambda found: f"<i>{local(int(found[1]))}</i>", shown)
    shown = re.sub(r"&lt;@(?:test:)?(\w+)&gt;", r'<span class="at">@\1</span>', shown)
    shown = re.sub(r"\|\|(.+?)\|\|", r'<span class="hidden">\1</span>', shown)
    shown = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", shown)
    shown = re.sub(r"\*(.+?)\*", r"<i>\1</i>", shown)
    shown = re.sub(r"\[(.+?)\]\((.+?)\)", r"<a>\1</a>", shown)
    return re.sub(r"`(.+?)`", r"<code>\1</code>", shown)


def local(seconds: int) -> str:
    """Write an instant as Discord shows it to somebody in London."""
    return f"{datetime.fromtimestamp(seconds, ZoneInfo('Europe/London')):%-d %B %Y %H:%M}"


# Slack ------------------------------------------------------------------------------------------


def slack(shown: Shown) -> str:
    if isinstance(shown, Home):
        return "".join(map(block, home_view(HomePage(), shown.replies)["blocks"]))
    if isinstance(shown, Form):
        view = modal(shown, shown.label, "")
        fields = "".join(map(block, view["blocks"]))
        return f"<h3>{html.escape(view['title']['text'])}</h3>{fields}{form_buttons('Send')}"
    return "".join(map(block, in_slack(shown).blocks))


def block(part: dict) -> str:
    match part["type"]:
        case "header":
            return f"<h3>{html.escape(part['text']['text'])}</h3>"
        case "section":
            text = f"<p>{html.escape(part['text']['text'])}</p>"
            beside = poster(part["accessory"]["alt_text"]) if "accessory" in part else ""
            return f'<div class="section"><div>{text}</div>{beside}</div>'
        case "context":
            return "".join(
                f"<small>{html.escape(each.get('text', ''))}</small>" for each in part["elements"]
            )
        case "rich_text":
            return "".join(map(rich, part["elements"]))
        case "actions":
            return f'<div class="row">{"".join(map(element, part["elements"]))}</div>'
        case "divider":
            return "<hr>"
        case "input":
            hint = f"<small>{html.escape(part['hint']['text'])}</small>" if "hint" in part else ""
            return (
                f"<p><b>{html.escape(part['label']['text'])}</b></p>{field(part['element'])}{hint}"
            )
    return f"<small>[{part['type']}]</small>"


def rich(part: dict) -> str:
    tag = {"rich_text_quote": "blockquote", "rich_text_preformatted": "pre"}.get(part["type"], "p")
    return f"<{tag}>{''.join(map(leaf, part['elements']))}</{tag}>"


def leaf(part: dict) -> str:
    text = html.escape(
        part.get("text", part.get("user_id", part.get("url", part.get("fallback", ""))))
    )
    style = part.get("style", {})
    for name, tag in (("bold", "b"), ("italic", "i"), ("code", "code")):
        text = f"<{tag}>{text}</{tag}>" if style.get(name) else text
    return text.replace("\n", "<br>")


def element(part: dict) -> str:
    if part["type"] == "button":
        return button(part["text"]["text"], part.get("style", ""))
    return menu(part.get("placeholder", {}).get("text", ""))


def field(part: dict) -> str:
    match part["type"]:
        case "plain_text_input":
            shown = part.get("placeholder", {}).get("text")
            return typed_in(part.get("initial_value"), shown, long=part["multiline"])
        case "radio_buttons":
            chosen = part.get("initial_option", {}).get("value")
            return "".join(
                f"<p>{'◉' if each['value'] == chosen else '○'} {html.escape(each['text']['text'])}</p>"
                for each in part["options"]
            )
    chosen = part.get("initial_option", {}).get("text", {}).get("text")
    return menu(chosen or part.get("initial_date") or part["type"].replace("_", " "))


# The page ---------------------------------------------------------------------------------------


def button(label: str, style: str) -> str:
    return f'<span class="button {style}">{html.escape(label)}</span>'


def typed_in(value: str | None, placeholder: str | None, *, long: bool) -> str:
    """Draw a field for text, with what stands in it."""
    words = html.escape(value or "") or f"<i>{html.escape(placeholder or '')}</i>"
    return f'<div class="typed{" long" if long else ""}">{words}&nbsp;</div>'


def form_buttons(send: str) -> str:
    return f'<div class="row">{button("Cancel", "")}{button(send, "primary")}</div>'


def menu(placeholder: str) -> str:
    return f'<span class="menu">{html.escape(placeholder)} <i>⌄</i></span>'


def poster(alt: str) -> str:
    title = alt.removeprefix("Poster of ")
    hue = sum(map(ord, title)) * 37 % 360
    return f'<span class="poster" style="background:hsl({hue} 35% 40%)">{html.escape(title[:28])}</span>'


STYLE = (Path(__file__).parent / "gallery.css").read_text("utf-8")


def page(replies: dict[str, Shown], platform: str, scheme: str) -> str:
    draw = discord if platform == "discord" else slack
    phones = "".join(
        f'<section><h6>{html.escape(name)}</h6><div class="phone" data-name="{html.escape(name)}">'
        f'<div class="who"><b>Matinee</b> <small>12:00</small></div>{draw(reply)}</div></section>'
        for name, reply in replies.items()
        if platform == "slack" or not isinstance(reply, Home)
    )
    measure = (
        "<script>for(const e of document.querySelectorAll('.phone'))e.dataset.height=e.offsetHeight;"
        "document.body.dataset.height=document.documentElement.scrollHeight</script>"
    )
    return (
        f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>'
        f'<body class="{platform} {scheme}"><main>{phones}</main>{measure}'
    )


def browse(browser: str, *arguments: str) -> str:
    common = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
    done = subprocess.run(  # noqa: S603 - the browser that whoever runs this names
        [browser, *common, *arguments], capture_output=True, text=True, timeout=300, check=True
    )
    return done.stdout


def draw(replies: dict[str, Shown], browser: str, out: Path) -> Iterator[str]:
    """Draw each page, and yield how many screens its replies take."""
    width = COLUMNS * (WIDTH + 24) + 24
    with tempfile.TemporaryDirectory() as folder:
        for platform in ("discord", "slack"):
            for scheme in ("light", "dark"):
                file = Path(folder) / f"{platform}-{scheme}.html"
                file.write_text(page(replies, platform, scheme), "utf-8")
                dom = browse(browser, f"--window-size={width},900", "--dump-dom", f"file://{file}")
                whole = re.search(r'<body[^>]*data-height="(\d+)"', dom)
                height = int(whole[1]) if whole else 4000
                shot = Path(folder) / "shot.png"
                size = f"--window-size={width},{height}"
                browse(browser, size, f"--screenshot={shot}", f"file://{file}")
                Image.open(shot).convert("RGB").save(out / f"{platform}-{scheme}.webp", quality=55)
                if scheme == "light":
                    for name, pixels in re.findall(r'data-name="([^"]+)" data-height="(\d+)"', dom):
                        yield f"{platform:8} {html.unescape(name):18} {int(pixels) / SCREEN:.2f}"


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--browser", default="chromium")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "gallery")
    given = parser.parse_args()
    films = tuple(starter_films())
    titles = TitleIndex(map(TitledFilm.of, films))
    index = BaseIndex.build(map(film_document, films))
    with tempfile.TemporaryDirectory() as folder:
        async with open_room(Path(folder), films, titles, index) as room:
            replies = await played(room)
    given.out.mkdir(parents=True, exist_ok=True)
    print("screens of a phone")
    for line in draw(replies, given.browser, given.out):
        print(line)


if __name__ == "__main__":
    asyncio.run(main())
