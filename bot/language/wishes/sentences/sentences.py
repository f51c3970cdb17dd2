"""Sentences of a wish: what is told beside it, what is taken back, and the films that are named in them.

`got dumped on friday. make me cry` asks for what the second sentence says, `horror.. wait no, a thriller`
for what comes last, and `Past Lives broke me. again please` for films like the one that is named.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.language.grammar.titles import KnownTitles, cut_title
from bot.language.wishes.reading.audiences import audiences
from bot.language.wishes.reading.wishes import is_wish, phrase_from, says_something
from bot.language.wishes.sentences.hearsay import is_hearsay
from bot.language.wishes.sentences.taken_back import last_said

_LONGEST = 500
"""Characters of a line whose sentences are told apart; nobody asks in more."""

_MOST_NAMED = 4
"""Films named in sentences that others should be like, at most."""

_ENDS = re.compile(
    r"(?:(?<!\b[a-z])(?<!\bmr)(?<!\bmrs)(?<!\bdr)(?<!\bst)(?<!\bvs)\.|[!?…;]|\.\.+)[!?…;.)]*(?:\s+|$)|\.\.+|\n+",
    re.IGNORECASE,
)
_SUBPIECE = re.compile(
    r",\s+|:\s+|\s+(?:so(?!\s+(?:bad|good|many|much|that|far|called|\w+\s+(?:it|that)))|but\s+now|and\s+now|now)\s+",
    re.IGNORECASE,
)
"""Where a sentence may go on with another: at a comma, or at what follows from it."""

_PERSON = (
    r"(?:kids?|children|husband|hubby|wife|mum|mom|dad|nan|gran|grandma|grandpa|bf|gf|boyfriend|girlfriend|roomie|flatmate|roommate|boss|baby|teacher|prof|friends?|mates?|everybody|nobody\s+(?:here|in\s+this\s+\w+)"
    r"|me\s+and\s+(?:my\s+)?\w+|brain|head|life|work|school|weather|power|wifi|wi-fi|tv|heating|rain|team|class|club|whole\s+\w+)"
)
_SOMEBODY = (
    r"(?:i|we|he|she|they|it|u|you|this|that|someone|somebody|everyone|everybody"
    rf"|(?:my|our|his|her|their)\s+(?:[\w'’]+\s+){{0,2}}?[\w'’]+|(?:the\s+)?{_PERSON})"
)
_IS = (
    r"(?:(?:['’](?:m|re|ve|s|d|ll)|\s+(?:am|are|r|is|was|were|have|has|had|will|would|might|could|did|just|finally|only|also|got|get|gets|can['’]?t|cant|cannot|couldn['’]?t|don['’]?t|dont|doesn['’]?t|didn['’]?t|won['’]?t|wont|keeps?|went|came|spent|broke|left|won|lost"
    r"|finished|started|moved|work(?:ed|s)?|feel|felt|think|thinks|thought|reckons?|said|says|told|watched|rewatched|saw|made|agrees?|disagrees?|rules?|turned|liked|loved|enjoyed|adored|hated|disliked))(?![\w'’]))"
)
_SHORT = r"(?:im|ive|were|weve|hes|shes|theyre|its|thats|youre)(?=\s)"
_DROPPED = (
    r"(?:just\s+(?:got|came|had|finished|back|home|watched|rewatched|saw|moved|broke|lost|woke)(?!\w)|(?:watched|rewatched|finished|saw|loved|liked|adored|enjoyed|hated|disliked)\s|got\s+(?:dumped|fired|home|back|the\s+flu|covid|a\s+cold|stuck|all\s+(?:night|day|evening|weekend))|can['’]?t\s+(?:sleep|decide|stop|think|focus|choose|be)(?!\w)"
    r"|(?:home|stuck|sat|lying|sitting|alone|sick|ill|hungover|tired|exhausted|bored|heartbroken|snowed\s+in)\s+(?:at|in|on|with|from|home|alone|after|and|today|tonight)(?!\w)"
    r"|in\s+(?:the\s+)?(?:hospital|bed)(?!\s+(?:drama|film|movie|scene|show))|had\s+(?:a|the|an)\s|been\s+(?:a|an|so|working|crying|at)\s|(?:exams?|finals|school|term|uni|work|shift|match|the\s+(?:exams?|week|day|term))\s+(?:is\s+|are\s+)?(?:over|done|finished)"
    r"|(?:long|rough|hard|tough|bad|terrible|crap|shit|awful|horrible|busy|exhausting|stressful)\s+(?:day|week|night|flight|drive|journey|shift|month|trip|train\s+ride|one)(?=\s|$)(?!\s*(?:film|movie|'s))|new\s+here|last\s+(?:night|week)\s+(?:i|we)\s|(?:\d+|two|three|four|five)\s+\w+\s+(?:films?|movies?|ones)\s+in\s+a\s+row|thanks|thank\s+you|sorry)"
)
_OPENING = r"^\W*(?:(?:ok(?:ay)?|so|hey|hi|hello|yo|omg|lol|ugh|well|and|but|also|because|cos|cause|since|as|right|oh|man|yeah|haha|basically|honestly|anyway|hmm+|um+|sry|help|pls|please)(?:[\s,.!]+|$))*"
_OPENS = re.compile(_OPENING, re.IGNORECASE)
_TELLS = re.compile(rf"{_OPENING}(?:{_SOMEBODY}{_IS}|{_SHORT}|{_DROPPED})", re.IGNORECASE)
_TELLS_PLAINLY = re.compile(rf"{_OPENING}(?:{_SOMEBODY}{_IS}|{_SHORT})", re.IGNORECASE)
"""A sentence that tells something, with its subject or, as in a chat, without."""

_BEGINS_ASKING = re.compile(
    r"^\W*(?:(?:so|now|and|but|pls|please)\s+)*(?:i\s+|we\s+)?(?:need|want|wanna|something|smth|sth|anything|any|give|gimme|show|looking|recommend|suggest|let['’]?s|make\s+(?:me|us)|nothing|no|cheer|distract|what|which|is\s+there|got|max|under|\d+|without|but|minus|more|less|another|similar|who|how|can|could|do)(?!\w)",
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
    r"|prefers?|hates?|hated|into|fan|fans|obsessed|mad\s+about|speaks?|understands?|only|allergic|scared|afraid|squeamish|faints?|minds?|stand|bear|handle|sensitive|without|nothing|no|not\s+too|nor|never\s+seen|seen|genre|one|ones|by|directed|starring|style|vibe|kind\s+of|type\s+of|what|which|any|more|less|how\s+about|old\s+enough|school\s+project|homework|class|be\s+(?:bothered|arsed|fussed)|enough\s+of|(?:sick|tired|fed\s+up)\s+(?:of|with))(?![\w-])",
    re.IGNORECASE,
)
"""Words of a sentence that asks, or that tells what somebody likes and minds."""

_PRAISED = re.compile(
    r"(?<!\w)(?:love|loved|adore|adored|liked|enjoyed|(?:all[\s-]?time\s+)?fav(?:ou?rites?|e|s|es)?(?:\s+(?:films?|movies?|ones?))?|amazing|wow|great|brilliant|incredible|perfect|fun|funny|good|awesome|beautiful|lovely|masterpiece|best|(?:my|our)\s+(?:thing|jam|cup\s+of\s+tea|style|kind\s+of\s+films?)|obsessed|broke\s+(?:me|us)|wrecked\s+(?:me|us)|destroyed\s+(?:me|us)|ruined\s+me|blew\s+(?:my|our)\s+minds?|made\s+(?:me|us)\s+(?:cry|laugh|sob)"
    r"|(?:just\s+)?(?:finished|watched|rewatched|saw)|got\s+me|hit\s+(?:me|different)|hooked)(?!\w)",
    re.IGNORECASE,
)
_BLAMED = re.compile(
    r"(?<!\w)(?:hate[ds]?|boring|bored|awful|terrible|bad|worst|overrated|meh|sucks?|sucked|rubbish|trash|slow|nightmares|disappoint\w+|didn['’]?t|don['’]?t|wasn['’]?t|isn['’]?t|not|never|nothing|no|too|except|but|ok|okay|fine\s+i\s+guess)(?!\w)",
    re.IGNORECASE,
)
_WATCHING = re.compile(
    r"(?<!\w)(?<!as\s)(?<!as\sa\s)(?<!was\sa\s)(?:kids?|children|child|sons?|daughters?|nephews?|nieces?|grandkids|grandchildren|toddlers?|little\s+ones?|boys|girls|pupils|students)(?!\w)"
    r"(?!.*(?<!\w)(?:asleep|sleeping|in\s+bed|gone|away|out|(?:at|with)\s+(?:(?:their|his|her|my|the|school|uni)(?!\w)|\w+['’]s)))",
    re.IGNORECASE,
)
"""What belongs to the wish though it is told: children who watch, unless they sleep."""

_TIME_LEFT = re.compile(
    r"(?:have|['’]?ve\s+got|only\s+got|there['’]?s)\s+(?:\w+\s+){0,3}?(?:min(?:ute)?s?|hours?|hrs?)(?!\w)",
    re.IGNORECASE,
)
"""The time that there is."""

_DISLIKED = re.compile(
    r"(?<!\w)(?:hated|disliked|(?:didn['’]?t|did\s+not)\s+(?:like|enjoy)|couldn['’]?t\s+stand)(?!\w)",
    re.IGNORECASE,
)
_ONLY_KNOWN = re.compile(
    r"(?<!\w)(?:is|are|was)\s+(?:about\s+)?the\s+only\s+(?:ones?|films?|movies?|things?)\s+(?:i|we)(?!\w)",
    re.IGNORECASE,
)
"""What says of a film that it is known: `Get Out is the only one I know`."""

_STRAIGHT = re.compile(
    r"(?<!\w)(?:loved|liked|adored|enjoyed|finished|watched|rewatched|saw|hated|disliked|like|enjoy|stand)\s+$",
    re.IGNORECASE,
)
"""What stands before a film's title even where its words mean something else: `liked Roma`."""

_ALSO = re.compile(
    r"^\W*(?:also|and|plus|oh\s+and|same\s+(?:with|for|goes\s+for))\s+", re.IGNORECASE
)
_SEEN_ALL = re.compile(
    r"(?<!\w)(?:i['’]?ve\s+|we['’]?ve\s+)?(?:already\s+)?seen\s+(?:all|both|every\s+one)(?:\s+(?:of\s+(?:them|those)|\d+|two|three|four|five|parts|the\s+(?:sequels|others|rest)))*(?!\w)(?!\s+[a-z])",
    re.IGNORECASE,
)
# Some of these are titles, too.
_POINTING = frozenset({"it", "this", "that", "them", "these", "those", "us", "her", "him", "you"})
_MORE = re.compile(r"\W*(?:some\s+)?more\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\s,;.!?]+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Piece of a line: what of it asks, and the films that it praises, blames and says are known."""

    asks: str
    tells: bool = False
    praised: Sequence[str] = ()
    blamed: Sequence[str] = ()
    known: Sequence[str] = ()


def asked(line: str, titles: KnownTitles) -> str:
    """Return what a line asks for: without what is told beside it, and what was taken back.

    Films that are told of with praise become examples, blamed ones examples of what not to pick.
    """
    if len(line) > _LONGEST or titles.is_title(line):
        return line
    line = last_said(line)
    pieces = list(_pieces(line, titles))
    if len(pieces) < 2 or not any(each.tells for each in pieces):
        return line
    kept = "".join(each.asks for each in pieces)
    praised = [film for each in pieces for film in each.praised][:_MOST_NAMED]
    blamed = [film for each in pieces for film in each.blamed][:_MOST_NAMED]
    known = [film for each in pieces for film in each.known][:_MOST_NAMED]
    if _REFERS.search(kept) or not (praised or says_something(kept)):
        return line
    if praised and (seen := _SEEN_ALL.search(kept)):
        kept = f"{kept[: seen.start()]} {kept[seen.end() :].lstrip(' ,.')}"
        known += praised
    more = _MORE.match(kept)
    if more and praised and phrase_from(kept, more.end()):
        # `loved Arrival. more sci-fi` asks for a kind, not for more of it.
        kept = kept[more.end() :]
    asks = kept.strip(" ,;") if says_something(kept) else ""
    like = f"like {', '.join(dict.fromkeys(praised))}" if praised else ""
    wished = [" but ".join(part for part in (like, asks) if part)]
    # Who hated one gangster film and asks for another wants none that is its opposite.
    away = "unlike" if praised else "not"
    others = [*(f"{away} {film}" for film in blamed), *(f"not {film}" for film in known)]
    return ", ".join([*wished, *others])


def _pieces(line: str, titles: KnownTitles) -> Iterator[_Piece]:
    """Yield the pieces of a line: its sentences, and parts of them of which one tells something."""
    named = False
    sentences = [*_split(line, _ENDS)]
    for number, sentence in enumerate(sentences, 1):
        parts = [*_split(sentence, _SUBPIECE)]
        more = number < len(sentences)
        pieces = [*_told_apart(parts, titles, more=more)] if len(parts) > 1 else []
        if not any(each.tells for each in pieces):
            parts, pieces = [sentence], [_piece(sentence, titles, asked_later=True)]
        for text, piece in zip(parts, pieces, strict=True):
            also = _ALSO.match(text) if named else None
            film = text[also.end() :].strip(" ,;.!?") if also else ""
            if film and titles.is_title(film):
                yield _Piece("", tells=True, praised=(film,))
                continue
            named = bool(piece.praised)
            yield piece


def _told_apart(parts: Sequence[str], titles: KnownTitles, *, more: bool) -> Iterator[_Piece]:
    """Tell the parts of a sentence apart: a subject may only be missing if something after it asks."""
    for place, part in enumerate(parts):
        later = more or any(map(_BEGINS_ASKING.match, parts[place + 1 :]))
        yield _piece(part, titles, asked_later=later)


def _piece(text: str, titles: KnownTitles, *, asked_later: bool) -> _Piece:
    if is_hearsay(text):
        return _Piece("", tells=True)
    first, known = _films_first(text, titles)
    if first:
        praised = () if known or _BLAMED.search(text) else first
        return _Piece("", tells=True, praised=praised, known=first if known else ())
    mood = is_wish(_OPENS.sub("", text).strip(" ,;.!?…").lower())  # `work was hell`
    if mood or not (_TELLS if asked_later else _TELLS_PLAINLY).match(text):
        return _Piece(text)
    films = [*_praised(text, titles)]
    disliked = _DISLIKED.search(text)
    left = _DISLIKED.sub(" ", _PRAISED.sub(" ", text)) if films else text
    if _ASKS.search(left) or _WATCHING.search(left) or _has_age(text):
        return _Piece(text)
    if time := _TIME_LEFT.search(text):
        return _Piece(f"{time[0]}, ", tells=True)
    if disliked:
        return _Piece("", tells=True, blamed=films)
    return _Piece("", tells=True, praised=() if _BLAMED.search(text) else films)


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


def _films_first(piece: str, titles: KnownTitles) -> tuple[Sequence[str], bool]:
    """Return the films that a sentence begins with, and whether it says that they are known.

    Else it praises them: `Lady Bird and Booksmart are my favourites`.
    """
    known = _ONLY_KNOWN.search(piece)
    judged = _PRAISED.search(piece) or _BLAMED.search(piece)
    found, at = list[str](), len(piece) - len(piece.lstrip())
    while known or judged:
        cut = cut_title(piece, at, len(piece), titles)
        film = cut.film.strip(" ,;.!?") if cut else ""
        if not cut or is_wish(film.lower()) or not (" " in film or says_something(film)):
            break
        found.append(film)
        end = at + len(piece[at : cut.end].rstrip(" ,;"))
        if _FILM_IS.match(piece, end):
            return found, known is not None
        joint = _AND.match(piece, end)
        if not joint:
            break
        at = joint.end()
    return (), False


def _praised(piece: str, titles: KnownTitles) -> Iterator[str]:
    """Yield the films that a piece names with praise or blame, or because they were seen."""
    verbs = (*_PRAISED.finditer(piece), *_DISLIKED.finditer(piece))
    praise = [found.span() for found in verbs]
    settled = 0
    for word in _WORD.finditer(piece) if praise else ():
        if word.start() < settled or any(start <= word.start() < end for start, end in praise):
            continue
        cut = cut_title(piece, word.start(), len(piece), titles)
        film = cut.film.strip(" ,;.!?") if cut else ""
        straight = _STRAIGHT.search(piece, 0, word.start())
        if film.lower() in _POINTING:
            continue
        if cut and says_something(film) and (straight or not is_wish(film.lower())):
            settled = cut.end
            yield film
