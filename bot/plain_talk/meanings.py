"""The command of each meaning: what a phrase with its slots asks for."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from zoneinfo import available_timezones

from bot.catalogue.titles.index import TitleIndex
from bot.domain.errors import UsageError
from bot.domain.films import ReleaseKind
from bot.domain.regions import region_code
from bot.features.club.commands import SettingsCommand
from bot.features.figures.commands import MatchCommand, StatsCommand, YearCommand
from bot.features.films.commands import FilmCommand
from bot.features.help.commands import HelpCommand
from bot.features.members.commands import MeCommand
from bot.features.memory.commands import AskCommand
from bot.features.nights.commands import NightCommand
from bot.features.picks.commands import MarkTitleCommand, RecommendCommand
from bot.features.privacy.commands import ExportCommand, ForgetCommand
from bot.features.releases.commands import (
    EVERY_REMINDER,
    CancelReminderCommand,
    ReleasesCommand,
    RemindCommand,
    RemindersCommand,
    SnoozeReminderCommand,
)
from bot.features.releases.grammar import parse_remind
from bot.features.reviews.ambiguity import as_written
from bot.features.reviews.commands import (
    OWN,
    Leaning,
    MakePrivateCommand,
    RateCommand,
    ReviewCommand,
    ReviewsCommand,
    SeenByCommand,
)
from bot.features.reviews.grammar import parse_review
from bot.features.talk.commands import (
    AskAboutFilmCommand,
    Manner,
    SmallTalkCommand,
    TakeBackCommand,
    UnclearCommand,
)
from bot.features.watchlist.commands import WatchlistCommand
from bot.grammar.ratings import rating_at
from bot.grammar.reading import Reading
from bot.grammar.time_words import is_time
from bot.grammar.titles import cut_title
from bot.messages.codec import action_id
from bot.messages.commands import Command
from bot.messages.replies import Usage
from bot.plain_talk.phrases import Said
from bot.plain_talk.picks import EVERYONE, sounds_like_a_wish, unframed, wish
from bot.plain_talk.statement_details import bare_half_stars
from bot.plain_talk.titles import NO_TITLES, listed, mentioned, named

_NOBODY = NO_TITLES | frozenset(
    """you u your ours anyone anybody someone somebody people folks others everyone everybody latest new recent last
    next first best top critics critic user users member film movie ur whose who long short full much many bad
    honest both other""".split()
)
"""Words that are never a member's name."""

_OF_A_FILM = frozenset(
    {"own review", "member review", "film", "seen", "take back film", "changed rating"}
)
"""Meanings whose words ask for a film: `have i seen airplane` wishes for no films about flying."""

_AT_THE_TIME = re.compile(
    r"(?P<when>.+?)\s+(?:of|about|to\s+(?:watch|see|rate|review|finish)|that)\s+(?P<film>\S.*)",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:me\s+)?(?:(?:of|about|to\s+(?:go\s+)?(?:and\s+)?(?:watch|see|catch|review|rate)|when|whenever|once|as\s+soon\s+as|if|for|the\s+day|that)\s+)+(?:the\s+(?:film|movie)\s+)?",
    re.IGNORECASE,
)
_COMES_OUT = re.compile(
    r"\s+(?:finally\s+)?(?:comes?|is|gets?|will\s+be|goes|becomes?|hits?|arrives?|starts?|opens?|drops?|lands?)(?:\s+(?:to|on|in|at|into))?(?:\s+the)?"
    r"(?:\s+(?P<how>out|released|available|(?:in\s+)?cinemas?|theat(?:er|re)s?|streaming|netflix|mubi|prime|digital|vod|dvd|disc|blu-?ray|tv|television))?(?:\s+(?:to\s+stream|on\s+streaming|on\s+dvd|in\s+(?:the\s+)?cinemas?))?(?=\s|$)",
    re.IGNORECASE,
)
_KINDS = (
    (re.compile(r"stream|netflix|mubi|prime|digital|vod", re.IGNORECASE), ReleaseKind.DIGITAL),
    (re.compile(r"dvd|disc|blu", re.IGNORECASE), ReleaseKind.PHYSICAL),
    (re.compile(r"(?<!\w)(?:tv|television)", re.IGNORECASE), ReleaseKind.TV),
)
_EVERYTHING = re.compile(
    r"every(?:thing|\s+film)|all(?:\s+of\s+(?:it|them)|\s+films)?|them(?:\s+all)?", re.IGNORECASE
)
_PRONOUN = re.compile(
    r"(?:it|this|that|later|again|that\s+one|this\s+one|(?:this|that)\s+(?:film|movie))",
    re.IGNORECASE,
)

_ERRAND = re.compile(
    r"to\s+(?!(?:go\s+(?:and\s+)?)?(?:watch|see|catch|review|rate|finish)(?!\w))[a-z]+(?:\s+|$)",
    re.IGNORECASE,
)
"""Something to do that is no film: `to buy popcorn`."""

_HINTED = re.compile(
    r"(?<!\w)(?:(?:the|a|any|some)\s+)?(?:new|next|latest|upcoming)\s+(?:[^\W\d_][\w.'’-]*\s+){0,3}(?:movies?|films?|one)(?!\w)",
    re.IGNORECASE,
)
"""A film without its title: `the new nolan movie`."""

_IT_RATED = re.compile(r"(?:it|this|that)\s+(?:an?\s+)?(?=\d)")
"""What is rated in `rate it 2`, where *It 2* is a film."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A phrase that fits, with what its words are read with."""

    slots: Mapping[str, str]
    reading: Reading
    titles: TitleIndex
    topic: str
    means: str

    @property
    def film(self) -> str | None:
        """The title in the slot for a known film; None where it is none."""
        typed = self.slots.get("film")
        if typed is None:
            return None
        if (
            self.means in _OF_A_FILM
            and self.titles.is_title(typed)
            and typed.lower() not in NO_TITLES
        ):
            return typed
        return named(typed, self.titles)

    @property
    def title(self) -> str:
        """The title in either slot, known or not; empty where only a pronoun stands."""
        typed = self.slots.get("title") or self.slots.get("film") or ""
        if (known := named(typed, self.titles)) is not None:
            return known
        return "" if _PRONOUN.fullmatch(typed) else typed.strip(' .,!?"“”')

    @property
    def member(self) -> str:
        """The name in the slot for a member; empty for a word that is none."""
        name = self.slots.get("member", "")
        return "" if name.lower() in _NOBODY or not re.search(r"[^\W\d_]", name) else name


Meaning = Callable[[_Asked], Command | None]


def meant(said: Said, reading: Reading, titles: TitleIndex) -> Command | None:
    """Return the command of a phrase; None where a slot does not hold what it has to."""
    asked = _Asked(said.slots, reading, titles, said.topic, said.means)
    if "film" in said.slots and asked.film is None:
        return None
    if "member" in said.slots and not asked.member:
        return None
    if said.means in set(Manner):
        return SmallTalkCommand(said.means)
    return MEANINGS[said.means](asked)


def _member_reviews(asked: _Asked) -> Command | None:
    if asked.titles.is_title(asked.member):
        return None
    return ReviewsCommand(member=asked.member)


def _rate(asked: _Asked) -> Command:
    """Rate a film: with the rating that follows its title, else by a menu."""
    typed = asked.slots.get("title", "")
    if (it := _IT_RATED.match(typed)) and (
        rating := bare_half_stars(typed[it.end() :], asked.reading.scale)
    ):
        return ReviewCommand("it", rating)
    if not typed or (whole := named(typed, asked.titles)):
        return RateCommand(whole if typed and whole else "")
    read = parse_review(typed, asked.reading)
    words = read.unsure.strip()
    written = as_written(read, asked.reading.scale) if read.unsure else read
    if written.rating is None and (rating := bare_half_stars(words, asked.reading.scale)):
        return ReviewCommand(read.film, rating, confirm=True)
    if not written.is_review:
        return RateCommand(typed)
    return replace(written, confirm=bool(written.text))


def _unable(*parts: object) -> Command:
    """Say what cannot be done, and what can."""
    raise UsageError(*parts)


def _asked_first(line: str, command: Command) -> Command:
    """Ask before something is done that cannot be taken back."""
    return UnclearCommand(line, meant=action_id(command))


def _list_add_several(asked: _Asked) -> Command | None:
    """Read several titles, none of which is all of it: `add ran and seven samurai to my list`."""
    said = asked.slots["said"]
    films = () if named(said, asked.titles) else listed(said, asked.titles)
    return WatchlistCommand("add", films[0], others=films[1:]) if films else None


def _member_loved(asked: _Asked) -> Command | None:
    if asked.titles.is_title(asked.member):
        return None
    return ReviewsCommand(member=asked.member, leaning=Leaning.LIKED)


def _list_remove(asked: _Asked) -> Command:
    """Take a film off the watchlist; `everything` shows it, with a button for each film."""
    if _EVERYTHING.fullmatch(asked.title):
        return WatchlistCommand()
    return WatchlistCommand("remove", asked.title)


def _remind(asked: _Asked) -> Command | None:
    """Read a reminder, in whatever order its film, its time and its occasion stand."""
    said = asked.slots["said"].strip()
    _check_is_of_a_film(said, asked.titles)
    if said.lower() in {"me", "us"} or _PRONOUN.fullmatch(_LEADING.sub("", said, count=1)):
        return RemindCommand()
    if not cut_title(said, 0, len(said), asked.titles):
        said = re.sub(r"^(?:me|us)\s+", "", said, flags=re.IGNORECASE)
    if (timed := _AT_THE_TIME.fullmatch(said)) and is_time(timed["when"].strip()):
        return RemindCommand(named(timed["film"], asked.titles) or timed["film"], on=timed["when"])
    if is_time(said):
        return RemindCommand(on=said)
    if ahead := _time_ahead(said, asked.titles):
        return ahead
    leading = _LEADING.match(said)
    said = said[leading.end() :] if leading and leading.end() < len(said) else said
    kind = None
    occasion = _COMES_OUT.search(said)
    if occasion and (
        named(said[: occasion.start()], asked.titles)
        or (occasion["how"] and occasion.end() == len(said) and not named(said, asked.titles))
    ):
        how = occasion[0]
        kind = next((each for form, each in _KINDS if form.search(how)), None)
        said = f"{said[: occasion.start()]} {kind or ''} {said[occasion.end() :]}"
    try:
        return parse_remind(" ".join(said.split()), asked.reading)
    except UsageError:
        return RemindCommand(" ".join(said.split()))


def _check_is_of_a_film(said: str, titles: TitleIndex) -> None:
    """Refuse a reminder to do something else, and of a film that is only hinted at."""
    said = re.sub(r"^(?:me|us)\s+", "", said, flags=re.IGNORECASE)
    if titles.is_title(said) or titles.is_title(_LEADING.sub("", said, count=1)):
        return
    if (errand := _ERRAND.match(said)) and not mentioned(said[errand.end() :], titles):
        raise UsageError(
            "I remind of films alone: name one, and a time if you like, as in ",
            Usage(RemindCommand("Anora", on="friday 18:00")),
            ".",
        )
    if hinted := _HINTED.search(said):
        raise UsageError(
            f"Which film is “{hinted[0].strip()}”? I remind of a film by its title, as in ",
            Usage(RemindCommand("Anora")),
            ". What comes out: ",
            Usage(ReleasesCommand()),
            ".",
        )


def _time_ahead(said: str, titles: TitleIndex) -> RemindCommand | None:
    """Read a time before a title, with nothing between them: `friday 8pm jaws`."""
    for word in list(re.finditer(r"\s+(?=\S)", said))[:8]:
        when, film = said[: word.start()], said[word.end() :]
        if is_time(when) and (known := named(film, titles)):
            return RemindCommand(known, on=when)
    return None


def _region(asked: _Asked) -> Command | None:
    """Read where a member lives: a country, or a city by which their time zone goes."""
    return _in_place(asked, lambda code: SettingsCommand(region=code)) or _zone(asked)


def _zone(asked: _Asked) -> Command | None:
    city = asked.slots["place"].strip().replace(" ", "_").casefold().rpartition("/")[2]
    zones = sorted(each for each in available_timezones() if "/" in each)
    found = [each for each in zones if each.rpartition("/")[2].casefold() == city]
    return SettingsCommand(zone=found[0]) if found else None


def _releases(asked: _Asked) -> Command | None:
    if "place" not in asked.slots:
        return ReleasesCommand()
    return _in_place(asked, ReleasesCommand)


def _in_place(asked: _Asked, make: Callable[[str], Command]) -> Command | None:
    place = re.sub(r"^(?:the|in)\s+", "", asked.slots["place"], flags=re.IGNORECASE)
    try:
        return make(region_code(place))
    except UsageError:
        return None


def _changed_rating(asked: _Asked) -> Command | None:
    """Read `change heat to 5 stars`, and `make it 4/5`, which asks for the film."""
    said = asked.slots["said"]
    typed = rating_at(said, 0, len(said), asked.reading.scale)
    if typed and typed.possible and typed.end == len(said):
        return ReviewCommand(asked.title, typed.half_stars(), confirm=not asked.title)
    rating = bare_half_stars(said, asked.reading.scale)
    return ReviewCommand(asked.title, rating, confirm=True) if rating else None


def _picks(asked: _Asked) -> Command | None:
    return wish(asked.slots["wish"], asked.reading) if "wish" in asked.slots else RecommendCommand()


def _picks_without(asked: _Asked) -> Command | None:
    unwanted, _ = unframed(asked.slots["wish"])
    return RecommendCommand(without=unwanted) if sounds_like_a_wish(unwanted) else None


def _picks_with(asked: _Asked) -> Command | None:
    wished = wish(asked.slots["wish"], asked.reading) if "wish" in asked.slots else None
    return replace(wished or RecommendCommand(), members=(asked.member,))


MEANINGS: Mapping[str, Meaning] = MappingProxyType(
    {
        "help": lambda _: HelpCommand(),
        "help about": lambda asked: HelpCommand(asked.topic),
        "other one": lambda _: TakeBackCommand(other=True),
        "take back": lambda _: TakeBackCommand(),
        "take back film": lambda asked: TakeBackCommand(asked.title),
        "make private": lambda asked: MakePrivateCommand(asked.title),
        "forget": lambda _: ForgetCommand(),
        "export": lambda _: ExportCommand(),
        "rate": _rate,
        "my page": lambda _: MeCommand(),
        "year": lambda asked: YearCommand(int(asked.slots.get("said", 0)) or None),
        "who has seen": lambda asked: SeenByCommand(asked.title),
        "film liked": lambda asked: ReviewsCommand(asked.title, leaning=Leaning.LIKED),
        "film hated": lambda asked: ReviewsCommand(asked.title, leaning=Leaning.DISLIKED),
        "member loved": _member_loved,
        "list add several": _list_add_several,
        "list clear": lambda _: _unable(
            "I take films off your watchlist one at a time: ",
            Usage(WatchlistCommand("remove", "Yi Yi")),
            ". See it with ",
            Usage(WatchlistCommand()),
            ".",
        ),
        "night history": lambda _: NightCommand("history"),
        "night nominate": lambda asked: NightCommand("nominate", asked.title),
        "night vote": lambda asked: NightCommand("vote", vote=asked.title),
        "no vote reminders": lambda _: SettingsCommand(votes=False),
        "vote reminders": lambda _: SettingsCommand(votes=True),
        "night close": lambda _: NightCommand("close"),
        "night cancel": lambda _: _asked_first("cancel film night", NightCommand("cancel")),
        "cancel all reminders": lambda _: _asked_first(
            "cancel all reminders", CancelReminderCommand(EVERY_REMINDER)
        ),
        "changed rating": _changed_rating,
        "own review": lambda asked: ReviewsCommand(asked.title, OWN),
        "asked of the club": lambda asked: AskCommand(asked.slots["said"]),
        "ask": lambda asked: AskAboutFilmCommand(asked.title),
        "which film": lambda _: FilmCommand(),
        "all reviews": lambda _: ReviewsCommand(),
        "hits": lambda _: RecommendCommand(hits=True),
        "picks like": lambda asked: RecommendCommand(like=(asked.title,)),
        "with member": lambda asked: WatchlistCommand("overlap", members=(asked.member,)),
        "zone": _zone,
        "list show": lambda asked: WatchlistCommand(film=asked.title),
        "list overlap": lambda _: WatchlistCommand("overlap", members=EVERYONE),
        "list remove": _list_remove,
        "list add": lambda asked: WatchlistCommand("add", asked.title),
        "reminders": lambda _: RemindersCommand(),
        "cancel reminder": lambda asked: (
            CancelReminderCommand(asked.title) if asked.title else RemindersCommand()
        ),
        "snooze": lambda asked: SnoozeReminderCommand(
            asked.title, asked.slots.get("when", "1d").strip()
        ),
        "remind": _remind,
        "releases": _releases,
        "member reviews": _member_reviews,
        "member review": lambda asked: ReviewsCommand(asked.title, asked.member),
        "my reviews": lambda _: ReviewsCommand(),
        "film reviews": lambda asked: ReviewsCommand(asked.title),
        "latest reviews": lambda _: ReviewsCommand(),
        "card": lambda asked: ReviewCommand(asked.title) if asked.title else None,
        "film": lambda asked: FilmCommand(asked.title) if asked.title else None,
        "seen": lambda asked: MarkTitleCommand(asked.title, "seen"),
        "never": lambda asked: MarkTitleCommand(asked.title, "never"),
        "picks": _picks,
        "picks without": _picks_without,
        "picks for us": lambda _: RecommendCommand(members=EVERYONE),
        "picks with": _picks_with,
        "more picks": lambda _: RecommendCommand(page=2),
        "match": lambda asked: MatchCommand(asked.member),
        "match anyone": lambda _: _unable(
            "I compare your taste with one member's at a time: ", Usage(MatchCommand("ben")), "."
        ),
        "figures": lambda _: StatsCommand(),
        "night": lambda _: NightCommand(),
        "night in": lambda _: NightCommand("in"),
        "night out": lambda _: NightCommand("out"),
        "settings": lambda _: SettingsCommand(),
        "region": _region,
    }
)
"""What makes the command of each meaning; those of small talk are its manners."""
