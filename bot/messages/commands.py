"""The command catalogue: every command is declared here, once.

A command is a frozen dataclass. Its fields made with `option` are what a person can give; the
others travel only inside buttons. New fields go last: old messages name them by their places. Discord's command tree, Slack's manifest, the terminal's
completion, `/help` and the README's table are all read from `CATALOGUE`.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from bot.domain.films import ReleaseKind
from bot.domain.ids import ClubId, DraftId, FilmId, ReviewId
from bot.domain.ratings import HalfStars
from bot.messages.replies import Visibility


class Kind(StrEnum):
    """What an option holds, so that each platform can offer the right way to give it."""

    FILM = "film"
    RATING = "rating"
    TEXT = "text"
    WORDS = "words"
    MEMBER = "member"
    MEMBERS = "members"
    REGION = "region"
    ZONE = "zone"
    DATE = "date"
    DURATION = "duration"
    NUMBER = "number"
    YES_NO = "yes/no"
    CHOICE = "choice"
    FILE = "file"


def option(
    kind: Kind,
    help_: str,
    default: Any = MISSING,  # noqa: ANN401 - likewise
    *,
    choices: tuple[str, ...] = (),
) -> Any:  # noqa: ANN401 - a field may be of any type, as with dataclasses.field
    """Declare a field that a person can give, with its one-line help."""
    metadata = {"kind": kind, "help": help_, "choices": choices}
    if default is MISSING:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


# Everyone --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Review:
    """Read what the club thinks of a film, or, with a rating or words, write a review.

    `unsure` is what stands after the title where the typed line can be read two ways; `whole`
    says that what is not given is to be emptied, not kept from the member's former review; `mine`
    that the words are the member's own, though they may look like a critic's. `trouble` tells what
    could not be read in the line that the words were typed in; `draft` is what this finishes.
    """

    film: str = option(Kind.FILM, "title, link or id of the film", "")
    rating: HalfStars | None = option(Kind.RATING, "4, 4.5/5, 9/10, ★★★★½ or 90 %", None)
    text: str = option(Kind.TEXT, "what you thought of it; ||spoilers|| between bars", "")
    spoiler: bool = option(Kind.YES_NO, "the whole review gives things away", default=False)
    private: bool = option(
        Kind.YES_NO, "only you can read it; it feeds only your own picks", default=False
    )
    rewatch: bool = option(Kind.YES_NO, "you had seen it before", default=False)
    abandoned: bool = option(Kind.YES_NO, "you did not finish it", default=False)
    abandoned_after: int | None = option(Kind.NUMBER, "minutes after which you stopped", None)
    watched_on: date | None = option(Kind.DATE, "the day you saw it", None)
    file: str = option(Kind.FILE, "a long review as a text file, yours or a critic's", "")
    unsure: str = ""
    whole: bool = False
    mine: bool = False
    trouble: str = ""
    draft: DraftId | None = None

    @property
    def writes(self) -> bool:
        """Whether this is a review to save rather than one to read."""
        return bool(
            self.rating
            or self.text
            or self.abandoned
            or self.rewatch
            or self.watched_on
            or self.file
        )


@dataclass(frozen=True, slots=True)
class Reviews:
    """Read all reviews of a film, all of a member's, or your own, a page at a time.

    `share` shows the member's own review of the film to the whole club.
    """

    film: str = option(Kind.FILM, "reviews of this film", "")
    member: str = option(Kind.MEMBER, "reviews by this member", "")
    page: int = 1
    unfolded: bool = False
    share: bool = False


@dataclass(frozen=True, slots=True)
class Recommend:
    """Pick what to watch next: for you, for a mood, like a film, or for everyone in the room.

    `share` shows them to the whole club. `instead` is the mood that is meant if the members,
    named without an @, are none: as in `heist with tilda swinton`.
    """

    like: tuple[str, ...] = option(Kind.FILM, "films that the picks should be like", ())
    mood: str = option(
        Kind.WORDS, "a mood in your own words: tender, a little ghostly, not gory", ""
    )
    members: tuple[str, ...] = option(Kind.MEMBERS, "who watches with you; or everyone", ())
    more: str = option(Kind.WORDS, "more of this, please", "")
    less: str = option(Kind.WORDS, "less of that", "")
    since: str = option(Kind.TEXT, "a decade (90s), a year (1994), or watchlist", "")
    max_minutes: int | None = option(Kind.NUMBER, "at most this many minutes long", None)
    count: int = option(Kind.NUMBER, "how many picks, 1 to 10", 5)
    unlike: tuple[str, ...] = option(Kind.FILM, "films that the picks should be unlike", ())
    fame: str = option(
        Kind.CHOICE, "films that many know, or that few do", "", choices=("popular", "obscure")
    )
    hits: bool = option(
        Kind.YES_NO, "how often such picks hit here, beside popularity alone", default=False
    )
    share: bool = False
    instead: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Film:
    """Show a film's card: people, facts, where and when it comes out."""

    film: str = option(Kind.FILM, "title, link or id of the film", "")


@dataclass(frozen=True, slots=True)
class Remind:
    """Hear of a film on the day it comes out where you live."""

    film: str = option(Kind.FILM, "title, link or id of the film", "")
    kind: ReleaseKind | None = option(
        Kind.CHOICE,
        "which release: cinema unless you say otherwise",
        None,
        choices=tuple(ReleaseKind),
    )
    region: str = option(
        Kind.REGION, "a country: GB, US, DE ...; yours unless you say otherwise", ""
    )
    lead: timedelta = option(Kind.DURATION, "how long before: 2d, 1w", timedelta())
    here: bool | None = option(Kind.YES_NO, "remind in this channel instead of privately", None)
    on: str = option(Kind.TEXT, "a time of your own: friday 18:00, 3 May, in two weeks", "")


@dataclass(frozen=True, slots=True)
class Reminders:
    """Show your reminders; each can be cancelled."""


@dataclass(frozen=True, slots=True)
class Releases:
    """Show what comes out in the coming weeks."""

    region: str = option(
        Kind.REGION, "a country: GB, US, DE ...; the club's unless you say otherwise", ""
    )


@dataclass(frozen=True, slots=True)
class Watchlist:
    """Keep a list of what you want to see, and find what several of you want to see."""

    action: str = option(
        Kind.CHOICE, "what to do", "show", choices=("show", "add", "remove", "overlap")
    )
    film: str = option(Kind.FILM, "the film to add or remove", "")
    members: tuple[str, ...] = option(Kind.MEMBERS, "whose lists to lay over yours", ())


@dataclass(frozen=True, slots=True)
class Settings:
    """See and change how Matinee treats you: region, zone, scale, quotes, where reminders go."""

    region: str = option(Kind.REGION, "where you live: GB, US, DE ...", "")
    zone: str = option(Kind.ZONE, "your time zone: Europe/London", "")
    scale: str = option(
        Kind.CHOICE, "how you like ratings", "", choices=("stars", "five", "ten", "percent")
    )
    quotable: bool | None = option(Kind.YES_NO, "may your sentences be quoted", None)
    direct: bool | None = option(
        Kind.YES_NO, "reminders as a direct message (no: in the channel)", None
    )
    fallback: bool | None = option(
        Kind.YES_NO, "reminders in the channel where direct messages are closed to me", None
    )


@dataclass(frozen=True, slots=True)
class Help:
    """Learn by examples what can be said."""

    topic: str = option(Kind.TEXT, "a command to hear more about", "")


# Those who run the club ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Setup:
    """Set up the club: channel, region, zone, hour of reminders, spoilers, announcements."""

    region: str = option(Kind.REGION, "the club's country: GB, US, DE ...", "")
    zone: str = option(Kind.ZONE, "the club's time zone: Europe/London", "")
    hour: str = option(Kind.TEXT, "the local hour of reminders: 09:00", "")
    spoilers: str = option(
        Kind.CHOICE,
        "fold: marked text is folded; seen: all unlocks once seen; off",
        "",
        choices=("fold", "seen", "off"),
    )
    announce: bool | None = option(
        Kind.YES_NO, "post a line in the channel for each new review", None
    )
    here: bool | None = option(Kind.YES_NO, "make this channel the club's", None)
    weekly: bool | None = option(
        Kind.YES_NO, "post on Mondays what comes out in the week; yes or no", None
    )


@dataclass(frozen=True, slots=True)
class Moderate:
    """Hide a member's review from everyone else, or show it again."""

    action: str = option(Kind.CHOICE, "what to do", "hide", choices=("hide", "unhide"))
    film: str = option(Kind.FILM, "the film that was reviewed", "")
    member: str = option(Kind.MEMBER, "whose review", "")


@dataclass(frozen=True, slots=True)
class MergeFilm:
    """Say which film one that the club has added really is; all said of it goes along."""

    own: str = option(Kind.FILM, "the film that your club has added", "")
    film: str = option(Kind.FILM, "the film that it really is: title, link or id", "")


# Sent by buttons only --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recall:
    """Go on with what was kept across a question: for this film or critic, if one was named.

    `mine` says that what looked like a critic's review is the member's own.
    """

    draft: DraftId
    film: str = ""
    critic: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class DropDraft:
    """Forget what was kept across a question."""

    draft: DraftId


@dataclass(frozen=True, slots=True)
class AddFilm:
    """Add a film that Matinee does not know, for this club alone, or correct one added before.

    With a draft, what the member was doing goes on with the film.
    """

    title: str = option(Kind.TEXT, "the title, as your club says it", "")
    year: int | None = option(Kind.NUMBER, "the year it came out", None)
    director: str = option(Kind.TEXT, "who directed it; several with commas", "")
    line: str = option(Kind.TEXT, "what it is about, in a sentence or two", "")
    draft: DraftId | None = None
    film_id: FilmId | None = None


@dataclass(frozen=True, slots=True)
class PartFilm:
    """Take back that one of the club's own films is another: what was moved is put back.

    `reviews`, `marks` and `reminders` say what that was, as `bot.features.films.film_merge` writes it.
    """

    film_id: FilmId
    reviews: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    reminders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SaveCritique:
    """Save a critic's review, word for word, under the critic's name."""

    film: str
    critic: str
    text: str
    rating: HalfStars | None = None


@dataclass(frozen=True, slots=True)
class AddRelease:
    """Note for this club a day of release that the catalogue lacks."""

    film_id: FilmId
    region: str
    kind: ReleaseKind
    day: date = option(Kind.DATE, "the day it comes out there: 26 January 2024")


@dataclass(frozen=True, slots=True)
class DeleteReview:
    """Take back a review of one's own."""

    review_id: ReviewId


@dataclass(frozen=True, slots=True)
class UndoReview:
    """Go back to the version before the last change; the first version goes altogether.

    `version` is how many former versions there were: a second press finds one less.
    """

    review_id: ReviewId
    version: int


@dataclass(frozen=True, slots=True)
class MarkFilm:
    """Mark a film as seen or never to be suggested, or take the mark back."""

    film_id: FilmId
    mark: str
    remove: bool = False


@dataclass(frozen=True, slots=True)
class CancelReminder:
    """Take back a reminder of one's own, named by its id or by the film's title or reference."""

    reminder: str


@dataclass(frozen=True, slots=True)
class SnoozeReminder:
    """Put off a reminder of one's own, named likewise, for a time or until one: `2d`, `friday`."""

    reminder: str
    until: str = option(Kind.TEXT, "for how long or until when: 2d, 1w, friday 18:00", "1d")


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """Get the coming releases of a region as a file for one's own calendar."""

    region: str


@dataclass(frozen=True, slots=True)
class ChooseClub:
    """Say which club is meant in private. `then` is the action id of what goes on in it."""

    club_id: ClubId
    then: str = ""


Command = (
    Review
    | Reviews
    | Recommend
    | Film
    | Remind
    | Reminders
    | Releases
    | Watchlist
    | Settings
    | Help
    | Setup
    | Moderate
    | MergeFilm
    | Recall
    | DropDraft
    | AddFilm
    | PartFilm
    | SaveCritique
    | AddRelease
    | DeleteReview
    | UndoReview
    | MarkFilm
    | CancelReminder
    | SnoozeReminder
    | CalendarFile
    | ChooseClub
)


class Who(StrEnum):
    """Who may give a command."""

    EVERYONE = "everyone"
    MODERATORS = "moderators"
    ADMINS = "admins"


@dataclass(frozen=True, slots=True)
class OptionSpec:
    """One option of a command, as its field declares it."""

    name: str
    kind: Kind
    help: str
    required: bool
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """One command: its name, its class, who may give it, who sees the answer, whether it writes."""

    name: str
    command: type[Command]
    writes: Callable[[Any], bool]
    visibility: Visibility = Visibility.ONLY_YOU
    who: Who = Who.EVERYONE
    typed: bool = True
    examples: tuple[str, ...] = ()

    @property
    def help(self) -> str:
        """The first sentence of the command's docstring."""
        return (self.command.__doc__ or "").split("\n", 1)[0]

    @property
    def options(self) -> tuple[OptionSpec, ...]:
        """What a person can give, in order."""
        return tuple(
            OptionSpec(
                each.name.rstrip("_"),
                each.metadata["kind"],
                each.metadata["help"],
                each.default is MISSING,
                each.metadata["choices"],
            )
            for each in fields(self.command)
            if each.metadata
        )


def _never(_: Command) -> bool:
    return False


def _always(_: Command) -> bool:
    return True


CATALOGUE: tuple[CommandSpec, ...] = (
    CommandSpec(
        "review",
        Review,
        writes=lambda command: command.writes or bool(command.unsure),
        visibility=Visibility.CLUB,
        examples=(
            "/review All of Us Strangers",
            "/review Aftersun 4.5/5 It stayed with me for a week.",
            "/review Her | Warm, sad and very orange. ||She leaves.||",
            "/review Past Lives --dnf 40 --private",
        ),
    ),
    CommandSpec(
        "reviews",
        Reviews,
        writes=_never,
        examples=("/reviews Weekend", "/reviews @ben", "/reviews"),
    ),
    CommandSpec(
        "recommend",
        Recommend,
        writes=_never,
        examples=(
            "/recommend",
            "/recommend like Carol, Weekend",
            "/recommend tender and ghostly less bleak under 100m",
            "/recommend scary but not gory, no musicals",
            "/recommend with everyone from 90s",
            "/recommend obscure and unlike Carol",
            "/recommend hits",
        ),
    ),
    CommandSpec(
        "film", Film, writes=_never, visibility=Visibility.CLUB, examples=("/film Tokyo Story",)
    ),
    CommandSpec(
        "remind",
        Remind,
        writes=_always,
        examples=(
            "/remind All of Us Strangers",
            "/remind Flow digital in US",
            "/remind Anora 2d before here",
            "/remind Anora on friday 18:00",
            "/remind list",
            "/remind snooze Anora 2d",
            "/remind cancel Anora",
        ),
    ),
    CommandSpec("reminders", Reminders, writes=_never, examples=("/reminders",)),
    CommandSpec(
        "releases",
        Releases,
        writes=_never,
        visibility=Visibility.CLUB,
        examples=("/releases", "/releases US"),
    ),
    CommandSpec(
        "watchlist",
        Watchlist,
        writes=lambda command: command.action in {"add", "remove"},
        examples=(
            "/watchlist",
            "/watchlist add Yi Yi",
            "/watchlist remove Yi Yi",
            "/watchlist overlap @ben @cleo",
        ),
    ),
    CommandSpec(
        "settings",
        Settings,
        writes=lambda command: command != Settings(),
        examples=(
            "/settings",
            "/settings region US zone America/New_York",
            "/settings quotable no",
        ),
    ),
    CommandSpec(
        "setup",
        Setup,
        writes=lambda command: command != Setup(),
        who=Who.ADMINS,
        examples=("/setup", "/setup region GB zone Europe/London hour 09:00 here yes"),
    ),
    CommandSpec(
        "moderate",
        Moderate,
        writes=_always,
        who=Who.MODERATORS,
        examples=("/moderate hide Her @ben", "/moderate unhide Her @ben"),
    ),
    CommandSpec(
        "merge",
        MergeFilm,
        writes=_always,
        who=Who.ADMINS,
        examples=(
            "/merge The Empty Tower into All of Us Strangers",
            "/merge Night Ferry into tmdb:994108",
        ),
    ),
    CommandSpec("help", Help, writes=_never, examples=("/help", "/help recommend")),
    CommandSpec("recall", Recall, writes=_always, typed=False),
    CommandSpec("drop-draft", DropDraft, writes=_always, typed=False),
    CommandSpec("add-film", AddFilm, writes=_always, typed=False),
    CommandSpec("part-film", PartFilm, writes=_always, who=Who.ADMINS, typed=False),
    CommandSpec("save-critique", SaveCritique, writes=_always, typed=False),
    CommandSpec("add-release", AddRelease, writes=_always, typed=False),
    CommandSpec("delete-review", DeleteReview, writes=_always, typed=False),
    CommandSpec("undo-review", UndoReview, writes=_always, typed=False),
    CommandSpec("mark", MarkFilm, writes=_always, typed=False),
    CommandSpec("cancel-reminder", CancelReminder, writes=_always, typed=False),
    CommandSpec("snooze-reminder", SnoozeReminder, writes=_always, typed=False),
    CommandSpec("calendar-file", CalendarFile, writes=_always, typed=False),
    CommandSpec("choose-club", ChooseClub, writes=_always, typed=False),
)

BY_NAME: Mapping[str, CommandSpec] = MappingProxyType({each.name: each for each in CATALOGUE})
BY_CLASS: Mapping[type[Command], CommandSpec] = MappingProxyType(
    {each.command: each for each in CATALOGUE}
)


def spec_of(command: Command) -> CommandSpec:
    """Look up how a command was declared."""
    return BY_CLASS[type(command)]
