"""Handlers of pages to read. `bot.pages` decides what a member may see on each, as in the chat."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from adapters.web.posters import SIZES, kind_of
from adapters.web.site import VISITOR, Site, Visitor, site_of
from adapters.web.templating import page
from bot.domain.clubs.web_keys import KeyKind
from bot.domain.ids import FilmId, MemberId
from bot.domain.words.text import storable
from bot.features.club.commands import SettingsCommand
from bot.features.members.commands import MeCommand
from bot.features.nights.commands import NightCommand
from bot.features.privacy.commands import ExportCommand, ForgetCommand, PrivacyCommand
from bot.features.releases.commands import ReleasesCommand, RemindersCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.features.web.commands import MakeFeedCommand, WebCommand
from bot.messages.commands import Command
from bot.messages.replies import Button, Reply
from bot.messages.requests import Request
from bot.pages.club import club_page
from bot.pages.figures import figures_page, year_page
from bot.pages.film import film_page
from bot.pages.member import member_page
from bot.pages.nights import open_ballots
from bot.pages.reviews import Reader, reader_of
from bot.ports.store import UnitOfWork
from bot.request.context import Context

FOUND = 12
"""Most films that a search lists."""

LONGEST_SEARCH = 120

View = Callable[[Reader, UnitOfWork], Awaitable[Any]]


async def shown(request: web.Request, name: str, view: View, **values: object) -> web.Response:
    """Render a template with the value of a view; 404 where that is None."""
    site, visitor = site_of(request), request[VISITOR]

    async def read(context: Context, work: UnitOfWork) -> tuple[Reader, Any]:
        pause = site.bot.commands_first.slices()
        reader = await reader_of(context, site.reviews, work, pause)
        return reader, await view(reader, work)

    found = await site.bot.look(visitor.caller, read)
    if isinstance(found, Reply):
        return await answer_page(site, visitor, found, status=403)
    reader, content = found
    if content is None:
        return await page(site, visitor, "missing.html", status=404, club=reader.club)
    told: dict[str, Any] = {"page": content, "locks": reader.access.locks, **values}
    return await page(site, visitor, name, club=reader.club, **told)


async def answer_page(
    site: Site,
    visitor: Visitor,
    reply: Reply,
    *,
    status: int = 200,
    back: str = "/",
    club: str = "",
) -> web.Response:
    """Render a reply of the core as a page."""
    return await page(
        site, visitor, "answer.html", status=status, club=club, reply=reply, back=back
    )


async def ask(site: Site, visitor: Visitor, command: Command, once: str = "") -> Reply:
    """Send a command to the core, as the chat does; return its reply."""
    request_id = f"web:{visitor.key.key_id}:{once or site.ids.new()}"
    return await site.bot.handle(Request(request_id, visitor.caller, command))


async def club(request: web.Request) -> web.Response:
    """Serve the club's front page."""
    return await shown(request, "club.html", club_page)


async def film(request: web.Request) -> web.Response:
    """Serve a film's page."""
    film_id = FilmId(storable(request.match_info["film"]))
    return await shown(request, "film.html", lambda reader, work: film_page(film_id, reader, work))


async def poster(request: web.Request) -> web.Response:
    """Serve a film's poster."""
    site, size = site_of(request), request.match_info["size"]
    film_id = FilmId(storable(request.match_info["film"]))

    async def read(_: Context, work: UnitOfWork) -> str | None:
        film = await work.films.get(film_id)
        return film.poster if film else None

    address = await site.bot.look(request[VISITOR].caller, read)
    if isinstance(address, Reply) or not address or size not in SIZES:
        raise web.HTTPNotFound
    picture = await site.posters.poster(address, size)
    if picture is None:
        raise web.HTTPNotFound
    headers = {"Cache-Control": "private, max-age=604800"}
    return web.Response(body=picture, content_type=kind_of(picture), headers=headers)


async def films(request: web.Request) -> web.Response:
    """Serve the search of films by title."""
    site, visitor = site_of(request), request[VISITOR]
    typed = storable(request.query.get("q", ""))[:LONGEST_SEARCH].strip()
    found = site.bot.films.complete(typed, FOUND, visitor.key.club_id) if typed else []
    if len(found) == 1:
        raise web.HTTPSeeOther(f"/film/{found[0].film_id}")

    async def nothing(_: Reader, __: UnitOfWork) -> list[Any]:
        return list(found)

    return await shown(request, "films.html", nothing, typed=typed)


async def member(request: web.Request) -> web.Response:
    """Serve a member's page."""
    return await _member(request, MemberId(storable(request.match_info["member"])))


async def _member(request: web.Request, member_id: MemberId) -> web.Response:
    number = _number(request.query.get("page", ""), 1)
    return await shown(
        request,
        "member.html",
        lambda reader, work: member_page(member_id, number or 1, reader, work),
    )


async def me(request: web.Request) -> web.Response:
    """Serve the visitor's own page."""
    return await _member(request, request[VISITOR].key.member_id)


async def own(request: web.Request) -> web.Response:
    """Serve the visitor's lists and settings: watchlist, reminders, marks, sessions, feeds, export, forget."""
    site, visitor = site_of(request), request[VISITOR]
    commands = {
        "Watchlist": WatchlistCommand(),
        "Reminders": RemindersCommand(),
        "Marks": MeCommand(part="marks"),
        "Settings": SettingsCommand(),
        "Sessions, links and feeds": WebCommand("sessions", here=visitor.key.key_id),
    }
    replies = {name: await ask(site, visitor, each) for name, each in commands.items()}
    offers = (
        Button("A calendar address", MakeFeedCommand(KeyKind.CALENDAR)),
        Button("A feed of the reviews", MakeFeedCommand(KeyKind.REVIEWS)),
    )
    data = (
        Button("What is stored", PrivacyCommand()),
        Button("Take it along", ExportCommand()),
        Button("Forget me…", ForgetCommand()),
    )
    return await page(
        site, visitor, "own.html", club=await name_of_club(site, visitor), replies=replies,
        offers=offers, data=data,
    )  # fmt: skip


async def figures(request: web.Request) -> web.Response:
    """Serve the club's statistics."""
    year = _number(request.query.get("year", ""), None)
    return await shown(
        request, "figures.html", lambda reader, work: figures_page(year, reader, work)
    )


async def year(request: web.Request) -> web.Response:
    """Serve a year in review."""
    number = int(request.match_info["year"])
    return await shown(request, "year.html", lambda reader, work: year_page(number, reader, work))


async def nights(request: web.Request) -> web.Response:
    """Serve film nights: the next one, the visitor's ballot, past ones, the ledger."""
    site, visitor = site_of(request), request[VISITOR]
    commands = {
        "now": NightCommand(),
        "past": NightCommand("history"),
        "picture": NightCommand("picture"),
        "ledger": NightCommand("ledger"),
    }
    replies = {key: await ask(site, visitor, each) for key, each in commands.items()}
    return await shown(request, "nights.html", open_ballots, **replies)


async def calendar(request: web.Request) -> web.Response:
    """Serve the coming releases, and the addresses of calendars."""
    offers = (Button("An address for your calendar", MakeFeedCommand(KeyKind.CALENDAR)),)
    return await _replies(request, "calendar.html", offers, coming=ReleasesCommand())


async def _replies(
    request: web.Request, name: str, offers: tuple[Button, ...] = (), **commands: Command
) -> web.Response:
    """Render a page of several answers."""
    site, visitor = site_of(request), request[VISITOR]
    replies: dict[str, Any] = {
        key: await ask(site, visitor, each) for key, each in commands.items()
    }
    club_ = await name_of_club(site, visitor)
    return await page(site, visitor, name, club=club_, offers=offers, **replies)


async def name_of_club(site: Site, visitor: Visitor) -> str:
    """Return the name of a visitor's club, or a word for it; empty where the store does not answer."""

    async def read(context: Context, _: UnitOfWork) -> str:
        return context.club_title

    found = await site.bot.look(visitor.caller, read)
    return found if isinstance(found, str) else ""


def _number(text: str, otherwise: int | None) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else otherwise
