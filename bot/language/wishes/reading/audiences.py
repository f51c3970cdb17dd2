"""Who watches: ages and older family, in any words."""

import re
from collections.abc import Iterator

from bot.domain.words.numbers import number_words
from bot.domain.words.text import folded
from bot.language.wishes.lexicon.entries import Entry
from bot.language.wishes.lexicon.notions import lexicon
from bot.language.wishes.lexicon.tokens import tokens_of
from bot.language.wishes.measures.measures import Found
from bot.language.wishes.reading.understanding import understood
from bot.language.wishes.wish import Understood

_AGES_IN_WORDS = number_words(2, 15)
_CHILD = r"(?:kids?|child(?:ren)?|sons?|daughters?|nieces?|nephews?|boys?|girls?|grand(?:child(?:ren)?|sons?|daughters?)|cousins?|brothers?|sisters?|siblings?|bro|sis)"
_LITTLE = r"(?:(?:little|lil|younger|baby)\s+)"
_AGES = re.compile(
    r"(?:(?:for|with|by)\s+)?(?:(?:a|my|our|the|an|two|three|his|her)\s+)*"
    rf"(?P<age>\d{{1,2}}|{'|'.join(_AGES_IN_WORDS)})"
    r"[\s-]*(?:(?:year|yr)s?[\s-]*olds?|y\.?o\.?(?![a-z]))"
    rf"(?:\s+{_CHILD})?",
    re.IGNORECASE,
)
_AGE_IN_BRACKETS = re.compile(
    rf"(?<![\w-])(?:(?:for|with)\s+)?(?:(?:my|our|the|his|her|a)\s+)?{_LITTLE}?{_CHILD}(?:['’]?s)?(?:\s+(?:is|are)\s+(?:sick|ill|poorly|bored|home|here|over))?"
    r"\s*[(\[,]\s*(?:aged?\s+)?(?P<age>\d{1,2})\s*(?:y(?:ea)?rs?|y\.?o\.?)?(?:\s*old)?\s*[)\],]",
    re.IGNORECASE,
)
"""A child with its age in brackets: `nephew (6) is obsessed with dinosaurs`."""

_CHILDS_AGE = re.compile(
    rf"(?<![\w-])(?:(?:for|with)\s+)?(?:(?:(?:my|our|his|her)\s+{_LITTLE}?{_CHILD}(?:['’]?s)?\s+)"
    rf"|(?:(?:my|our|the|his|her)\s+)?{_LITTLE}?{_CHILD},?\s+(?:who\s+)?(?:is|are|['’]s|just\s+turned|turned|turns|is\s+turning|aged?)\s+)"
    rf"(?:only\s+|just\s+)?(?P<age>\d{{1,2}}|{'|'.join(_AGES_IN_WORDS)})(?![\w-]|\s*(?:hours?|hrs?|h|min))",
    re.IGNORECASE,
)
"""A child with its age: `my nephew is six`."""

_OWN_AGE = re.compile(
    r"(?<![\w-])(?:(?:i|we|they|she|he)(?:['’]?(?:m|re|s)|\s+(?:am|are|is))\s+(?:all\s+|both\s+|only\s+|just\s+)*"
    rf"|(?:a\s+|for\s+)?(?:bunch|group|room)\s+of\s+)(?P<age>1[1-7]|{'|'.join(number_words(11, 15))})"
    r"(?![\w-]|\s*(?:people|of\s+us|hours?|hrs?|h|min|m|friends|years?\s+(?:in|late)|men|women)(?![a-z]))(?:\s+and\s+1[1-7])?",
    re.IGNORECASE,
)
"""The ages of those who watch: `we're 14`."""

_FRIENDS = re.compile(
    r"(?<![\w-])(?:we|us)(?:['’]?re|\s+are|\s+r)?\s+(?:(?:just|all|only)\s+)*(?:an?\s+(?:bunch|group|gang|couple|room)\s+(?:full\s+)?of\s+)?(?:\d{1,2}\s+|two\s+|three\s+|four\s+|five\s+|six\s+)?"
    r"(?:(?P<girls>girls|gals|ladies|girlfriends|besties|bridesmaids)|(?:guys|lads|blokes|dudes|boys|bros))(?![\w-]|\s+(?:aged?|under|of)(?!\w))",
    re.IGNORECASE,
)
"""Friends who watch together: `we are 4 girls`."""

_MY_OLD = re.compile(
    r"(?<![\w-])(?:(?:for|with)\s+)?(?:my|our|his|her)\s+(?P<age>\d\d)[\s-]*(?:(?:year|yr)s?[\s-]*old|y\.?o\.?(?![a-z]))\s+"
    r"(?:neighbou?r|friend|mate|boss|colleague|landlady|landlord|teacher|flatmate|roommate|husband|wife|partner|boyfriend|girlfriend|(?:grand)?(?:mother|father|ma|pa|mum|mom|dad)|aunt|uncle|gran|nan)(?![a-z])",
    re.IGNORECASE,
)
"""Somebody grown up who watches, with an age: `my 80 yo neighbour`."""

_AGED = re.compile(rf"\d|{'|'.join(_AGES_IN_WORDS)}", re.IGNORECASE)
"""A number, without which no age is told."""

_LITTLE_ONE = re.compile(
    rf"(?:(?:for|with)\s+)?(?:(?:me|us)\s+(?:and|n|&)\s+)?(?:my|our|the|his|her)\s+{_LITTLE}"
    r"(?:brother|sister|bro|sis|cousin|nephew|niece|son|daughter|boy|girl)(?![a-z])",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:(?:for|on|have|got)\s+)?(?:(?:a|my|our)\s+)?(?:date|tinder\s+date)\s+(?:(?:no|nr|num(?:ber)?)\.?|#)\s*(?:\d{1,2}|one|two|three|four|five)(?![\w-])",
    re.IGNORECASE,
)
"""A date with its number: `date no 3`."""

_COMPANY = re.compile(
    r"(?:with|w/|for)\s+(?:(?:my|our|the|his|her|their)\s+|(?=(?:mum|mom|dad|granny|nan|gran|grandma|grandpa|mother|father)(?![a-z])))(?:(?!and\b)[a-z]+\s+){0,2}?"
    r"(?:(?:grand)?parents|folks|in-?laws|(?:grand|step)?(?:mother|father|ma|pa|mum|mom|dad)|nan(?:a|na|ny)?|gran(?:ny)?|aunt(?:ie|y)?|uncle)(?![a-z])"
    r"(?:\s+and\s+(?:grand)?(?:dad|mum|mom|pa|ma|father|mother)(?![a-z]))?",
    re.IGNORECASE,
)
"""Older family who watch, too: `with my very catholic grandma`."""

_AMONG_OTHERS = re.compile(
    r"(?<![\w-])(?:(?:i|we)(?:['’]?(?:m|re)|\s+(?:am|are|will\s+be))\s+)?"
    r"(?:watch(?:ing)?(?:\s+(?:it|this|one|together))?(?:\s+(?:outdoors|outside|(?:in|at|on)\s+(?:a|the|our|my)\s+\w+))?|outdoors|outside)"
    r"\s+with\s+(?:(?:some|the|our|my|all|total|complete|lots\s+of|a\s+(?:few|lot\s+of|bunch\s+of|crowd\s+of))\s+){0,2}"
    r"(?:strangers|neighbou?rs|locals|villagers|tourists|passers-?by)(?![\w-])",
    re.IGNORECASE,
)
"""Who happens to watch, too, which says nothing of films: `we're watching outdoors with strangers`."""

_GROWN_UP, _TEENAGER, _SMALL = 17, 12, 5


def audiences(text: str) -> Iterator[Found]:
    """Find who watches: `for my 7 year old`, `with my very catholic grandma`."""
    for found in _COMPANY.finditer(text):
        yield found.start(), found.end(), _as_if_typed("with my parents", found[0])
    for found in _LITTLE_ONE.finditer(text):
        yield found.start(), found.end(), _as_if_typed("for the kids", found[0])
    for found in _DATE.finditer(text):
        yield found.start(), found.end(), _as_if_typed("date night", found[0])
    for found in _FRIENDS.finditer(text):
        words = "girls night" if found["girls"] else "boys night"
        yield found.start(), found.end(), _as_if_typed(words, found[0])
    for found in _AMONG_OTHERS.finditer(text):
        yield found.start(), found.end(), Understood(found[0], Entry(found[0], filler=True))
    if _AGED.search(text):
        yield from _aged(text)


def _aged(text: str) -> Iterator[Found]:
    """Find those who watch and whose age is told: `my 80 yo neighbour`."""
    for found in _MY_OLD.finditer(text):
        if int(found["age"]) > _GROWN_UP:
            yield found.start(), found.end(), Understood(found[0], Entry(found[0], filler=True))
    for found in (
        *_AGE_IN_BRACKETS.finditer(text),
        *_CHILDS_AGE.finditer(text),
        *_AGES.finditer(text),
        *_OWN_AGE.finditer(text),
    ):
        age = _in_years(found["age"])
        if age <= _GROWN_UP:
            words = "for the kids" if age > _SMALL else "for small children"
            words = "for teenagers" if age > _TEENAGER else words
            yield found.start(), found.end(), _as_if_typed(words, found[0])


def for_children(typed: str) -> Understood:
    """Return that a film is for a child whose taste is told, which comes before its being for children."""
    return _as_if_typed("for a child who likes that", typed)


def _as_if_typed(words: str, typed: str) -> Understood:
    """Return the notion of a phrase of the lexicon, typed in other words."""
    entry = lexicon()[tuple(token.stem for token in tokens_of(words))]
    return understood(typed.strip(), entry, 0)


def _in_years(typed: str) -> int:
    """Return an age in digits or in words."""
    return int(typed) if typed.isdigit() else _AGES_IN_WORDS[folded(typed)]
