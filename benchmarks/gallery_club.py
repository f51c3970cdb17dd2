"""The club that the gallery plays on the real core, and every kind of what it shows."""

import re
from dataclasses import dataclass

from adapters.slack.outgoing.home import HomePage, sections
from bot.domain.reviews.ratings import HalfStars
from bot.features.reviews.commands import ReviewCommand
from bot.intake.fetching.live_pages import films_shown, with_pages
from bot.messages.replies import FieldNote, Form, Reply
from bot.messages.requests import Request
from bot.ports.film_source import FilmPage, WhereToWatch
from tests.support import Room, actions, items

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
    "Picks with quotes": "quoted",
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
    "A ballot": "ben: /night in\nben: /night nominate Yi Yi\nana: /night nominate Ran\nana: /night close\nana: /night vote",
    "One's ballot": "ana: /night vote 1 / 2",
    "A night decided": "ben: /night vote 1 / 2\nana: /night close\nana: /night",
    "A form": "form Write a review on The club's card",
    "A form corrected": "wrong",
    "Figures": "/stats",
    "A taste match": "/match ben",
    "Releases": "/releases",
    "One's own page": "/me",
    "Somebody's page": "/me @ben",
    "Settings": "/settings",
    "A form of settings": "form Change on Settings",
    "Home": "home",
    "Privacy": "/privacy",
    "Forget": "/forget",
}


def _page(film_id: str) -> FilmPage:
    nowhere = WhereToWatch("GB")
    return FilmPage(1, f"https://posters.example/{film_id}", None, "", nowhere)


PRAISE = (
    "The last shot made the whole row hold its breath until the lights came up.",
    "Every scene is a small heist: in, out, and something of yours is gone.",
    "I laughed twice, and then cried through all of the credits.",
)


async def quoted(room: Room, replies: dict[str, Reply]) -> Reply:
    """Let somebody praise all that was picked, and ask for picks again."""
    films = [each for name in ("Picks", "Other picks") for each in items(replies[name])]
    for number, film in enumerate(films):
        await room.say("dev", f"/review id:{film.film_id} 5/5 | {PRAISE[number % len(PRAISE)]}")
    return await room.say("ana", "/recommend")


@dataclass(frozen=True)
class Home:
    """What App Home shows a member: the replies that stand in it."""

    replies: tuple[Reply, ...]


Shown = Reply | Form | Home


async def formed(room: Room, form: Form) -> Form:
    """Open a form as a member does."""
    opened = await room.bot.forms.load(room.caller("ana"), form)
    assert isinstance(opened, Form)
    return opened


async def home(room: Room) -> Home:
    caller = room.caller("ana", admin=True)
    asked = (Request(f"home {each.name}", caller, each) for each in sections(HomePage(), caller))
    return Home(tuple([await room.bot.handle(each) for each in asked]))


def corrected() -> Form:
    """Return a form that is opened again, with a day that does not fit."""
    typed = ReviewCommand("Heat", HalfStars(8), "Warm, then cold.")
    error = "There is no day “the day after never”. Write it so: 26 January 2024, or 2024-01-26."
    note = FieldNote("watched_on", "the day after never", error)
    return Form("Review: Heat", typed, ("rating", "text", "watched_on"), (note,))


async def played(room: Room) -> dict[str, Shown]:
    for line in SAID.splitlines():
        member, _, text = line.partition(": ")
        await room.say(member, text)
    shown: dict[str, Shown] = {}
    for name, line in SHOWN.items():
        found = await one(room, line, {k: v for k, v in shown.items() if isinstance(v, Reply)})
        if isinstance(found, Reply) and (pages := {e: _page(e) for e in films_shown(found)}):
            found = with_pages(found, pages)
        shown[name] = found
    return shown


async def one(room: Room, line: str, replies: dict[str, Reply]) -> Shown:
    match line:
        case "quoted":
            return await quoted(room, replies)
        case "home":
            return await home(room)
        case "wrong":
            return await formed(room, corrected())
        case "open":
            return await room.open_film("ana", replies["Picks"])
    if pressed := re.fullmatch(r"press (.+) on (.+)", line):
        return await room.press("ana", replies[pressed[2]], pressed[1])
    if opened := re.fullmatch(r"form (.+) on (.+)", line):
        there = (e for e in actions(replies[opened[2]]) if isinstance(e, Form))
        return await formed(room, next(each for each in there if each.label == opened[1]))
    reply = None
    for said in line.splitlines():
        member, found, text = said.rpartition(": /")
        reply = await room.say(member or "ana", f"/{text}" if found else said)
    assert reply is not None
    return reply
