"""Wishes in plain talk: `something like heat but funny`, `3 korean thrillers for us`, `horror but not gory`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.errors import UsageError
from bot.domain.words.numbers import number_words
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.text import folded
from bot.features.picks.commands import RecommendCommand
from bot.features.picks.grammar import parse_recommend
from bot.intake.plain_talk.phrases.phrases import LONGEST
from bot.intake.plain_talk.tidying import tidied, without_address
from bot.language.grammar.reading import Reading
from bot.language.wishes.lexicon.entries import Entry
from bot.language.wishes.lexicon.nearby import nearby
from bot.language.wishes.lexicon.notions import (
    everyday_phrases,
    fillers,
    lexicon,
    longest_phrase,
)
from bot.language.wishes.lexicon.tokens import Token, tokens_of
from bot.language.wishes.measures.measures import measures
from bot.language.wishes.reading.counts import number_of
from bot.language.wishes.reading.wishes import phrase_from

EVERYONE = ("everyone",)
_FEW = {"one": 1, "a few": 3}
_COUNT = lazy_pattern(
    rf"(?:(?:give|show|find|recommend|suggest|pick|get|name)\s+(?:me\s+|us\s+)?|(?:the\s+)?(?:top|best)\s+)?(?P<n>\d{{1,3}}|{'|'.join(number_words(2, 10))}|a\s+couple\s+of|a\s+few)\s+(?=\D)(?!(?:\w+\s+)?\w+(?:\s*,|\s+and|\s+plus|\s*&)\s*(?:\d|an?|one|two|three|four|five|six)\s+\w|and\s|hours?|hrs?|h\b|min|m\b|stars?|years?|to\b|or\b"
    r"|(?:\w+\s+)?(?:people|persons|strangers|friends|mates|brothers|sisters|siblings|cousins|twins|women|men|girls|boys|guys|kids|children|lovers|couples|families|generations"
    r"|cops|detectives|policemen|soldiers|thieves|robbers|criminals|killers|hitmen|nuns|priests|teachers|students|wives|husbands|neighbou?rs|colleagues|roommates|rivals|countries|weddings)\b)",
    re.IGNORECASE,
)
_ONLY_COUNT = lazy_pattern(
    rf"(?:(?:top|give\s+me|show\s+me|only|just)\s+)?(?P<n>\d{{1,2}}|{'|'.join(number_words(1, 10))})(?:\s+(?:of\s+them|picks?|films?|movies?|recommendations?|suggestions?|options?|recs?|more))?",
    re.IGNORECASE,
)
_FOR_ALL = lazy_pattern(
    r"(?:^|[\s,]+)(?:for|with|4)\s+(?:everyone|everybody|us(?:\s+(?:all|both|two|three|four))?|(?:all|both)\s+of\s+us|the\s+(?:whole\s+)?(?:club|group|gang|crew|room))(?:\s+here)?(?=[\s,]|$)",
    re.IGNORECASE,
)
_WE = lazy_pattern(r"(?:^|\s)(?:we|us)(?:\s|['’]|$)", re.IGNORECASE)
_FOR_ME = lazy_pattern(
    r"(?:^|[\s,]+)for\s+me(?:\s+(?:alone|only))?(?=[\s,]|$)(?!\s+and)", re.IGNORECASE
)
_NAME = (
    r"(?!(?:my|mine|the|an?|his|her|him|them|their|our|your|you|some|others?|friends?|family|kids?|children|parents?|"
    r"(?:grand|step)?(?:mum|mom|ma|mother|dad|pa|father|sons?|daughters?|child|parents?|brothers?|sisters?)|wife|"
    r"husband|hubby|partner|(?:boy|girl)friend|gf|bf|date|mates?|nephews?|nieces?|cousins?|dogs?|cats?|baby|toddlers?|"
    r"every(?:one|body)|all|that|it|this)\b)[^\W\d_][\w.-]{1,31}"
)
"""A name without an @, for whom picks are asked besides oneself: no word for somebody's people."""

_WITH_ME = lazy_pattern(
    rf"(?:^|[\s,]+)(?:for\s+me\s+and\s+(?P<named>{_NAME})|(?:for\s+)?(?:me\s+and\s+(?P<after>@[\w.-]+)|(?P<before>@[\w.-]+)\s+and\s+(?:me|i)))(?:\s+(?:want|wanna|would\s+like|need|fancy)(?:\s+to)?(?:\s+(?:watch|see))?)?(?=[\s,]|$)",
    re.IGNORECASE,
)
_WOULD_LIKE = lazy_pattern(
    rf"[\s,]+(?:(?:that|which)\s+)?(?:@(?P<member>[\w.-]+)|(?P<everyone>everyone|everybody|we\s+all|all\s+of\s+us)|(?P<named>{_NAME}))"
    r"(?:\s+(?:would|might|could|will|may)|['’](?:d|ll))\s+(?:also\s+|all\s+|both\s+|really\s+)?(?:like|love|enjoy)(?:\s+too)?(?=[\s,]|$)",
    re.IGNORECASE,
)
"""For whom picks are, by what they would like: `that june would like`."""

_WEEKDAY = r"(?:(?:this|next|coming)\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|fri)(?:\s+(?:night|evening|afternoon))?"
_A_DAY = lazy_pattern(rf"(?:(?:for|on)\s+)?{_WEEKDAY}", re.IGNORECASE)
_WHAT_ABOUT = lazy_pattern(r"(?:(?:so|and|ok)\s+)*(?:what|how)\s+about\s", re.IGNORECASE)
"""What asks about a day, not for films: `what about friday`."""

_SOMEDAY = lazy_pattern(
    rf"(?:^|[\s,]+)(?:(?:for|on)\s+{_WEEKDAY}|for\s+(?:tonight|today|tomorrow|(?:this|the|next)\s+(?:weekend|evening))(?:\s+(?:night|evening))?)$"
    r"|[\s,]+(?:tonight|2nite|tonite|today|now|this\s+(?:evening|weekend|afternoon)|(?:to|we\s+can|i\s+can)\s+(?:watch|see)(?:\s+(?:tonight|today|together|now))?|please|pls|plz)$",
    re.IGNORECASE,
)
_FRAMES = tuple(
    re.compile(each, re.IGNORECASE)
    for each in (
        r"(?:(?:can|could|would|will)\s+(?:you|u)\s+)?(?:please\s+)?(?:recommend|recomend|suggest|give|gimme|show|find|get|pick|choose|recs?\s+for|recommendations?\s+for|ideas?\s+for|suggestions?\s+for)(?:\s+(?:me|us))?\s+(?:(?:some)\s+)?",
        r"(?:i|we)(?:['’]?m|['’]?re|\s+am|\s+are)?\s+(?:so\s+|really\s+|kinda\s+)?(?:in\s+the\s+mood\s+for|looking\s+for|searching\s+for|after|craving|up\s+for|into|feeling\s+like|feeling)\s+",
        r"(?:i|we)\s+(?:feel\s+like|fancy|need|want|wanna|crave|could\s+use|could\s+do\s+with|would\s+(?:like|love)|['’]d\s+(?:like|love))(?:\s+(?:to\s+)?(?:watch|watching|see|seeing))?\s+",
        r"(?:can|could|shall|should|let['’]?s|lets)\s+(?:we|i)\s+(?:watch|see)\s+",
        r"(?:i|we)['’]?d\s+(?:like|love)(?:\s+to\s+(?:watch|see))?\s+",
        r"(?:(?:have|do)\s+(?:you|u)\s+(?:got|have|know(?:\s+of)?)|(?:you|u)\s+got|got|is\s+there|are\s+there|know|in\s+the\s+mood\s+for|mood(?:\s+for|:)?|looking\s+for|feel\s+like|feeling|need|want|wanna\s+(?:watch|see)|fancy|how\s+about|what\s+about|maybe|let['’]?s\s+(?:watch|see)|lets\s+(?:watch|see)|craving)\s+",
        r"(?:what['’]?s|what\s+is|whats|which\s+is|what\s+are)\s+(?:that|the|a|some|an)?\s*(?:(?:best|good|nice|great)\s+)?(?:films?|movies?|one)\s+",
        r"(?:what|which)\s+(?:film|movie)s?\s+(?:is|are|has|have)\s+",
        r"(?:what|which)\s+(?:should|shall|can|could)\s+(?:i|we)\s+(?:watch|see)\s+(?:on\s+\w+day(?:\s+(?:night|evening))?\s+|tonight\s+|for\s+|on\s+|with\s+|if\s+|(?=that\s))",
    )
)
"""Openings that ask for films; what follows is the wish."""

_THING = lazy_pattern(
    r"(?:some\s*thing|smth|sth|anything(?!\s+(?:but|except)(?!\w))|any(?=\s)|somthing|a\s+(?:good\s+)?(?:film|movie|flick)|(?:some|good)\s+(?:films?|movies?)|films?|movies?|picks?|recs?|recommendations?|suggestions?)\s+(?:(?:that['’]?s|that\s+is|which\s+is|that\s+are|to\s+watch|good\s+(?=for\s))\s+)?(?=\S)",
    re.IGNORECASE,
)
_FOR_A = lazy_pattern(r"(?:for|on)\s+(?:a\s+|an\s+|the\s+|my\s+|our\s+)?(?=\S)", re.IGNORECASE)
_LIKE = lazy_pattern(
    r"(?:films?\s+|movies?\s+|something\s+|more\s+)*(?:(?P<alike>similar\s+to|in\s+the\s+(?:style|vein|spirit)\s+of|comparable\s+to|close\s+to|(?:(?:etwas|was|irgendwas|einen?\s+film)\s+)?(?:so\s+)?(?:ähnlich\s+)?wie|(?:quelque\s+chose|un\s+film)\s+comme|(?:algo|una?\s+(?:pel[íi]cula|filme))\s+como|(?:qualcosa|un\s+film)\s+come)|(?:more\s+|less\s+|nothing\s+)?like|unlike)\s+(?=\S)",
    re.IGNORECASE,
)
_ARTICLE = lazy_pattern(r"(?:an?|some|any)\s+(?=\S)", re.IGNORECASE)
_OPENS = lazy_pattern(r"(?:me|us)\s+(?=\S)|(?:me|us)$", re.IGNORECASE)
_TOLD = lazy_pattern(r"(?:that|this|it|he|she|they|you|u)(?:['’]?s|['’]?re)?\s", re.IGNORECASE)
"""Beginnings of what is told rather than wished."""

_MOST_WORDS = 60
"""Words of a line that are looked at."""

_MARKS = " \t\r\n,.;:!?…"
_PLAIN = frozenset(
    """a an the some something anything any one film films movie movies flick picture watch to see for me us we i
    tonight today now good great best nice really very quite bit little that is are it's of and or but with about
    want need would like in mood on at kind sort type more most less not no nothing without too just maybe from by
    my our in under over than long short before after since all time ever tomorrow weekend night day set who have
    has so little please pls""".split()
)
"""Words that say nothing of a wish by themselves, and do not keep a line from being one."""


def wish(line: str, reading: Reading) -> RecommendCommand | None:
    """Read a wish, whatever frames it; None where its clauses cannot be read."""
    text = line.strip(_MARKS)
    if only := _ONLY_COUNT.fullmatch(text):
        return RecommendCommand(count=_number(only["n"]))
    text, members = _company(text)
    count = RecommendCommand().count
    counted = _COUNT.match(text)
    if counted and (phrase_from(text, 0) or 0) > counted.end():
        counted = None  # `two women in love` is no number of films
    if counted:
        count, text = _number(counted["n"]), text[counted.end() :]
    text, framed = unframed(text)
    if framed and not members and _WE.search(line[: len(line) - len(text)]):
        members = EVERYONE
    if _A_DAY.fullmatch(text):
        text = ""
        if _WHAT_ABOUT.match(line):
            return None
    if not text or text.lower() in _PLAIN:
        return RecommendCommand(members=members, count=count)
    try:
        read = parse_recommend(_alike(text), reading)
    except UsageError:
        return None
    named = tuple(dict.fromkeys((*members, *read.members)))
    return replace(read, members=named, count=read.count if not counted else count)


def _company(text: str) -> tuple[str, tuple[str, ...]]:
    """Take off for whom the picks are: `for us`, `me and @ben`; return the rest and the members."""
    members: tuple[str, ...] = ()
    if together := _WITH_ME.search(text):
        members = (next(filter(None, together.groups())).removeprefix("@"),)
        text = _cut(text, together)
    if liking := _WOULD_LIKE.search(text):
        one = liking["member"] or liking["named"]
        members = EVERYONE if liking["everyone"] else (*members, one)
        text = _cut(text, liking)
    if for_all := _FOR_ALL.search(text):
        members, text = EVERYONE, _cut(text, for_all)
    if for_me := _FOR_ME.search(text):
        text = _cut(text, for_me)
    if opens := _OPENS.match(text):
        members = EVERYONE if opens[0].lower().startswith("us") else members
        text = text[opens.end() :]
    return text, members


def _cut(text: str, part: re.Match[str]) -> str:
    return f"{text[: part.start()]} {text[part.end() :]}".strip(_MARKS)


def _alike(text: str) -> str:
    """Say `like Heat` for `similar to Heat`."""
    found = _LIKE.match(text)
    return f"like {text[found.end() :]}" if found and found["alike"] else text


def unframed(text: str) -> tuple[str, bool]:
    """Take off what only asks for films; tell whether there was such a frame."""
    framed = False
    for _ in range(3):
        frame = next((found for each in _FRAMES if (found := each.match(text))), None)
        if frame is None:
            break
        text, framed = text[frame.end() :], True
    thing = _THING.match(text)
    # `films d'horreur` is a phrase as a whole
    if thing and (phrase_from(text, thing.end()) or not phrase_from(text, 0)):
        text, framed = text[thing.end() :], True
    while shorter := _SOMEDAY.search(text):
        text = text[: shorter.start()]
    if framed and (ahead := _FOR_A.match(text)) and (phrase_from(text, 0) or 0) <= ahead.end():
        text = text[ahead.end() :]  # `for a plane` is a phrase of its own
    if framed and (article := _ARTICLE.match(text)):
        text = text[article.end() :]
    return text.strip(_MARKS), framed


def asked_in(line: str) -> str:
    """Return what a line says without Matinee's name and that of the command for picks."""
    return tidied(without_address(line)).removeprefix(f"/{RecommendCommand.name} ")


def is_framed(line: str) -> bool:
    """Tell whether a line asks for films in so many words."""
    return any((unframed(line)[1], _COUNT.match(line), _LIKE.match(line)))


def is_addressed(text: str, reading: Reading) -> bool:
    """Tell whether what follows `recommend` says in plain words for whom, or how many: `me 3 comedies`."""
    text = text.strip(_MARKS)
    forms = (_OPENS.match, _COUNT.match, _ONLY_COUNT.fullmatch, _FOR_ALL.search, _FOR_ME.search)
    said = len(text) <= LONGEST and any(form(text) for form in (*forms, _WITH_ME.search))
    return said and not reading.titles.is_title(text)


def sounds_like_a_wish(line: str) -> bool:
    """Tell whether most words of a line are those of wishes: `horror but not gory`, `best animated`."""
    if _TOLD.match(line):
        return False
    known, unknown = known_words(line)
    return known > 0 and 2 * unknown <= known


def known_words(line: str, *, everyday: bool = False) -> tuple[int, int]:
    """Count the words of a line that the lexicon of wishes knows, and those that nothing does.

    `everyday` names of themes are known, too, where a line asks: `lost his job last week` does not.
    """
    lengths = list(measures(line, 0))
    for start, end, _ in lengths:
        line = f"{line[:start]}{' ' * (end - start)}{line[end:]}"
    tokens = tokens_of(line)[:_MOST_WORDS]
    known, unknown, at = len(lengths), 0, 0
    while at < len(tokens):
        length, entry = _entry_at(tokens, at)
        stems = tuple(each.stem for each in tokens[at : at + length])
        if entry is not None and (everyday or stems not in everyday_phrases()):
            known += 0 if entry.filler else length
        elif entry is not None:
            unknown += 1
        else:
            word = tokens[at].word
            known += tokens[at].stem in nearby()
            unknown += tokens[at].stem not in nearby() and not (
                word in fillers() or word in _PLAIN or word.isdigit()
            )
        at += length
    return known, unknown


def _entry_at(tokens: Sequence[Token], at: int) -> tuple[int, Entry | None]:
    """Return the number of words of the longest phrase that begins here, and its entry."""
    for length in range(min(longest_phrase(tokens[at].stem), len(tokens) - at), 0, -1):
        stems = tuple(each.stem for each in tokens[at : at + length])
        if (entry := lexicon().get(stems)) is not None:
            return length, entry
    return 1, None


def _number(typed: str) -> int:
    return _FEW.get(" ".join(folded(typed).split())) or max(number_of(typed), 1)
