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

from adapters.discord.outgoing.render import render as in_discord  # noqa: E402 - found above
from adapters.discord.outgoing.responses import ComponentsView  # noqa: E402 - likewise
from adapters.slack.outgoing.render import render as in_slack  # noqa: E402 - likewise
from bot.catalogue.club_index import film_document  # noqa: E402 - likewise
from bot.catalogue.starter import starter_films  # noqa: E402 - likewise
from bot.catalogue.titles.index import TitledFilm, TitleIndex  # noqa: E402 - likewise
from bot.intake.fetching.live_pages import films_shown, with_pages  # noqa: E402 - likewise
from bot.messages.replies import Reply  # noqa: E402 - likewise
from bot.ports.film_source import FilmPage, WhereToWatch  # noqa: E402 - likewise
from recommender import BaseIndex  # noqa: E402 - likewise
from tests.conftest import open_room  # noqa: E402 - likewise
from tests.support import Room  # noqa: E402 - likewise

SCREEN = 700
"""Pixels of a phone's screen that a chat leaves for messages, of 844."""

WIDTH = 390
COLUMNS = 4
SAID = """\
ana: /review Aftersun 4.5/5 It stayed with me for a week. Quiet, sunlit and devastating.
ben: /review Aftersun 5/5 A holiday seen through a camcorder; the last dance broke me.
cleo: /review Aftersun 2/5 Too slow for me, and I never knew what was at stake.
ana: /review Past Lives 4/5 Tender and patient about the lives we don't lead.
ana: /review Heat 4/5 Precise, lonely men in glass houses.
ana: /review Carol 5/5 Every look is a paragraph. ||She waves from the other table.||
ana: /review Moonlight 5/5 Three chapters of tenderness withheld and given.
ben: /review Heat 5/5 The best shoot-out ever put on screen.
ben: /review Carol 3/5 Beautiful, a bit cold.
cleo: /review Parasite 5/5 Stairs as fate. Funny until it is not.
ana: /watchlist add Tokyo Story
ana: /watchlist add Yi Yi
ana: /remind All of Us Strangers
"""
SHOWN = {
    "Help": "/help",
    "Picks": "/recommend",
    "Other picks": "press Other picks on Picks",
    "A pick, opened": "open",
    "A wish": "/recommend tender and ghostly, less bleak",
    "For several": "/recommend with @ben",
    "The club's card": "/review Aftersun",
    "Details": "press Details on The club's card",
    "A film's card": "/film Parasite",
    "Reviews": "/reviews Carol",
    "A receipt": "/review Her 4/5 Warm, sad and very orange. ||She leaves.||",
    "Which film?": "/review Solaris 4/5 Slow and deep.",
    "The answer in its place": "press Solaris (1972) on Which film?",
    "A question": "/ask who found Aftersun slow?",
    "A mistake": "/review Heat 11/10",
    "Watchlist": "/watchlist",
    "Reminders": "/reminders",
    "A film night": "/night new friday at 8",
    "Figures": "/stats",
    "A taste match": "/match ben",
    "Releases": "/releases",
    "One's own page": "/me",
    "Somebody's page": "/me @ben",
    "Settings": "/settings",
    "Privacy": "/privacy",
    "Forget": "/forget",
}


def _page(film_id: str) -> FilmPage:
    nowhere = WhereToWatch("GB")
    return FilmPage(1, f"https://posters.example/{film_id}", None, "", nowhere)


async def played(room: Room) -> dict[str, Reply]:
    for line in SAID.splitlines():
        member, _, text = line.partition(": ")
        await room.say(member, text)
    replies: dict[str, Reply] = {}
    for name, line in SHOWN.items():
        if line == "open":
            reply = await room.open_film("ana", replies["Picks"])
        elif pressed := re.fullmatch(r"press (.+) on (.+)", line):
            reply = await room.press("ana", replies[pressed[2]], pressed[1])
        else:
            reply = await room.say("ana", line)
        pages = {each: _page(each) for each in films_shown(reply)}
        replies[name] = with_pages(reply, pages) if pages else reply
    return replies


# Discord ----------------------------------------------------------------------------------------


def discord(reply: Reply) -> str:
    message = in_discord(reply)
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


def slack(reply: Reply) -> str:
    return "".join(map(block, in_slack(reply).blocks))


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


# The page ---------------------------------------------------------------------------------------


def button(label: str, style: str) -> str:
    return f'<span class="button {style}">{html.escape(label)}</span>'


def menu(placeholder: str) -> str:
    return f'<span class="menu">{html.escape(placeholder)} <i>⌄</i></span>'


def poster(alt: str) -> str:
    title = alt.removeprefix("Poster of ")
    hue = sum(map(ord, title)) * 37 % 360
    return f'<span class="poster" style="background:hsl({hue} 35% 40%)">{html.escape(title[:28])}</span>'


STYLE = (Path(__file__).parent / "gallery.css").read_text("utf-8")


def page(replies: dict[str, Reply], platform: str, scheme: str) -> str:
    draw = discord if platform == "discord" else slack
    phones = "".join(
        f'<section><h6>{html.escape(name)}</h6><div class="phone" data-name="{html.escape(name)}">'
        f'<div class="who"><b>Matinee</b> <small>12:00</small></div>{draw(reply)}</div></section>'
        for name, reply in replies.items()
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


def draw(replies: dict[str, Reply], browser: str, out: Path) -> Iterator[str]:
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
