"""Clauses of a wish: a line cut at its keywords (like, with, more, less, from, under), outside of titles."""

import re
from collections.abc import Iterator

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
_ALIKE = (
    r"(?:(?:very\s+)?similar\s+to|in\s+the\s+(?:vein|style|spirit|mood)\s+of|reminiscent\s+of|reminds?\s+me\s+of"
    r"|(?:if|because|since|as)\s+(?:i|you|we)\s+(?:really\s+)?(?:loved?|liked?|enjoyed)|(?:i|we)\s+(?:really\s+)?(?:loved|liked|enjoyed)"
    r"|(?:(?:etwas|was|irgendwas|einen?|einen?\s+film)\s+)?(?:so\s+(?:ähnlich\s+)?|ähnlich\s+)?wie|im\s+stil\s+von"
    r"|(?:quelque\s+chose\s+|un\s+film\s+)?comme|dans\s+le\s+style\s+de|semblable\s+à"
    r"|(?:algo\s+|una?\s+(?:pel[íi]cula|filme)\s+)?como|parecid[oa]\s+a|(?:qualcosa|un\s+film)\s+(?:come|simile\s+a)"
    r"|(?:(?:that\s+|to\s+|would\s+)*(?:pairs?|goes|go|paired|to\s+watch)\s+(?:(?:really|so|very|nicely|well|best|together)\s+)*with"
    r"|(?:an?\s+)?(?:double|triple)[\s-]?(?:bill|feature)\s+with|(?:an?\s+)?companion(?:\s+pieces?)?\s+(?:to|for)|(?:an?\s+)?follow[\s-]?ups?\s+to)"
    r"|(?:as\s+a\s+)?fans?\s+of|same\s+(?:vibe|mood|feel)s?\s+as|the\s+next|another)"
)
"""Words that mean `like` where a known title follows them."""

_IS_ALIKE = re.compile(_ALIKE, re.IGNORECASE)
_KEYWORD = re.compile(
    rf"(?<!\S)(?:(?:(?:no|not|nothing)\s+(?:more\s+than|longer\s+than|over)(?={_LONG})"
    rf"|(?:less\s+than|shorter\s+than|at\s+most)(?={_LONG})"
    rf"|(?:not|nothing|never|anything\s+but|no\s+(?:film|movie)s?)\s+from(?={_TIME}))(?!\S)"
    r"|(?:(?:more|less|not|nothing)\s+)?(?<!would\s)(?<!might\s)(?<!will\s)(?<!don't\s)(?<!don’t\s)(?<!dont\s)"
    r"(?<!doesn't\s)(?<!didn't\s)like(?!\S)|unlike(?!\S)"
    rf"|{_ALIKE}(?=\s)"
    r"|(?:(?:more|less|(?:not|nothing)(?:\s+(?:so|too|very))?)\s+)?(?:popular|obscure)(?![^\s,;])"
    r"|(?:(?<!nothing\s)(?<!like\sanything\s)(?<!like\ssomething\s)with(?!\s+(?:more|less|no|not|fewer|lots|plenty)(?!\S))|(?<!no\s)more(?!\s+than(?!\S))|less|under|from)(?!\S)|(?:--|—)?count(?=\s*[:=]|(?!\S)))",
    re.IGNORECASE,
)
_WHO_LIKES = re.compile(
    r"(?:\b(?:both|all|everyone|everybody|we|they|i|you|she|he|can|could|actually|really|also)|['’](?:ll|d))\s*$",
    re.IGNORECASE,
)
"""Who likes: `like` behind it is no `like`, unless a film follows."""

_POINTING = re.compile(
    r"(?<=like)\s+(?:this|that|it|them|these|those|him|her)(?!\w)", re.IGNORECASE
)
"""What a member points to after `like`, unless it begins a title: *Her*."""

_NO_EXAMPLE = re.compile(
    r"(?<=like)[\s,]+(?:really|literally|actually|properly|genuinely|totally|fully|proper|basically|super|honestly|just|only|maybe|idk|dunno|(?:you|u|ya)\s+know|i\s+(?:said|mean)"
    r"|how|what|when|where|if|whatever|(?-i:not|no)|a\s+lot|a\s+bit|100\s?%|full\s+on|idc|at\s+least|for\s+real|so|very)(?![\w'’])",
    re.IGNORECASE,
)
"""What follows a `like` that says nothing, unless it begins a title: `like really about the sea`."""

_COMPARED = re.compile(
    r"(?<!\S)(?:(?:something|anything|a\s+film|a\s+movie|films|movies)\s+(?:that(?:['’]s|\s+is)\s+)?)?"
    r"(?:(?P<opposite>(?:the\s+)?(?:exact\s+|complete\s+|polar\s+)?opposite\s+(?:of|to))|(?P<better>(?:even\s+)?better\s+than)"
    r"|(?P<how>(?:more|less)\s+(?!recent)[a-z-]+|(?!other|rather|longer|shorter|newer|older|later|earlier)[a-z]{3,}er)\s+(?:than|then))\s+",
    re.IGNORECASE,
)
"""What compares with a film, where a known title follows."""

_SEEN = re.compile(
    r"(?<!\S)(?:(?:i|we)(?:['’]ve)?\s+)?(?:(?:just|really|absolutely|recently|finally|so)\s+)*"
    r"(?:watched|saw|seen|finished|rewatched|liked|loved|enjoyed|adored)\s+",
    re.IGNORECASE,
)
_MORE_OF_IT = re.compile(
    r"(?P<aside>\W[^,;\d★⭐]{0,30}?)(?<!\w)(?:(?:something|anything|films?|movies?|another|one|more)\s+(?:\w+\s+)?like\s+(?:that|this|it|them|those)"
    r"|more(?:\s+of\s+(?:that|this|it|the\s+same))?(?=\s*(?:$|[.,;!?]|pl(?:ea)?[sz]e?(?!\w)|but(?!\w))))(?:\s+pl(?:ea)?[sz]e?(?!\w))?",
    re.IGNORECASE,
)
"""A film that was seen, and a wish for more of it: `liked Interstellar. more like that`."""

_FOR_WHOM = re.compile(
    r"(?<!\S)4\s+(?=(?:grown(?:[\s-]?ups?)?|adults?|kids|children|me|us|my|our|every(?:one|body)|tonight|two|a\s)(?!\S))",
    re.IGNORECASE,
)
"""`for` as it is typed in a chat: `harry potter but 4 grownups`."""

_FOR_OTHERS = re.compile(
    r"(?P<head>\S.*?)\s+(?P<turn>for\s+(?:adults|grown[\s-]?ups|kids|children|teens|teenagers|old(?:er)?\s+people)(?!\w).*)",
    re.IGNORECASE,
)
"""What a series or a studio is turned to: `pixar for adults`."""

_TURNED_FILM = re.compile(
    r"(?P<head>[^\s,;:][^,;:]*?)(?:\s*[,;:–—]\s*|\s+)"
    r"(?:(?:only|just|except)(?:\s+(?:that\s+)?(?:it['’]?s|it\s+(?:is|was)))?|(?:only\s+|just\s+|or\s+)?(?:if\s+(?:it|they)\s+(?:was|were|had)|make\s+(?:it|that)))\s+"
    r"(?P<turn>\S.*)",
    re.IGNORECASE,
)
"""A film, and what others like it should be: `Spirited Away, only live-action`, `Jaws if it was funny`."""

_BASICALLY = re.compile(
    r"^\W*(?:(?:basically|essentially|literally|kinda|kind\s+of|sort\s+of|so|imagine|think|practically|just|i\s+want)\s+)+",
    re.IGNORECASE,
)
"""What stands before a film that is to be turned: `basically inception but small`."""

_WORD = re.compile(r"\S+")
_BARE_WORD = re.compile(r"[^\s,;.!?]+")
TURNED = re.compile(r"(?:but\s+)?(?:not|no|never|without|anything\s+but)\s")
"""Words that, after a film, begin a title only in capitals, as in `Carol, Not One Less`."""

_WHAT_IT_IS = re.compile(r"(?<!\w)what\s*(?:['’]?s\s+)?(?:[\w'’]+\s+){1,3}$", re.IGNORECASE)
_ENDS_THERE = re.compile(
    r"\W*$|\s+(?:to|being|for|when|in|inside|at|growing|having|living)(?!\w)", re.IGNORECASE
)
"""A `like` that compares nothing: `what it's like to be old`."""

_NOTHING = re.compile(r"[ .?!]*")
_LOOKED_BACK = 60  # characters before a `like`
_TURN = re.compile(rf"[,;.!?]|\sbut\s|\s{TURNED.pattern}", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\n]{2,}")
_LONGEST = 1_000
"""Characters of a line that may compare films, and in which a keyword may need a title."""

_BUT_NOT_IT = re.compile(
    r"(?<![^\s,;])(?<!like\s)(?P<it>[^,;\s][^,;]*?)\s+but\s+(?:no|not|without)\s+(?:actual\w*\s+)?(?P=it)[.!\s]*$",
    re.IGNORECASE,
)
"""A film or a series whose kind is asked for and which itself is not: `indiana jones but no indiana jones`."""


def compared(line: str, titles: KnownTitles) -> str:
    """Rewrite a comparison with a film as clauses: `scarier than Alien` as `like Alien but scarier`.

    So are films that were seen already, and wishes for more of one. Lines too long for a wish stay unchanged.
    """
    if len(line) > _LONGEST:
        return line
    line = _BLANKS.sub(" ", line)  # patterns that allow for blanks would try each of them
    line = without_seen(_FOR_WHOM.sub("for ", more_of_it(line, titles)), titles)
    head, but, turn = _BASICALLY.sub("", line).partition(" but ")
    if not but and (others := _FOR_OTHERS.fullmatch(line) or _TURNED_FILM.fullmatch(line)):
        head, but, turn = others["head"], "but", others["turn"]
    same = _BUT_NOT_IT.search(line)
    if same and (stands_for(same["it"]) or _is_film(same["it"], titles)):
        return f"{line[: same.start()]}like {same['it']} but not {same['it']}"
    if but and not titles.is_title(line) and (stands_for(head) or _is_film(head, titles)):
        return f"like {head.rstrip(EDGES)} but {turn}"
    line = of_its_kind(line[:LOOKED_AT], titles) + line[LOOKED_AT:]
    found = _COMPARED.search(line)
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
    found = _SEEN.search(line)
    title = cut_title(line, found.end(), len(line), titles) if found else None
    more = _MORE_OF_IT.match(line, title.end) if title else None
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
        keyword = "like" if _IS_ALIKE.fullmatch(keyword) else keyword
    yield keyword, line[start:]


def _keywords(line: str, titles: KnownTitles) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each keyword that is not inside a title."""
    settled = 0
    known = _TitlesIn(line, titles)
    spans: list[tuple[int, int]] | None = None
    for found in _KEYWORD.finditer(line):
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
        needs_title = _IS_ALIKE.fullmatch(found[0]) or any(
            each.match(line, found.end()) for each in (_POINTING, _NO_EXAMPLE)
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
    return last and _WHO_LIKES.search(line, before, at) is not None  # `something we'll both like`


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
