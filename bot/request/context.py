"""Context of a command: all that a handler is given besides the command and the transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.live.lookup import NO_SOURCE, Offers
from bot.catalogue.titles.index import TitleIndex
from bot.delivery.planning import PlanningContext
from bot.domain.clubs.club import Club, Member
from bot.domain.follows import FeedPeek
from bot.domain.ids import FilmId, MemberId
from bot.features.picks.commands import RecommendCommand
from bot.language.grammar.reading import Habits
from bot.messages.codec import Commands
from bot.messages.commands import Command
from bot.messages.requests import Caller
from bot.ports.clock import Ids
from bot.ports.store import MemberClub, UnitOfWork
from bot.request.recent import AskedCommand, Conversations, ShownPicks, SpokenFilm
from bot.transfer.matching import MatchedFile


@dataclass(frozen=True, slots=True)
class Context:
    """Caller, time (UTC), club and member, film indexes, attachment, and the live source's offers.

    `people`: names of those whom the command names and who never wrote here; None: not in the club.
    `clubs`: those of the member, in a private talk of which the platform does not say the club.
    `film_file`: the films of a file that was brought in. `peek`: the feed that the command names.
    `web_url`: where the club's pages are served, without a slash at its end; empty where they are not.
    `recent`: the films and the picks that members spoke of last. `workspace`: the club within which a
    channel becomes a club of its own.
    """

    caller: Caller
    now: datetime
    club: Club
    member: Member
    titles: TitleIndex
    indexes: ClubIndexes
    ids: Ids
    commands: Commands
    attachment: str | None = None
    attachment_name: str = ""
    offers: Offers = NO_SOURCE
    people: Mapping[MemberId, str | None] = field(default_factory=dict)
    clubs: Sequence[MemberClub] = ()
    film_file: MatchedFile | None = None
    peek: FeedPeek | None = None
    web_url: str = ""
    workspace: Club | None = None
    recent: Conversations = field(default_factory=Conversations)

    @property
    def last_film(self) -> SpokenFilm | None:
        """The film that the member spoke of last, if that was a short while ago."""
        return self.recent.films.last(self.club.club_id, self.member.member_id, self.now)

    def speak_of(self, film_id: FilmId) -> None:
        """Note that the member speaks of a film: `it` means it from now on."""
        spoken = SpokenFilm(film_id, self.now)
        self.recent.films.note(self.club.club_id, self.member.member_id, spoken)

    @property
    def last_picks(self) -> ShownPicks | None:
        """The picks that the member saw last, if that was a short while ago."""
        return self.recent.picks.last(self.club.club_id, self.member.member_id, self.now)

    def show_picks(self, command: RecommendCommand, shown: Sequence[FilmId]) -> None:
        """Note the picks that the member is shown: `funnier` goes on from them."""
        picks = ShownPicks(command, tuple(shown), self.now)
        self.recent.picks.note(self.club.club_id, self.member.member_id, picks)

    def ask_about(self, command: Command) -> None:
        """Note the command that the member is asked about: a yes as their next word gives it."""
        asked = AskedCommand(command, self.now)
        self.recent.questions.note(self.club.club_id, self.member.member_id, asked)

    def take_question(self) -> Command | None:
        """Return the command that the member was asked about last; whatever they say next ends the question."""
        asked = self.recent.questions.take(self.club.club_id, self.member.member_id, self.now)
        return asked.command if asked else None

    def note_done(self, command: Command) -> None:
        """Note what the member has done with a film: `and Aftersun` does it with another."""
        done = AskedCommand(command, self.now)
        self.recent.done.note(self.club.club_id, self.member.member_id, done)

    def take_done(self) -> Command | None:
        """Return what the member had done in the line before, which is forgotten with that."""
        done = self.recent.done.take(self.club.club_id, self.member.member_id, self.now)
        return done.command if done else None

    def shares_again(self, command: Command) -> bool:
        """Note what the member shows to all; tell whether they showed the same a moment ago."""
        before = self.recent.shared.take(self.club.club_id, self.member.member_id, self.now)
        shared = AskedCommand(command, self.now)
        self.recent.shared.note(self.club.club_id, self.member.member_id, shared)
        return before is not None and before.command == command

    @property
    def region(self) -> str:
        """The member's region where set, else the club's."""
        return self.member.region or self.club.region

    @property
    def zone(self) -> str:
        """The member's IANA time zone where set, else the club's."""
        return self.member.zone or self.club.zone

    @property
    def club_title(self) -> str:
        """The club's name, or a word for it."""
        return self.club.name or "The film club"

    @property
    def habits(self) -> Habits:
        """How the member writes ratings and days."""
        return Habits(self.member.scale, self.today, self.region)

    @property
    def today(self) -> date:
        """The day now in the member's zone."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    def planning(self, work: UnitOfWork) -> PlanningContext:
        """Return the context in which this request plans deliveries, in a transaction of the club."""
        return PlanningContext(work, self.club, self.ids, self.now)
