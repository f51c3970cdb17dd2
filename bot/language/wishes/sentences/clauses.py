"""Clauses of a wish: a line cut at its keywords (like, with, more, less, from, under), outside of titles."""

import re
from collections.abc import Iterator
from functools import cache

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.language.grammar.titles import KnownTitles, cut_title, longest_title, quote_end
from bot.language.wishes.reading.wishes import (
    is_wish,
    phrase_from,
    phrase_spans,
    says_something,
    stands_for,
)
from bot.language.wishes.sentences.of_its_kind import EDGES, of_its_kind
from bot.language.wishes.sentences.seen_films import without_seen

LOOKED_AT = 500
"""Characters in which keywords inside titles are looked for; nobody types more."""

_LONGEST_IN_WORDS = 25
_LONG = r"\s*\d{1,4}(?:\s?(?:h(?:ours?|rs?)?|m(?:in(?:ute)?s?)?)(?![a-z])|(?=\s*(?:,|$)))"
"""A length with its unit, or a bare number at the end."""

_TIME = r"\s*(?:(?:the|my)\s+)?['’‘]?(?:(?:\d\d)?\d0s|\d{4}|watch\s?list)(?![^\s,])"
_CLAUSES = Templates(
    "bot.language.wishes.sentences",
    "templates/clauses.toml",
    {
        "quality": "[a-z-]+",
        "er": "[a-z]{3,}er",
        "aside": r"\W[^,;\d★⭐]{0,30}?(?<!\w)",
    },
)
_BEFORE_A_VERB = ("would", "might", "will", "don't", "don’t", "dont", "doesn't", "didn't")
"""Words that make of `like` a verb."""

_POINTING = lazy_pattern(
    r"(?<=like)\s+(?:this|that|it|them|these|those|him|her)(?!\w)", re.IGNORECASE
)
"""What a member points to after `like`, unless it begins a title: *Her*."""

_WORD = lazy_pattern(r"\S+")
_BARE_WORD = lazy_pattern(r"[^\s,;.!?]+")
TURNED = lazy_pattern(r"(?:but\s+)?(?:not|no|never|without|anything\s+but)\s")
"""Words that, after a film, begin a title only in capitals, as in `Carol, Not One Less`."""

_WHAT_IT_IS = lazy_pattern(r"(?<!\w)what\s*(?:['’]?s\s+)?(?:[\w'’]+\s+){1,3}$", re.IGNORECASE)
_ENDS_THERE = lazy_pattern(
    r"\W*$|\s+(?:to|being|for|when|in|inside|at|growing|having|living)(?!\w)", re.IGNORECASE
)
"""A `like` that compares nothing: `what it's like to be old`."""

_NOTHING = lazy_pattern(r"[ .?!]*")
_LOOKED_BACK = 60  # characters before a `like`
_TURN = lazy_pattern(rf"[,;.!?]|\sbut\s|\s{TURNED.pattern}", re.IGNORECASE)
_BLANKS = lazy_pattern(r"[^\S\n]{2,}")
_LONGEST = 1_000
"""Characters of a line that may compare films, and in which a keyword may need a title."""

_BUT_NOT_IT = lazy_pattern(
    r"(?<![^\s,;])(?<!like\s)(?P<it>[^,;\s][^,;]*?)\s+but\s+(?:no|not|without)\s+(?:actual\w*\s+)?(?P=it)[.!\s]*$",
    re.IGNORECASE,
)
"""A film or a series whose kind is asked for and which itself is not: `indiana jones but no indiana jones`."""


@cache
def _keyword() -> re.Pattern[str]:
    """Return the pattern of the keywords at which a line is cut."""
    no_verb = "".join(rf"(?<!{each}\s)" for each in _BEFORE_A_VERB)
    nobody = r"(?<!nothing\s)(?<!like\sanything\s)(?<!like\ssomething\s)"
    few = r"(?!\s+(?:more|less|no|not|fewer|lots|plenty)(?!\S))"
    forms = (
        rf"{_CLAUSES.words('no_longer_than')}(?={_LONG})(?!\S)",
        rf"{_CLAUSES.words('not_from')}(?={_TIME})(?!\S)",
        rf"(?:(?:more|less|not|nothing)\s+)?{no_verb}like(?!\S)",
        r"unlike(?!\S)",
        rf"{_CLAUSES.words('alike')}(?=\s)",
        rf"{_CLAUSES.words('how_famous')}(?![^\s,;])",
        rf"(?:{nobody}with{few}|(?<!no\s)more(?!\s+than(?!\S))|less|under|from)(?!\S)",
        r"(?:--|—)?count(?=\s*[:=]|(?!\S))",
    )
    return re.compile(rf"(?<!\S)(?:{'|'.join(forms)})", re.IGNORECASE)


@cache
def _who_likes() -> re.Pattern[str]:
    """Return the pattern of who likes: `like` behind it is no keyword, unless a film follows."""
    return re.compile(rf"(?:\b{_CLAUSES.words('who_likes')}|['’](?:ll|d))\s*$", re.IGNORECASE)


@cache
def _no_example() -> re.Pattern[str]:
    """Return the pattern of what follows a `like` that says nothing, unless it begins a title."""
    no_title = rf"{_CLAUSES.words('no_example')}|(?-i:not|no)"
    return re.compile(rf"(?<=like)[\s,]+(?:{no_title})(?![\w'’])", re.IGNORECASE)


@cache
def _for_others() -> re.Pattern[str]:
    """Return the pattern of what a series or a studio is turned to: `pixar for adults`."""
    turn = rf"for\s+{_CLAUSES.words('others')}(?!\w).*"
    return re.compile(rf"(?P<head>\S.*?)\s+(?P<turn>{turn})", re.IGNORECASE)


@cache
def _turned_film() -> re.Pattern[str]:
    """Return the pattern of a film, and what others like it should be: `Spirited Away, only live-action`."""
    joint = r"(?:\s*[,;:–—]\s*|\s+)"
    only = _CLAUSES.words("only_it")
    return re.compile(rf"(?P<head>[^\s,;:][^,;:]*?){joint}{only}\s+(?P<turn>\S.*)", re.IGNORECASE)


@cache
def _basically() -> re.Pattern[str]:
    """Return the pattern of what stands before a film that is to be turned: `basically inception but small`."""
    return re.compile(rf"^\W*(?:{_CLAUSES.words('basically')}\s+)+", re.IGNORECASE)


def compared(line: str, titles: KnownTitles) -> str:
    """Rewrite a comparison with a film as clauses: `scarier than Alien` as `like Alien but scarier`.

    So are films that were seen already, and wishes for more of one. Lines too long for a wish stay unchanged.
    """
    if len(line) > _LONGEST:
        return line
    line = _BLANKS.sub(" ", line)  # patterns that allow for blanks would try each of them
    line = without_seen(_CLAUSES["for_whom"].sub("for ", more_of_it(line, titles)), titles)
    head, but, turn = _basically().sub("", line).partition(" but ")
    if not but and (others := _for_others().fullmatch(line) or _turned_film().fullmatch(line)):
        head, but, turn = others["head"], "but", others["turn"]
    same = _BUT_NOT_IT.search(line)
    if same and (stands_for(same["it"]) or _is_film(same["it"], titles)):
        return f"{line[: same.start()]}like {same['it']} but not {same['it']}"
    if but and not titles.is_title(line) and (stands_for(head) or _is_film(head, titles)):
        return f"like {head.rstrip(EDGES)} but {turn}"
    line = of_its_kind(line[:LOOKED_AT], titles) + line[LOOKED_AT:]
    found = _CLAUSES["compared"].search(line)
    title = cut_title(line, found.end(), len(line), titles) if found else None
    if not found or not title:
        return line
    film = line[found.end() : title.end].rstrip(EDGES)
    if found["opposite"]:
        said = f"unlike {film}"
    else:
        said = f"like {film}" if found["better"] else f"like {film} but {found['how']}"
    return f"{line[: found.start()]}{said}{line[title.end :]}"


def _is_film(text: str, titles: KnownTitles) -> bool:
    """Tell whether a whole text is a film's title and nothing else: `amelie`, not `horror` or `weekend`."""
    return titles.is_title(text) and not is_wish(text.lower()) and says_something(text)


def more_of_it(line: str, titles: KnownTitles) -> str:
    """Say a film that was seen, and a wish for more of it, as a clause; a line without both stays as it is."""
    found = _CLAUSES["seen"].search(line)
    title = cut_title(line, found.end(), len(line), titles) if found else None
    more = _CLAUSES["more_of_a_film"].match(line, title.end) if title else None
    if not found or not title or not more:
        return line
    film = line[found.end() : title.end].rstrip(f"{EDGES}.!")
    return f"{line[: found.start()]}like {film} {line[more.end() :].lstrip()}"


def clauses_in(line: str, titles: KnownTitles) -> Iterator[tuple[str, str]]:
    """Yield (keyword, text) of each clause; the first has no keyword."""
    keyword, start = "", 0
    for at, end in _keywords(line, titles):
        yield keyword, line[start:at]
        keyword, start = " ".join(line[at:end].lower().split()).lstrip("-—"), end
        keyword = "like" if _CLAUSES["is_alike"].match(keyword) else keyword
    yield keyword, line[start:]


def _keywords(line: str, titles: KnownTitles) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each keyword that is not inside a title."""
    settled = 0
    known = _TitlesIn(line, titles)
    spans: list[tuple[int, int]] | None = None
    for found in _keyword().finditer(line):
        at = found.start()
        if at < settled:
            continue
        over = None
        if at < LOOKED_AT:
            spans = phrase_spans(line[:LOOKED_AT]) if spans is None else spans
            over = known.over(settled, found)
            # `like "That"` is no `like that`.
            if not quote_end(line, skip_joints(line, found.end())):
                around = (end for start, end in spans if start <= at and found.end() <= end)
                over = over or next(around, None)
        settled = over or found.end()
        if _joins_nothing(line, found):
            continue
        needs_title = _CLAUSES["is_alike"].match(found[0]) or any(
            each.match(line, found.end()) for each in (_POINTING, _no_example())
        )
        if not over and (not needs_title or _title_after(line, found.end(), titles)):
            yield found.span()


def _joins_nothing(line: str, keyword: re.Match[str]) -> bool:
    """Tell whether a keyword belongs to what stands before it: `what it's like to be old`."""
    at, end = keyword.span()  # what follows is looked at first: a line may hold thousands of them
    last = _NOTHING.fullmatch(line, end) is not None
    if keyword[0].lower() == "with":
        return last and bool(line[:at].strip())  # `something to quote along with`
    if keyword[0].lower() != "like":
        return False
    before = max(0, at - _LOOKED_BACK)
    if _ENDS_THERE.match(line, end) and _WHAT_IT_IS.search(line, before, at):
        return True
    return last and _who_likes().search(line, before, at) is not None  # `something we'll both like`


def _title_after(line: str, at: int, titles: KnownTitles) -> bool:
    at = skip_joints(line, at)
    return at < _LONGEST and cut_title(line, at, len(line), titles) is not None


class _TitlesIn:
    """Titles in a line, quoted or known; the longest at each word is looked for once."""

    def __init__(self, line: str, titles: KnownTitles) -> None:
        self._line, self._titles = line, titles
        self._ends: dict[int, int] = {}

    def over(self, settled: int, keyword: re.Match[str]) -> int | None:
        """Return the end of the title that holds the keyword, begun where nothing is settled, or None."""
        starts = [word.start() for word in _WORD.finditer(self._line, settled, keyword.end())]
        for start in starts[-_LONGEST_IN_WORDS:]:
            quoted = quote_end(self._line, start)
            if quoted and quoted > keyword.start():
                return quoted
            beyond = keyword.end() if start >= keyword.start() else keyword.start()
            if (end := self._longest(start)) > beyond:
                return end
        return None

    def _longest(self, start: int) -> int:
        if start not in self._ends:
            found = longest_title(self._line, start, len(self._line), self._titles)
            self._ends[start] = found or 0
        return self._ends[start]


def is_described(text: str) -> bool:
    """Tell whether the words up to a comma or a negation are phrases of wishes and fillers alone."""
    known = at = 0
    for word in _BARE_WORD.finditer(_TURN.split(text, maxsplit=1)[0]):
        if word.start() < at:
            continue
        if end := phrase_from(text, word.start()):
            known, at = known + 1, end
        elif says_something(word[0]):
            return False
    return known > 1


def skip_joints(text: str, at: int) -> int:
    """Return the place of the first character from `at` on that is no blank, comma or semicolon."""
    while at < len(text) and (text[at].isspace() or text[at] in ",;"):
        at += 1
    return at


def trimmed(text: str) -> str:
    """Take blanks, commas and a loose "and" off both ends."""
    text = text.strip(EDGES)
    for loose in ("and", "&", "but"):
        if text.lower() == loose:
            return ""
        if text.lower().startswith(f"{loose} "):
            text = text[len(loose) :].lstrip(EDGES)
        if text.lower().endswith(f" {loose}"):
            text = text[: -len(loose)].rstrip(EDGES)
    return text
