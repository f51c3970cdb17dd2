"""Grammar of `/night`: an action, then what it needs; a time alone plans a night."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.errors import UsageError
from bot.domain.nights import Rule
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.text import folded
from bot.features.nights.commands import ACTIONS, NightCommand, RateAlongCommand
from bot.language.grammar.ratings import bare_rating, rating_at
from bot.language.grammar.reading import Reading
from bot.language.grammar.time_words import read_time_words
from bot.messages.commands import Command
from bot.messages.spans import Usage

_SYNONYMS = {
    "plan": "new", "suggest": "nominate", "propose": "nominate", "join": "in", "coming": "in",
    "yes": "in", "leave": "out", "no": "out", "can't": "out", "cannot": "out", "ballot": "vote",
    "postpone": "move", "reschedule": "move", "moved": "move", "shorten": "extend", "next": "close", "results": "result", "past": "history",
}  # fmt: skip
_RULE = lazy_pattern(rf"\brule\s+(?P<rule>{'|'.join(Rule)})\b", re.IGNORECASE)
_QUORUM = lazy_pattern(r"\b(?:min|quorum)\s+(?P<quorum>\d{1,3})\b", re.IGNORECASE)
_BLIND = lazy_pattern(
    r"\b(?:blind\s+(?P<blind>yes|no)|(?P<open>open|blind)\s+ballots?)\b", re.IGNORECASE
)
_EVENT = lazy_pattern(r"\bevents?\s+(?P<event>yes|no)\b|\bas an event\b", re.IGNORECASE)
_ROTATE = lazy_pattern(
    r"\brotate\s+(?P<rotate>yes|no)\b|\bhosts?\s+(?:in\s+turns?|take\s+turns|rotate)\b",
    re.IGNORECASE,
)
_INSTEAD = lazy_pattern(r"(?P<film>\S.*?)\s+instead\s+of\s+(?P<instead>\S.*)", re.IGNORECASE)
_FAIR = lazy_pattern(r"\bfair\s+(?P<fair>yes|no)\b", re.IGNORECASE)


def parse_night(text: str, reading: Reading) -> Command:
    """Read the text after `/night`. Raises UsageError, with examples."""
    text = text.strip()
    if not text:
        return NightCommand()
    word, _, rest = text.partition(" ")
    word = word.rstrip(":,")
    action = _SYNONYMS.get(word.lower(), word.lower())
    rest = rest.strip()
    if (action not in ACTIONS or action == "in") and _is_time(text, reading):  # `in 3 days at 8`
        return _new(text, reading)
    if action not in ACTIONS:
        raise UsageError(
            f"I don't know “{word[:40]}” of a film night. Plan one with ",
            Usage(NightCommand("new", when="friday at 8")),
            ", or see how it stands with ",
            Usage(NightCommand()),
            ".",
        )
    return _with_rest(action, rest, reading, shorter=word.lower() == "shorten")


def _with_rest(action: str, rest: str, reading: Reading, *, shorter: bool) -> Command:
    """Read what follows an action."""
    match action:
        case "new" | "when":
            return _new(rest, reading) if action == "new" else _poll(rest, reading)
        case "nominate" | "withdraw" | "veto" | "choose":
            found = _INSTEAD.fullmatch(rest) if action == "nominate" else None
            return NightCommand(action, **(found.groupdict() if found else {"film": rest}))
        case "vote" | "dates":
            return NightCommand(action, vote=rest)
        case "extend" | "move":
            return NightCommand(action, when=f"-{rest}" if shorter else rest)
        case "cancel":
            return NightCommand(action, reason=_reason(rest))
        case "host":
            return NightCommand(action, member=rest.lstrip("@"))
        case "rate":
            return _rate(rest, reading)
    return NightCommand(action)


def _is_time(text: str, reading: Reading) -> bool:
    """Tell whether a text begins with a time, perhaps one that is repeated."""
    return bool(split_time(read_standing(text)[1], _ANY_DAY, reading.habits.region)[0])


_NO_REASON = frozenset(
    {"it", "this", "that", "please", "the", "film", "movie", "night", "tonight", "now"}
)
_BECAUSE = lazy_pattern(r"(?:because|as|since|:|-|–|—|,)\s*", re.IGNORECASE)


def _reason(typed: str) -> str:
    """Return why a night is called off, as typed after that; empty for words that give none, like `it please`."""
    said = _BECAUSE.sub("", typed, count=1) if _BECAUSE.match(typed) else typed
    words = {each.strip(".,!").lower() for each in said.split()}
    return "" if words <= _NO_REASON else said


def is_about_nights(text: str, reading: Reading) -> bool:
    """Tell whether a text can follow `/night`: it begins with an action or a time."""
    word = text.split(maxsplit=1)[0].lower() if text.strip() else ""
    if word in ACTIONS or word in _SYNONYMS:
        return True
    return bool(split_time(text, _ANY_DAY, reading.habits.region)[0])


_ANY_DAY = datetime(2024, 1, 1, 12, tzinfo=UTC).replace(tzinfo=None)
"""Day to read times from where it only matters whether a text is a time."""


_BEFORE_MORE = frozenset({"from", "by", "with", "for", "about", "around", "in", "on", "at"})
"""Words that begin a wish or another time, and which a time may end with: `at 8, from everyone's watchlists`."""


def split_time(text: str, local: datetime, region: str) -> tuple[str, str]:
    """Split the longest time off the beginning of a text; return it, empty if there is none, and the rest."""
    words = text.split()
    for count in range(min(len(words), 8), 0, -1):
        typed = " ".join(words[:count]).strip(" ,;|")
        if words[count - 1].lower() in _BEFORE_MORE:
            continue
        try:
            found = read_time_words(typed, local, region)
        except UsageError:
            continue
        if found is not None:
            return typed, " ".join(words[count:]).strip(" ,;|")
    return "", text


_WEEKS = {"second": 2, "other": 2, "two": 2, "third": 3, "three": 3, "fourth": 4, "four": 4}
_EVERY = lazy_pattern(
    rf"\bevery\s+(?:(?P<count>{'|'.join(_WEEKS)}|\d)\s+)?(?:weeks?\s+(?:on\s+)?)?",
    re.IGNORECASE,
)


def read_standing(text: str) -> tuple[int, str]:
    """Return the interval of a repeated night in weeks (0: held once), and the text without it."""
    found = _EVERY.search(text)
    if found is None:
        return 0, text
    count = folded(found["count"] or "1")
    weeks = _WEEKS.get(count) or int(count)
    return weeks, f"{text[: found.start()]}{text[found.end() :]}".strip()


_SEPARATED = lazy_pattern(r" ?[,;|] ?(?:or )?| or ", re.IGNORECASE)
_OR = lazy_pattern(r"or ", re.IGNORECASE)


def split_times(text: str, local: datetime, region: str) -> tuple[list[str], str]:
    """Split all times, joined by commas or "or", off the beginning of a text; return them and the rest.

    UsageError for a time that follows another without either: it could be a part of that, or another one.
    """
    text = " ".join(text.split())
    first, rest = split_time(text, local, region)
    times = [first] if first else []
    before = text.removesuffix(rest).rstrip()
    joined = before.endswith((",", ";", "|")) or bool(_OR.match(rest))
    while times and joined and rest:
        rest = _OR.sub("", rest, count=1) if _OR.match(rest) else rest
        found = _SEPARATED.search(rest)
        piece, after = (rest[: found.start()], rest[found.end() :]) if found else (rest, "")
        typed, left = split_time(_hour(piece), local, region)
        if not typed:
            return times, rest
        _check_alone(left, local, region)
        if left:
            return times, rest
        times.append(typed)
        rest = after
    _check_alone(rest if times and not joined else "", local, region)
    return times, rest


def _hour(piece: str) -> str:
    """Return a bare number as the hour that it is beside another time: `friday at 8 or 9`."""
    return f"at {piece}" if piece.isdecimal() and len(piece) < 3 else piece


def _check_alone(rest: str, local: datetime, region: str) -> None:
    if another := split_time(rest, local, region)[0]:
        raise UsageError(
            f"Is “{another[:40]}” another time to choose from? Put a comma between the two: ",
            Usage(NightCommand("when", when="fri 20:00, sat 21:00")),
            ".",
        )


def _poll(text: str, reading: Reading) -> NightCommand:
    """Read a night with several times, among which members choose."""
    command = _new(text, reading)
    text = ", ".join(each for each in (command.when, command.wish) if each)
    times, wish = split_times(text, _ANY_DAY, reading.habits.region)
    return replace(command, action="when", when=", ".join(times) or text, wish=wish)


def _new(text: str, reading: Reading) -> NightCommand:
    command = NightCommand("new")
    if found := _RULE.search(text):
        command = replace(command, rule=Rule(folded(found["rule"])))
    if found := _QUORUM.search(text):
        command = replace(command, quorum=int(found["quorum"]))
    if found := _FAIR.search(text):
        command = replace(command, fair=found["fair"].lower() == "yes")
    if found := _BLIND.search(text):
        said = (found["blind"] or found["open"]).lower()
        command = replace(command, blind=said in {"yes", "blind"})
    if found := _EVENT.search(text):
        command = replace(command, event=(found["event"] or "yes").lower() == "yes")
    if found := _ROTATE.search(text):
        command = replace(command, rotate=(found["rotate"] or "yes").lower() == "yes")
    for form in (_RULE, _QUORUM, _FAIR, _BLIND, _EVENT, _ROTATE):
        text = form.sub(" ", text)
    text = " ".join(text.split()).strip(" ,")
    split_times(
        read_standing(text)[1], _ANY_DAY, reading.habits.region
    )  # refuses what nothing joins
    when, wish = split_time(text, _ANY_DAY, reading.habits.region)
    return replace(command, when=when, wish=wish) if when else replace(command, when=text)


def _rate(text: str, reading: Reading) -> RateAlongCommand:
    found = rating_at(text, 0, len(text), reading.scale) or bare_rating(
        text, 0, len(text), reading.scale
    )
    if found is None:
        return RateAlongCommand(text=text)
    rest = text[found.end :].strip(" ,.|")
    return RateAlongCommand(None, found.half_stars(), rest)


def read_ballot(text: str, count: int) -> tuple[frozenset[int], frozenset[int]]:
    """Read `1 3 / 5`: numbers before the slash are "yes please", behind it "not tonight". Raises UsageError."""
    loved, against = (
        frozenset(int(each) for each in re.findall(r"\d{1,3}", side))
        for side in text.partition("/")[::2]
    )
    named = loved | against
    if re.sub(r"[\d\s,;/]|\band\b", "", text) or not named:
        raise UsageError(
            "Vote by numbers: first those you would love, then a slash and those not tonight, as in ",
            Usage(NightCommand("vote", vote="1 3 / 5")),
            ".",
        )
    if wrong := [each for each in sorted(named) if not 1 <= each <= count]:
        raise UsageError(f"There is no film {wrong[0]} on the ballot: it has {count}.")
    if twice := loved & against:
        raise UsageError(f"Film {min(twice)} stands on both sides. Say it once.")
    return loved, against
