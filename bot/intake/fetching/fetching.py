"""Fetching of what the club's data lacks: films of a live source, names from the platform, feeds, files.

All of it is done outside of any transaction, so that others need not wait for it.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.catalogue.live.lookup import LiveFilms
from bot.catalogue.live.pages import MOST_FILMS, FilmPages
from bot.catalogue.titles.club_titles import ClubTitles
from bot.domain.ids import MemberId
from bot.features.club.commands import ChannelClubCommand
from bot.features.follow.commands import FollowCommand
from bot.features.follow.grammar import account_of
from bot.features.transfer.answers import rows_to_look_up
from bot.features.transfer.commands import ImportCommand, LookUpRowsCommand
from bot.features.transfer.grammar import columns_in
from bot.intake.fetching.films import wanted
from bot.intake.fetching.live_pages import films_shown, with_pages
from bot.intake.fetching.row_lookups import look_up_entries
from bot.messages.commands import Command
from bot.messages.replies import Reply
from bot.messages.requests import ChannelClub
from bot.ports.film_files import FilmFileReader
from bot.ports.store import Store, UnitOfWork
from bot.request.club.directories import Directories, strangers
from bot.request.context import Context
from bot.request.feed_peeks import FeedPeeks
from bot.request.lookup.adding import is_own
from bot.transfer.matching import MatchedFile, matched


@dataclass(frozen=True, slots=True)
class Needs:
    """Data that a command needs from outside: an unknown film, members without names, a feed."""

    film: str | None
    people: Sequence[MemberId]
    feed: bool

    def __bool__(self) -> bool:
        """Tell whether anything is needed."""
        return self.film is not None or bool(self.people) or self.feed


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches what commands need; `live` and `pages` are None without a source of films.

    `slots`: places of requests that read for their reply.
    """

    store: Store
    titles: ClubTitles
    directories: Directories
    live: LiveFilms | None
    pages: FilmPages | None
    files: FilmFileReader
    feeds: FeedPeeks
    slots: asyncio.Semaphore

    async def needs(self, command: Command, context: Context, work: UnitOfWork) -> Needs:
        """Return what a command needs before it can be executed."""
        film = wanted(command, context.titles, context.club.region) if self.live else None
        follows = isinstance(command, FollowCommand) and bool(command.account)
        return Needs(film, await strangers(command, work), follows)

    async def fetch(
        self, command: Command, needs: Needs, upload: bytes | None, context: Context
    ) -> Context:
        """Return the context with all that the command needs, a file that came with it included."""
        if needs:
            context = await self._look_up(needs, context)
        match command:
            case FollowCommand(account=account) if account:
                return replace(context, peek=await self.feeds.of(account_of(account)))
            case ImportCommand() if upload is not None:
                return await self._read_films(upload, command, context)
            case LookUpRowsCommand() if self.live is not None:
                return await self._look_up_rows(command, self.live, context)
            case ChannelClubCommand() if context.caller.channel_club is not None:
                return await self._read_workspace(context.caller.channel_club, context)
        return context

    async def with_pages(self, reply: Reply, context: Context) -> Reply:
        """Add pictures, trailers and where to watch to the films of a reply, where a source has them."""
        if self.pages is None or not (shown := films_shown(reply)):
            return reply
        async with self.slots, self.store.reading(context.club.club_id) as work:
            films = await work.films.many(shown[:MOST_FILMS])
        public = [film for film in films.values() if not is_own(film)]
        return with_pages(reply, await self.pages.of(public, context.region))

    async def look_ahead(self, region: str) -> None:
        """Add the films that come out in a region soon, where a live source tells. Raises SourceError."""
        if self.live is not None:
            await self.live.add_coming(region)

    async def look_up(self, typed: str) -> None:
        """Add a film to the catalogue that is named by a number or an address, where a live source has it."""
        if self.live is not None:
            await self.live.look(typed)

    async def close(self) -> None:
        """Cancel pending lookups of the live source."""
        for each in (self.live, self.pages):
            if each is not None:
                await each.close()

    async def _look_up(self, needs: Needs, context: Context) -> Context:
        """Ask the platform for names, and the live source for a film."""
        club_id = context.club.club_id
        context = replace(context, people=await self.directories.names(club_id, needs.people))
        if self.live is None or needs.film is None:
            return context
        offers = await self.live.look(needs.film)
        async with self.store.reading(club_id) as work:
            return replace(context, offers=offers, titles=await self.titles.of(work))

    async def _read_workspace(self, channel: ChannelClub, context: Context) -> Context:
        """Read the settings of the workspace's club, with which that of a channel begins."""
        async with self.store.reading(channel.within) as work:
            return replace(context, workspace=await work.clubs.get())

    async def _look_up_rows(
        self, command: LookUpRowsCommand, live: LiveFilms, context: Context
    ) -> Context:
        """Look up films that an import names and nobody knows yet."""
        async with self.store.reading(context.club.club_id) as work:
            rows = await rows_to_look_up(command, context, work)
        await look_up_entries([each.entry for each in rows], live)
        async with self.store.reading(context.club.club_id) as work:
            return replace(context, titles=await self.titles.of(work))

    async def _read_films(self, upload: bytes, command: ImportCommand, context: Context) -> Context:
        """Read a file of films and match them, outside of any transaction."""
        columns = columns_in(command.columns) if command.columns else {}
        file = await self.files.read(upload, context.attachment_name, columns)
        matches = await asyncio.to_thread(matched, file.entries, context.titles)
        return replace(context, film_file=MatchedFile(file, tuple(matches)))
