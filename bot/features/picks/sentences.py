"""Sentences of a wish: what is told beside it, what is taken back, and the films that are named in them.

`got dumped on friday. make me cry` asks for what the second sentence says, `horror.. wait no, a thriller`
for what comes last, and `Past Lives broke me. again please` for films like the one that is named.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.features.picks.wishes.reading.audiences import audiences
from bot.features.picks.wishes.reading.wishes import is_wish, says_something
from bot.grammar.titles import KnownTitles, cut_title

_LONGEST = 500
"""Characters of a line whose sentences are told apart; nobody asks in more."""

_MOST_NAMED = 4
"""Films named in sentences that others should be like, at most."""

_TAKEN_BACK = re.compile(
    r"(?:^|[\s,.!?…]+)(?:(?:no[\s,]+)?wait[\s,]+no|no[\s,]+wait|(?:or|oh|ah|actually|hmm+|wait)[\s,]+(?:actually[\s,]+)?(?:no+|nah|nope)(?=\s*[,.!…]|\s+(?:just|make|rather|let|something|sth|smth)(?!\w))"
    r"|scratch\s+that|forget\s+(?:that|it|what\s+i\s+said)|on\s+second\s+thoughts?|changed\s+my\s+mind|(?:i\s+)?take\s+that\s+back)(?!\w)[\s,.!…]*",
    re.IGNORECASE,
)
"""What takes back all that was said before."""

_CONCLUDED = re.compile(r"(?:^|[.!?,…]\s*)so\s+(?P<last>[^.!?,…]{3,}?)\s+then\W*$", re.IGNORECASE)
"""What a dispute ends with: `husband: war film. me: no. so animals then`."""

_ENDS = re.compile(
    r"(?:(?<!\b[a-z])(?<!\bmr)(?<!\bmrs)(?<!\bdr)(?<!\bst)(?<!\bvs)\.|[!?…;]|\.\.+)[!?…;.)]*(?:\s+|$)|\.\.+|\n+",
    re.IGNORECASE,
)
_SUBPIECE = re.compile(
    r",\s+|\s+(?:so(?!\s+(?:bad|good|many|much|that|far|called|\w+\s+(?:it|that)))|but\s+now|and\s+now|now)\s+",
    re.IGNORECASE,
)
"""Where a sentence may go on with another: at a comma, or at what follows from it."""

_PERSON = (
    r"(?:kids?|children|husband|hubby|wife|mum|mom|dad|nan|gran|grandma|grandpa|bf|gf|boyfriend|girlfriend|roomie|flatmate|roommate|boss|baby|teacher|prof|friends?|mates?|everybody|nobody\s+(?:here|in\s+this\s+\w+)"
    r"|brain|head|life|work|school|weather|power|wifi|wi-fi|tv|heating|rain|team|class|club|whole\s+\w+)"
)
_SOMEBODY = (
    r"(?:i|we|he|she|they|it|u|you|this|that|someone|somebody|everyone|everybody"
    rf"|(?:my|our|his|her|their)\s+(?:[\w'’]+\s+){{0,2}}?[\w'’]+|(?:the\s+)?{_PERSON})"
)
_IS = (
    r"(?:(?:['’](?:m|re|ve|s|d|ll)|\s+(?:am|are|r|is|was|were|have|has|had|will|would|might|could|did|just|finally|only|also|got|get|gets|can['’]?t|cant|cannot|couldn['’]?t|don['’]?t|dont|doesn['’]?t|didn['’]?t|won['’]?t|wont|keeps?|went|came|spent|broke|left|won|lost"
    r"|finished|started|moved|work(?:ed|s)?|feel|felt|think|thinks|thought|reckons?|said|says|told|watched|rewatched|saw|made|agrees?|rules?|turned|liked|loved|enjoyed|adored))(?![\w'’]))"
)
_SHORT = r"(?:im|ive|were|weve|hes|shes|theyre|its|thats|youre)(?=\s)"
_DROPPED = (
    r"(?:just\s+(?:got|came|had|finished|back|home|watched|rewatched|saw|moved|broke|lost|woke)(?!\w)|(?:watched|rewatched|finished|saw|loved|liked|adored|enjoyed)\s|got\s+(?:dumped|fired|home|back|the\s+flu|covid|a\s+cold|stuck|all\s+(?:night|day|evening|weekend))|can['’]?t\s+(?:sleep|decide|stop|think|focus|choose|be)(?!\w)"
    r"|(?:home|stuck|sat|lying|sitting|alone|sick|ill|hungover|tired|exhausted|bored|heartbroken|snowed\s+in)\s+(?:at|in|on|with|from|home|alone|after|and|today|tonight)(?!\w)"
    r"|in\s+(?:the\s+)?(?:hospital|bed)(?!\s+(?:drama|film|movie|scene|show))|had\s+(?:a|the|an)\s|been\s+(?:a|an|so|working|crying|at)\s|(?:exams?|finals|school|term|uni|work|shift|match|the\s+(?:exams?|week|day|term))\s+(?:is\s+|are\s+)?(?:over|done|finished)"
    r"|(?:long|rough|hard|tough|bad|terrible|crap|shit|awful|horrible|busy|exhausting|stressful)\s+(?:day|week|night|flight|drive|journey|shift|month|trip|train\s+ride|one)(?=\s|$)(?!\s*(?:film|movie|'s))|new\s+here|last\s+(?:night|week)\s+(?:i|we)\s|(?:\d+|two|three|four|five)\s+\w+\s+(?:films?|movies?|ones)\s+in\s+a\s+row|thanks|thank\s+you|sorry)"
)
_OPENING = r"^\W*(?:(?:ok(?:ay)?|so|hey|hi|hello|yo|omg|lol|ugh|well|and|but|also|because|cos|cause|since|as|right|oh|man|yeah|haha|basically|honestly|anyway|hmm+|um+|sry|help|pls|please)(?:[\s,.!]+|$))*"
_TELLS = re.compile(rf"{_OPENING}(?:{_SOMEBODY}{_IS}|{_SHORT}|{_DROPPED})", re.IGNORECASE)
_TELLS_PLAINLY = re.compile(rf"{_OPENING}(?:{_SOMEBODY}{_IS}|{_SHORT})", re.IGNORECASE)
"""A sentence that tells something, with its subject or, as in a chat, without."""

_BEGINS_ASKING = re.compile(
    r"^\W*(?:(?:so|now|and|but|pls|please)\s+)*(?:i\s+|we\s+)?(?:need|want|wanna|something|smth|sth|anything|any|give|gimme|show|looking|recommend|suggest|let['’]?s|make\s+(?:me|us)|nothing|no|cheer|distract|what|which|is\s+there|got)(?!\w)",
    re.IGNORECASE,
)
_FILM_IS = re.compile(
    r"\W*(?:is|are|was|were|broke|wrecked|destroyed|ruined|blew|made|got|hit|changed)(?!\w)",
    re.IGNORECASE,
)
"""What is said of films at the beginning of a sentence: `Past Lives and Aftersun broke me`."""

_AND = re.compile(r"\s*(?:,|&|\s(?:and|n|or)\s)\s*(?:also\s+|then\s+)?", re.IGNORECASE)
_REFERS = re.compile(r"(?<!\w)(?:him|her|them|his|hers|theirs)(?!\w)", re.IGNORECASE)
"""Words that say nothing without the sentence before."""

_ASKS = re.compile(
    r"(?<![\w-])(?:something|smth|smthg|sth|somethin|sumthin\w*|anything|anythin|films?|movies?|flicks?|cinema|documentar(?:y|ies)|docs?|cartoons?|animations?|watch(?:ing)?|see|show(?!\s+up)|recommend\w*|suggest\w*|want\w*|wanna|wants|need(?!\s+to)|needs|looking|fancy|mood|craving|feel\s+like|give|gimme|find|picks?|like|likes|liked|love|loves|loved|luv|luvs|adores?|adored|enjoy\w*|ha(?:s|ve)\s+to|must|should|seen\s+all|(?:finished|watched|done)\s+(?:all|every\w*|the\s+(?:whole|entire))"
    r"|prefers?|hates?|hated|into|fan|fans|obsessed|mad\s+about|speaks?|understands?|only|allergic|scared|afraid|squeamish|faints?|minds?|stand|bear|handle|sensitive|without|nothing|no|not\s+too|nor|never\s+seen|seen|genre|one|ones|by|directed|starring|style|vibe|kind\s+of|type\s+of|what|which|any|more|less|how\s+about|old\s+enough|school\s+project|homework|class|enough\s+of|(?:sick|tired|fed\s+up)\s+(?:of|with))(?![\w-])",
    re.IGNORECASE,
)
"""Words of a sentence that asks, or that tells what somebody likes and minds."""

_PRAISED = re.compile(
    r"(?<!\w)(?:love|loved|adore|adored|liked|enjoyed|fav(?:ou?rites?|s|es)?|amazing|wow|great|brilliant|incredible|perfect|fun|funny|good|awesome|beautiful|lovely|masterpiece|best|obsessed|broke\s+(?:me|us)|wrecked\s+(?:me|us)|destroyed\s+(?:me|us)|ruined\s+me|blew\s+(?:my|our)\s+minds?|made\s+(?:me|us)\s+(?:cry|laugh|sob)"
    r"|(?:just\s+)?(?:finished|watched|rewatched|saw)|got\s+me|hit\s+(?:me|different)|hooked)(?!\w)",
    re.IGNORECASE,
)
_BLAMED = re.compile(
    r"(?<!\w)(?:hate[ds]?|boring|bored|awful|terrible|bad|worst|overrated|meh|sucks?|sucked|rubbish|trash|slow|nightmares|disappoint\w+|didn['’]?t|don['’]?t|wasn['’]?t|isn['’]?t|not|never|nothing|no|too|except|but|ok|okay|fine\s+i\s+guess)(?!\w)",
    re.IGNORECASE,
)
_WATCHING = re.compile(
    r"(?<!\w)(?:kids?|children|child|sons?|daughters?|nephews?|nieces?|grandkids|grandchildren|toddlers?|little\s+ones?|boys|girls|pupils|students)(?!\w)"
    r"(?!.*(?<!\w)(?:asleep|sleeping|in\s+bed|gone|away|out|at\s+(?:their|his|her|my|the|school|uni))(?!\w))"
    r"|(?:have|['’]?ve\s+got|only\s+got|there['’]?s)\s+(?:\w+\s+){0,3}?(?:min(?:ute)?s?|hours?|hrs?)(?!\w)",
    re.IGNORECASE,
)
"""What belongs to the wish though it is told: children who watch, unless they sleep, and the time that there is."""

_STRAIGHT = re.compile(
    r"(?<!\w)(?:loved|liked|adored|enjoyed|finished|watched|rewatched|saw)\s+$", re.IGNORECASE
)
"""What stands before a film's title even where its words mean something else: `liked Roma`."""

_ALSO = re.compile(
    r"^\W*(?:also|and|plus|oh\s+and|same\s+(?:with|for|goes\s+for))\s+", re.IGNORECASE
)
_SEEN_ALL = re.compile(
    r"(?<!\w)(?:i['’]?ve\s+|we['’]?ve\s+)?(?:already\s+)?seen\s+(?:all|both|every\s+one)(?:\s+(?:of\s+(?:them|those)|\d+|two|three|four|five|parts|the\s+(?:sequels|others|rest)))*(?!\w)(?!\s+[a-z])",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\s,;.!?]+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Piece of a line, whether it tells something instead of asking, and the films that it praises."""

    text: str
    tells: bool
    films: Sequence[str] = ()


def asked(line: str, titles: KnownTitles) -> str:
    """Return what a line asks for: without what is told beside it, and what was taken back.

    Films that are told of with praise become examples.
    """
    if len(line) > _LONGEST or titles.is_title(line):
        return line
    line = _last_said(line)
    pieces = list(_pieces(line, titles))
    if len(pieces) < 2:
        return line
    kept = "".join(each.text for each in pieces if not each.tells)
    named = [film for each in pieces for film in each.films]
    if _REFERS.search(kept) or not (named or says_something(kept)):
        return line
    if named and (seen := _SEEN_ALL.search(kept)):
        kept = f"{kept[: seen.start()]} not {', '.join(named)}, {kept[seen.end() :].lstrip(' ,.')}"
    examples = f"like {', '.join(dict.fromkeys(named[:_MOST_NAMED]))}, " if named else ""
    return f"{examples}{kept.strip(' ,;')}" if says_something(kept) else examples.strip(" ,")


def _last_said(line: str) -> str:
    """Return what is left of a line in which something was taken back or settled."""
    for back in [*_TAKEN_BACK.finditer(line)][::-1]:
        after = line[back.end() :]
        if line[: back.start()].strip() and says_something(after):
            return after.removeprefix("just ")
    settled = _CONCLUDED.search(line)
    return settled["last"] if settled and says_something(settled["last"]) else line


def _pieces(line: str, titles: KnownTitles) -> Iterator[_Piece]:
    """Yield the pieces of a line: its sentences, and parts of them of which one tells something."""
    named = False
    for sentence in _split(line, _ENDS):
        parts = [*_told_apart([*_split(sentence, _SUBPIECE)], titles)]
        if len(parts) > 1 and not any(each.tells for each in parts):
            parts = [_piece(sentence, titles, asked_later=True)]
        for part in parts:
            also = _ALSO.match(part.text) if named else None
            film = part.text[also.end() :].strip(" ,;.!?") if also else ""
            films = (film,) if film and titles.is_title(film) else part.films
            named = bool(films)
            yield _Piece(part.text, part.tells or named, films)


def _told_apart(parts: Sequence[str], titles: KnownTitles) -> Iterator[_Piece]:
    """Tell the parts of a sentence apart: a subject may only be missing if a part after it asks."""
    for place, part in enumerate(parts):
        later = len(parts) == 1 or any(map(_BEGINS_ASKING.match, parts[place + 1 :]))
        yield _piece(part, titles, asked_later=later)


def _piece(text: str, titles: KnownTitles, *, asked_later: bool) -> _Piece:
    films = [*_films_first(text, titles)]
    tells = bool(films)
    if not films and (_TELLS if asked_later else _TELLS_PLAINLY).match(text):
        films = [*_praised(text, titles)]
        left = _PRAISED.sub(" ", text) if films else text
        tells = not (_ASKS.search(left) or _WATCHING.search(left) or _has_age(text))
    return _Piece(text, tells, films if tells and not _BLAMED.search(text) else ())


def _split(text: str, ends: re.Pattern[str]) -> Iterator[str]:
    at = 0
    for found in ends.finditer(text):
        if text[at : found.end()].strip():
            yield text[at : found.end()]
            at = found.end()
    if text[at:].strip():
        yield text[at:]


def _has_age(piece: str) -> bool:
    """Tell whether a piece tells how old somebody is who watches, too."""
    return any(
        letter.isdigit() for start, end, _ in audiences(piece) for letter in piece[start:end]
    )


def _films_first(piece: str, titles: KnownTitles) -> Iterator[str]:
    """Yield the films that a sentence of praise begins with: `Lady Bird and Booksmart are my favourites`."""
    if not _PRAISED.search(piece):
        return
    found, at = list[str](), len(piece) - len(piece.lstrip())
    while cut := cut_title(piece, at, len(piece), titles):
        film = cut.film.strip(" ,;.!?")
        if is_wish(film.lower()) or not says_something(film):
            return
        found.append(film)
        end = at + len(piece[at : cut.end].rstrip(" ,;"))
        joint = _AND.match(piece, end)
        if _FILM_IS.match(piece, end):
            yield from found
            return
        if not joint:
            return
        at = joint.end()


def _praised(piece: str, titles: KnownTitles) -> Iterator[str]:
    """Yield the films that a piece names with praise, or because they were seen."""
    praise = [found.span() for found in _PRAISED.finditer(piece)]
    settled = 0
    for word in _WORD.finditer(piece) if praise else ():
        if word.start() < settled or any(start <= word.start() < end for start, end in praise):
            continue
        cut = cut_title(piece, word.start(), len(piece), titles)
        film = cut.film.strip(" ,;.!?") if cut else ""
        straight = _STRAIGHT.search(piece, 0, word.start())
        if cut and says_something(film) and (straight or not is_wish(film.lower())):
            settled = cut.end
            yield film
