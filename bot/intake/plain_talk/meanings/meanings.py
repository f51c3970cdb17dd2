"""The command of each meaning: what a phrase with its slots asks for."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.catalogue.titles.index import TitleIndex
from bot.domain.words.patterns import lazy_pattern
from bot.features.club.commands import SettingsCommand
from bot.features.figures.commands import MatchCommand, StatsCommand, YearCommand
from bot.features.films.commands import FilmCommand
from bot.features.help.commands import HelpCommand
from bot.features.members.commands import MeCommand
from bot.features.memory.commands import AskCommand
from bot.features.nights.commands import NightCommand
from bot.features.picks.commands import MarkTitleCommand, RecommendCommand
from bot.features.privacy.commands import ExportCommand, ForgetCommand
from bot.features.programmes.commands import BridgeCommand
from bot.features.programmes.grammar import parse_season
from bot.features.releases.commands import (
    CancelReminderCommand,
    ReleasesCommand,
    RemindCommand,
    RemindersCommand,
    SnoozeReminderCommand,
)
from bot.features.reviews.commands import EVERYONE as EVERY_MEMBER
from bot.features.reviews.commands import (
    OWN,
    FoldReviewCommand,
    Leaning,
    MakePrivateCommand,
    MakePublicCommand,
    ReviewCommand,
    ReviewsCommand,
    SeenByCommand,
    WhoReadsCommand,
)
from bot.features.talk.commands import (
    AskAboutFilmCommand,
    Manner,
    SmallTalkCommand,
    TakeBackCommand,
)
from bot.features.watchlist.commands import WatchlistCommand
from bot.intake.plain_talk.asked_first import asked_first
from bot.intake.plain_talk.meanings.asked_phrase import AskedPhrase
from bot.intake.plain_talk.meanings.own_terms import OWN_TERMS
from bot.intake.plain_talk.meanings.reminders import IT, reminder
from bot.intake.plain_talk.meanings.reminders_abroad import reminder_abroad
from bot.intake.plain_talk.meanings.reviews import (
    changed_rating,
    film_reviews,
    member_leaning,
    member_reviews,
    rate,
)
from bot.intake.plain_talk.meanings.series import series
from bot.intake.plain_talk.phrases.phrases import Said
from bot.intake.plain_talk.picks import EVERYONE, sounds_like_a_wish, unframed, wish
from bot.intake.plain_talk.places import club_region, region, releases, zone
from bot.intake.plain_talk.titles import listed, named
from bot.language.grammar.reading import Reading
from bot.language.grammar.time_words import is_time
from bot.messages.commands import Command

_EVERYTHING = lazy_pattern(
    r"every(?:thing|\s+film)|all(?:\s+of\s+(?:it|them)|\s+films)?|them(?:\s+all)?", re.IGNORECASE
)


_TO_ME = lazy_pattern(
    r"(?:\s+(?:to\s+(?:me|us)|any\s?more|(?:ever\s+)?again|ever|please))+$", re.IGNORECASE
)


Meaning = Callable[[AskedPhrase], Command | None]


def meant(said: Said, reading: Reading, titles: TitleIndex) -> Command | None:
    """Return the command of a phrase; None where a slot does not hold what it has to."""
    asked = AskedPhrase(said.slots, reading, titles, said.topic, said.means)
    if "film" in said.slots and asked.film is None and said.means != "series":
        return None
    if "member" in said.slots and not asked.member:
        return None
    if said.means in set(Manner):
        return SmallTalkCommand(said.means, asked.film or "")
    return MEANINGS[said.means](asked)


def _list_add_several(asked: AskedPhrase) -> Command | None:
    """Read several titles, none of which is all of it: `add ran and seven samurai to my list`."""
    said = asked.slots["said"]
    films = () if named(said, asked.titles) else listed(said, asked.titles)
    return WatchlistCommand("add", films[0], others=films[1:]) if films else None


def _nominate(asked: AskedPhrase) -> Command:
    """Nominate a film, or several, none of which is all that is said: `nominate ran and heat`."""
    said = asked.slots.get("title", "")
    films = () if not said or named(said, asked.titles) else listed(said, asked.titles)
    return NightCommand("nominate", films[0] if films else asked.title, others=films[1:])


def _marked_several(asked: AskedPhrase, mark: str) -> Command | None:
    """Read several titles: `i've seen heat and alien`."""
    said = asked.slots["said"]
    films = () if named(said, asked.titles) else listed(said, asked.titles)
    return MarkTitleCommand(films[0], mark, films[1:]) if films else None


def _list_remove(asked: AskedPhrase) -> Command:
    """Take a film off the watchlist; `everything` shows it, with a button for each film."""
    if _EVERYTHING.fullmatch(asked.title):
        return WatchlistCommand()
    return WatchlistCommand("remove", asked.title)


def _release_noted(asked: AskedPhrase) -> Command | None:
    """Ask whether `monster comes out on 15 march` is to be noted for the club."""
    when = asked.slots["when"].strip(" ?!.")
    film = asked.title
    if not asked.titles.is_title(film) or not is_time(when):
        return None
    return asked_first(f"{film} comes out {when}", ReleasesCommand(film=film, on=when))


def _night_plan(asked: AskedPhrase) -> Command | None:
    """Ask whether `let's do that on friday at 8` plans a film night."""
    when = asked.slots["when"].strip(" ?!.")
    known = is_time(when)
    return asked_first(f"film night {when}", NightCommand("new", when=when)) if known else None


def _remind_all(asked: AskedPhrase) -> Command | None:
    """Read `tell everyone when carol is out` as a reminder in the channel."""
    read = reminder(asked.slots["said"], asked.titles, asked.reading)
    known = isinstance(read, RemindCommand) and named(read.film, asked.titles)
    return replace(read, here=True) if known and isinstance(read, RemindCommand) else None


def _bridge(asked: AskedPhrase) -> Command | None:
    """Read `what links heat and amelie`: both are known films."""
    last = named(asked.slots["said"], asked.titles)
    return BridgeCommand(asked.title, last) if last else None


def _picks(asked: AskedPhrase) -> Command | None:
    return wish(asked.slots["wish"], asked.reading) if "wish" in asked.slots else RecommendCommand()


def _picks_without(asked: AskedPhrase, *, for_good: bool = False) -> Command | None:
    unwanted, _ = unframed(_TO_ME.sub("", asked.slots["wish"]))
    wished = sounds_like_a_wish(unwanted) or asked.titles.is_title(unwanted)
    return RecommendCommand(without=unwanted, for_good=for_good) if wished else None


def _picks_with(asked: AskedPhrase) -> Command | None:
    wished = wish(asked.slots["wish"], asked.reading) if "wish" in asked.slots else None
    return replace(wished or RecommendCommand(), members=(asked.member,))


MEANINGS: Mapping[str, Meaning] = MappingProxyType(
    {
        **OWN_TERMS,
        "help": lambda _: HelpCommand(),
        "help about": lambda asked: HelpCommand(asked.topic),
        "other one": lambda _: TakeBackCommand(other=True),
        "take back": lambda _: TakeBackCommand(),
        "take back film": lambda asked: TakeBackCommand(asked.title),
        "fold review": lambda asked: FoldReviewCommand(asked.title),
        "make private": lambda asked: MakePrivateCommand(asked.title),
        "make public": lambda asked: MakePublicCommand(asked.title),
        "who reads it": lambda asked: WhoReadsCommand(asked.title),
        "forget": lambda _: ForgetCommand(),
        "export": lambda _: ExportCommand(),
        "rate": rate,
        "my page": lambda _: MeCommand(),
        "year": lambda asked: YearCommand(int(asked.slots.get("said", 0)) or None),
        "who has seen": lambda asked: SeenByCommand(asked.title),
        "film liked": lambda asked: ReviewsCommand(asked.title, leaning=Leaning.LIKED),
        "film hated": lambda asked: ReviewsCommand(asked.title, leaning=Leaning.DISLIKED),
        "member loved": lambda asked: member_leaning(asked, Leaning.LIKED),
        "member hated": lambda asked: member_leaning(asked, Leaning.DISLIKED),
        "loved one": lambda asked: AskAboutFilmCommand(asked.title, loved=True),
        "list add several": _list_add_several,
        "night history": lambda _: NightCommand("history"),
        "night plan": _night_plan,
        "picks by": lambda asked: wish(f"films by {asked.slots['said']}", asked.reading),
        "release noted": _release_noted,
        "share review": lambda asked: ReviewsCommand(asked.title or IT, share=True),
        "night turns": lambda _: NightCommand("turns"),
        "night nominate": _nominate,
        "night vote": lambda asked: NightCommand("vote", vote=asked.title),
        "night close": lambda _: NightCommand("close"),
        "night cancel": lambda _: asked_first("cancel film night", NightCommand("cancel")),
        "changed rating": changed_rating,
        "own review": lambda asked: ReviewsCommand(asked.title, OWN),
        "asked of the club": lambda asked: AskCommand(asked.slots["said"]),
        "ask": lambda asked: AskAboutFilmCommand(asked.title),
        "which film": lambda _: FilmCommand(),
        "all reviews": lambda _: ReviewsCommand(),
        "hits": lambda _: RecommendCommand(hits=True),
        "picks like": lambda asked: RecommendCommand(like=(asked.title,)),
        "with member": lambda asked: WatchlistCommand("overlap", members=(asked.member,)),
        "zone": lambda asked: zone(asked.slots["place"]),
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
        "remind": lambda asked: reminder(asked.slots["said"], asked.titles, asked.reading),
        "remind abroad": lambda asked: reminder_abroad(
            asked.slots["said"], asked.titles, asked.reading
        ),
        "releases": lambda asked: releases(asked.slots.get("place")),
        "member reviews": member_reviews,
        "member review": lambda asked: ReviewsCommand(asked.title, asked.member),
        "my reviews": lambda _: ReviewsCommand(),
        "film reviews": film_reviews,
        "latest reviews": lambda _: ReviewsCommand(member=EVERY_MEMBER),
        "card": lambda asked: ReviewCommand(asked.title) if asked.title else None,
        "film": lambda asked: FilmCommand(asked.title) if asked.title else None,
        "series": series,
        "where to watch": lambda asked: FilmCommand(asked.title or IT, where=True),
        "seen": lambda asked: MarkTitleCommand(asked.title, "seen"),
        "seen several": lambda asked: _marked_several(asked, "seen"),
        "never several": lambda asked: _marked_several(asked, "never"),
        "night veto": lambda asked: NightCommand("veto", asked.title),
        "never": lambda asked: MarkTitleCommand(asked.title, "never"),
        "picks": _picks,
        "picks without": _picks_without,
        "never such picks": lambda asked: _picks_without(asked, for_good=True),
        "picks for us": lambda _: RecommendCommand(members=EVERYONE),
        "picks with": _picks_with,
        "missed": lambda asked: wish("films loved by the club", asked.reading),
        "more picks": lambda _: RecommendCommand(page=2),
        "match": lambda asked: MatchCommand(asked.member),
        "figures": lambda _: StatsCommand(),
        "member figures": lambda asked: StatsCommand(asked.member),
        "bridge": _bridge,
        "season": lambda asked: parse_season(asked.slots["said"], asked.reading),
        "remind all": _remind_all,
        "night": lambda _: NightCommand(),
        "night in": lambda _: NightCommand("in"),
        "night out": lambda _: NightCommand("out"),
        "settings": lambda _: SettingsCommand(),
        "club region": lambda asked: club_region(asked.slots["place"]),
        "region": lambda asked: region(asked.slots["place"]),
    }
)
"""What makes the command of each meaning; those of small talk are its manners."""
