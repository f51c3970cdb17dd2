"""Sayings that a wish is put in, said as the grammar has them: `the weirder the better`, `you know Parasite?`."""

import re

from bot.language.grammar.titles import KnownTitles, cut_title
from bot.language.wishes.reading.wishes import is_wish, says_something
from bot.language.wishes.sentences.slips import without_slips

_SO_BAD = re.compile(
    r"(?<!\w)(?:the\s+)?(?:worse|trashier|cheesier|dumber)\s*(?:=|is|,?\s*the|means?)\s*(?:the\s+)?(?:better|merrier|more\s+fun)(?!\w)",
    re.IGNORECASE,
)
_THE_BETTER = re.compile(
    r"(?<!\w)(?:the\s+)?(?:more\s+(?P<more>[\w'’-]+(?:\s+[\w'’-]+)?)|(?P<less>(?:less|fewer)\s+[\w'’-]+)|(?<=the\s)(?P<er>[a-z]{2,}er))"
    r"\s*(?:,|=|is)?\s*(?:the\s+)?(?:better|merrier)(?!\w)",
    re.IGNORECASE,
)
"""What there cannot be too much of: `more confusing the better`, `the bloodier the better`."""

_THEN = re.compile(
    r"(?<!\w)(?P<more>less|more|longer|shorter|older|newer|better|fewer|later|earlier|other)\s+then(?!\w)",
    re.IGNORECASE,
)
"""What compares, as it is mistyped: `less then an hour`."""

_LESS_LONG = re.compile(r"(?<!\w)(?:less\s+long|not\s+as\s+long)(?!\w)", re.IGNORECASE)
_MORE_BY = re.compile(
    r"^\W*(?:some\s+)?more\s+(?=(?:stuff\s+)?(?:by|from|of)\s+(?:the|that)\s)", re.IGNORECASE
)
_WHO_MADE = re.compile(
    r"^\W*who(?:['’]?s|\s+is)?\s+(?:made|directed|did|behind|the\s+director\s+of)\s+(?P<film>[^,?!;]+?)\s*(?:[,?!;]+\s*|\s)(?:(?:and|n|&)\s+)?what\s+else\s+(?:did|has|have|is|are)\s.*$",
    re.IGNORECASE,
)
"""Films by who made one: `more by the guy who did The Lobster`, `who made Fish Tank, and what else did she do`."""

_MADE_BY_WHO = re.compile(
    r"^\W*(?:that|the|same)\s+(?:guy|man|woman|girl|dude|bloke|lady|director|one|people|person)s?\s+(?:who|that)\s+(?:did|made|directed)\s+(?P<film>[^,?!;]+?)\s*[,;?!]+\s*"
    r"(?:(?:something|smth|sth|anything|more|what\s+else|stuff|any|another|one)\s+)+(?:(?:film|movie|one|else)\s+)?(?:by|from|of)\s+(?:him|her|them|his|hers|theirs)(?!\w)",
    re.IGNORECASE,
)
"""Films by who made one, after the film: `that guy who did pulp fiction, something by him`."""

_BY_OTHERS = re.compile(
    r"(?<=\s)(?:but\s+)?(?:by|from)\s+(?:some(?:one|body)\s+else|other\s+(?:people|directors?|filmmakers?)|another\s+(?:director|filmmaker)|others)(?!\w)",
    re.IGNORECASE,
)
"""What makes of somebody's films ones that are alike: `like tarantino by someone else`."""

_LOVES = re.compile(
    r"(?<=\s)(?:loves?|adores?|likes|(?:is|are|am|['’]s|['’]re|['’]m)\s+(?:(?:so|really|totally|currently)\s+)*(?:obsessed\s+(?:with|by)|in\s*to|mad\s+about|crazy\s+about|a\s+(?:\w+\s+)?fan\s+of)|got\s+in\s*to)\s+",
    re.IGNORECASE,
)
"""What stands before what somebody loves: `my kids love star wars`."""

_YOU_KNOW = re.compile(
    r"(?<!\w)(?:(?:so|hey|ok(?:ay)?|well)[\s,]+)*(?:(?:do|did|have|does|d['’]?)\s*)?(?:(?:you|u|ya|ye|y['’]?all|anyone|anybody|everyone)\s+(?:all\s+)?|^\s*)"
    r"(?:know|knows|remember|remembers|seen|saw)\s+(?:that\s+(?:film|movie|one)\s*,?\s+)?",
    re.IGNORECASE,
)
"""A question for a film that others should be like: `you know Parasite?`."""

_LIKED = re.compile(
    r"^\W*(?:(?:i|we)\s+)?(?:(?:really|just|so|also|absolutely)\s+)*(?:liked|loved|enjoyed|adored)\s+",
    re.IGNORECASE,
)
_VERY_MUCH = re.compile(
    r"\s*(?:,\s*)?(?:a\s+(?:whole\s+)?(?:lot|ton)|(?:very|so|too)\s+much|loads|lots|tons|to\s+bits|to\s+death|to\s+pieces)(?!\w)\W*",
    re.IGNORECASE,
)
"""How much a film was liked, after its title: `liked interstellar a lot`."""

_MORE_THAN = re.compile(
    r"(?:(?:(?:that|which|but|and)\s*(?:['’]?s|\s+is|\s+are)?|thats|is|are)\s+)?(?<!\w)(?:it['’]?s\s+)?more\s+(?P<more>[a-z]+)\s+than\s+(?:it\s+is\s+|they\s+are\s+)?(?P<less>[a-z]+)(?=\s*(?:$|[,;.!?]|(?:but|and|please|pls)(?!\w)))",
    re.IGNORECASE,
)
"""A quality before another: `a ghost story that's more sad than scary`."""

_SCARED_OF = re.compile(
    r"(?<!\w)(?:(?:to\s+)?(?:be|feel|get|become)|(?:that\s+|to\s+)?(?:makes?|leaves?)\s+(?:me|us|you))\s+(?:scared|afraid|terrified|frightened|paranoid)\s+(?:of|about)\s+(?=\w)(?!everything|anything)",
    re.IGNORECASE,
)
"""What a frightening film should be about: `i want to be scared of technology`."""

_A_OLD = re.compile(
    r"(?<!\w)a(?=\s+(?:old|older|early|easy|action|animated|adventure|italian|indian|irish|english|american|african|asian|iranian|israeli|icelandic|eastern)(?!\w))"
)
"""An article as learners have it: `not a old one`."""

_HERO = re.compile(
    r"\bwith\s+(?:the|that|this)\s+(?:guy|dude|bloke|boy|lad)(?=\s+(?:who|that|whose|in|from|with|on|stuck|\w+ing|\w+ed)(?!\w))",
    re.IGNORECASE,
)
"""The hero of a film, who is nobody's company: `the one with the guy stuck in a time loop`."""

_PRACTISES = re.compile(
    r"(?<!\w)(?:(?:i|we)(?:['’]?m|['’]?re|\s+am|\s+are)\s+|to\s+)?(?:practi[cs](?:e|ing)|learn(?:ing)?|study(?:ing)?|brush(?:ing)?\s+up)\s+(?:on\s+)?(?:my\s+|our\s+)?(?P<language>[a-z]+)(?!\w)",
    re.IGNORECASE,
)
"""A language that somebody learns: `something with subtitles, im practicing my spanish`."""

_WANTS = re.compile(r"(?<!\w)(?:i|we)\s+(?:want|need|fancy)\s+(?!like\s)", re.IGNORECASE)
_LONG_TITLE = 2
"""Blanks in a title that is no phrase of a wish by chance."""

_SENTENCE = re.compile(r"(?:[.!?;]\s|\.{2,}\s*|…\s*)\s*(?=\S)")


def first_sentence(text: str) -> tuple[str, str]:
    """Return what is said up to the end of a sentence, and the rest: `less gore.. something korean`."""
    said, *rest = _SENTENCE.split(text, maxsplit=1)
    return said, "".join(rest)


def rephrased(line: str, titles: KnownTitles) -> str:
    """Return a line with its slips mended and its sayings said plainly."""
    line = _SO_BAD.sub("so bad it's good", without_slips(_HERO.sub("with someone", line)))
    line = _LESS_LONG.sub("short", _THEN.sub(r"\g<more> than", line))
    line = _THE_BETTER.sub(lambda found: found["more"] or found["less"] or found["er"], line)
    line = _MADE_BY_WHO.sub(r"films by the director of \g<film>", line)
    line = _WHO_MADE.sub(r"films by the director of \g<film>", _MORE_BY.sub("films ", line))
    line = _A_OLD.sub("an", _SCARED_OF.sub("scary about ", line))
    line = _PRACTISES.sub(_in_language, _MORE_THAN.sub(_rather, line))
    line = _BY_OTHERS.sub("but not by them", line)
    line = _like_what_is_wanted(_like_what_was_liked(line, titles), titles)
    return _like_what_you_know(_like_what_is_loved(line, titles), titles)


def _rather(found: re.Match[str]) -> str:
    """Return a quality before another as what is wanted, and less of the other."""
    known = all(is_wish(found[name].lower()) for name in ("more", "less"))
    return f", {found['more']}, less {found['less']}" if known else found[0]


def _in_language(found: re.Match[str]) -> str:
    """Return a language that is learnt as what is to be spoken; else the words as they are."""
    spoken = f"in {found['language'].lower()}"
    return spoken if is_wish(spoken) else found[0]


def _like_what_was_liked(line: str, titles: KnownTitles) -> str:
    """Say a film that was liked very much as an example, though nobody says who liked it."""
    found = _LIKED.match(line)
    title = cut_title(line, found.end(), len(line), titles) if found else None
    much = _VERY_MUCH.match(line, title.end) if title else None
    if not found or not title or not much:
        return line
    film = line[found.end() : title.end].strip(" ,;.!?")
    rest = line[much.end() :]
    return f"like {film} but {rest}" if says_something(rest) else f"like {film}"


def _like_what_is_wanted(line: str, titles: KnownTitles) -> str:
    """Say a film of a long title that somebody wants, and wants otherwise, as an example.

    `i want call me by your name without the love story`.
    """
    found = _WANTS.search(line)
    title = cut_title(line, found.end(), len(line), titles) if found else None
    film = line[found.end() : title.end].rstrip(" ,;.!?") if found and title else ""
    if not found or film.count(" ") < _LONG_TITLE or is_wish(film.lower()):
        return line
    return f"{line[: found.start()]}like {line[found.end() :]}"


def _like_what_is_loved(line: str, titles: KnownTitles) -> str:
    """Say a film that somebody loves as an example, if several words name it."""
    found = _LOVES.search(line)
    title = cut_title(line, found.end(), len(line), titles) if found else None
    film = line[found.end() : title.end].rstrip(" ,;.!?") if found and title else ""
    if not found or " " not in film or not titles.is_title(film) or is_wish(film.lower()):
        return line
    return f"{line[: found.start()]}like {line[found.end() :]}"


def _like_what_you_know(line: str, titles: KnownTitles) -> str:
    """Say a film that is asked after as an example, if a question mark follows it."""
    found = _YOU_KNOW.search(line)
    title = cut_title(line, found.end(), len(line), titles) if found else None
    if not (found and title):
        return line
    film = line[found.end() : title.end].rstrip(" ,;.!?")
    asked = line[found.end() + len(film) :].lstrip()
    if not asked.startswith("?") or not titles.is_title(film):
        return line
    return f"{line[: found.start()]}like {film} but {asked.lstrip(' ?.,!')}"
