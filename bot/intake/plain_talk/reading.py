"""Reading of a line that names no command: what it asks for, or the question that settles it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.catalogue.titles.index import TitleIndex
from bot.catalogue.titles.links import film_link
from bot.domain.errors import UsageError
from bot.domain.reviews.review import LONGEST_REVIEW
from bot.domain.words.patterns import lazy_pattern
from bot.features.help.asked_topic import asks, topic_of
from bot.features.help.commands import HelpCommand
from bot.features.reviews.commands import ReviewCommand
from bot.features.reviews.grammar import parse_review
from bot.features.talk.commands import AskAboutFilmCommand, Manner, SmallTalkCommand, UnclearCommand
from bot.intake.plain_talk.meanings.meanings import meant
from bot.intake.plain_talk.phrases.phrases import LONGEST, Said, fitting
from bot.intake.plain_talk.phrases.told import as_chat
from bot.intake.plain_talk.picks import is_framed, known_words, sounds_like_a_wish, unframed, wish
from bot.intake.plain_talk.questions.at_once import at_once
from bot.intake.plain_talk.questions.releases import releases_asked
from bot.intake.plain_talk.statements.abroad import statement_abroad
from bot.intake.plain_talk.statements.mistyped import with_number
from bot.intake.plain_talk.statements.several import several
from bot.intake.plain_talk.statements.several_reviews import several_reviews
from bot.intake.plain_talk.statements.statement import statement
from bot.intake.plain_talk.tidying import GREETED, plainer, respelt, tidied, without_address
from bot.intake.plain_talk.titles import NO_TITLES, is_misspelt, listed, mentioned
from bot.language.critics import looks_like_critique
from bot.language.grammar.ratings import first_rating
from bot.language.grammar.reading import Reading
from bot.language.grammar.titles import cut_title, unquoted
from bot.language.wishes.reading.wishes import is_wish
from bot.language.wishes.sentences.clauses import more_of_it
from bot.language.wishes.sentences.seen_by import seen_by_clause
from bot.language.wishes.sentences.sentences import asked
from bot.messages.commands import Command

_MOST_POLITE = 5
_TITLE_WORDS = 6
"""Most words of a line that may be the title of a film nobody knows yet."""

_SHORT_TITLE = 3
"""Most words of such a title in small letters."""

_SPOKEN = lazy_pattern(
    r"^(?:what|who|how|why|when|where|which|is|are|do|does|did|can|could|will|would|should|let['’]?s|lets|tell|show|give|please|no|yes|ok|the|a|my)(?!\w)"
    r"|(?<!\w)(?:i|i['’]?m|you|u|we|me|it|he|she|they|us|my|your|our|this|that|everyone|anyone|please|pls)(?!\w)",
    re.IGNORECASE,
)
"""Words by which a line is rather said to somebody than a title."""

_TOPIC_WORDS = 3
"""Most words of a line that names a topic of help without asking: `import from letterboxd`."""

_CAPITAL = lazy_pattern(r"[A-ZÀ-ÞА-Я\d]")
_STARS = lazy_pattern(r"[★⭐🌟]|:star")
"""Stars, which a title's key leaves out; after a title they are its rating."""

_ASKS_FOR_PICKS = lazy_pattern(
    r"[.,!?…;]\s*(?:(?:and|so|but|now|ok(?:ay)?|pls|please|i\s|we\s)\s*)*"
    r"(?:what\s+(?:(?:do|should|shall|can|could)\s+(?:i|we)\s+(?:watch|see)|next|now|else|to\s+watch)|more(?!\s+(?:of\s+an?|than|or\s+less|like\s+an?)(?!\w))"
    r"|(?:something|smth|sth)(?!\s+(?:about\s+(?:it|the|this|that|his|her|them)|was|is|felt|in\s+it)(?!\w))|anything\s+(?:like|similar|else|in)|another(?!\s+(?:day|time|hour|level|world))|any\s+(?:more|other|similar|ideas|recs?|recommendations?|suggestions?)|recommend|suggest|similar|gimme|give\s+(?:me|us)\s+(?:more|another|something)"
    r"|(?:need|want)(?!\s+(?:to|it|that|a\s+sequel))|again\s+(?:please|pls|plz))(?!\w)",
    re.IGNORECASE,
)
"""A sentence, after another, that asks for films."""

_ABOUT_ITSELF = lazy_pattern(
    r"(?<!\w)(?:you|u|your|ur|matinee|bot|my|me|i|how|can|command|commands|this)(?!\w)",
    re.IGNORECASE,
)


def read_talk(line: str, reading: Reading, titles: TitleIndex) -> Command:
    """Read a line of plain talk; what is unclear becomes a command that asks."""
    said = without_address(line).strip().lstrip("/!").strip()
    if film_link(said):
        return ReviewCommand(said)
    if listed_ratings := several(said, reading, titles):
        return listed_ratings
    if len(said) > LONGEST or "\n" in said:
        return _long(said, reading, titles)
    forms = list(_forms(said))
    if not forms:
        return _wordless(line, said)
    command = (
        at_once(forms, titles)
        or _unseen(forms[-1], reading)
        or _more_of_it(forms[-1], reading, titles)
        or _asked_after_films(forms[0], reading, titles)
        or _first(forms, reading, titles)
        or _loved(forms[-1], titles)
        or statement_abroad(said, reading, titles)
        or several_reviews(said, reading, titles)
        or statement(said, reading, titles)
        or (None if said.endswith("?") else statement(forms[-1], reading, titles))
        or _first([respelt(each) for each in forms], reading, titles)
        or _wish(forms[-1], reading, titles, sure=True)
        or _question(said, forms[-1], titles)
        or _wish(forms[-1], reading, titles)
        or _near(forms, titles)
        or _numbered(forms[-1], reading, titles)
        or _unclear(said, forms[-1], titles)
    )
    return as_chat(command, said, forms[0])


def _wordless(line: str, said: str) -> Command:
    """Read a line without words: a bare greeting of Matinee, an emoji, or only marks."""
    if not said and GREETED.match(line):
        return SmallTalkCommand(Manner.HELLO.value)
    if said.strip("?!/ "):
        return SmallTalkCommand(Manner.REACTION.value)
    return HelpCommand()


def as_phrase(line: str, reading: Reading, titles: TitleIndex) -> Command | None:
    """Read a line that begins with a command's name, but is a sentence: `remind me of Carol`."""
    if len(line) > LONGEST or "\n" in line:
        return None
    if asked := releases_asked(line, titles):
        return asked
    for form in _forms(without_address(line).strip()):
        for phrase in fitting(form):
            if command := meant(phrase, reading, titles):
                return command
    return None


def _forms(line: str) -> Iterator[str]:
    """Yield a line without the marks at its ends, then with one piece of politeness less each time."""
    form = tidied(line)
    for _ in range(_MOST_POLITE):
        if not form:
            return
        yield form
        if (less := plainer(form)) == form:
            return
        form = tidied(less)


_MY_FAVOURITES = (
    r"my\s+(?:(?:all[- ]?time|absolute|personal|current|\d{1,2}|two|three|four|five|six|ten|few|most|very)\s+)*"
    r"(?:favou?rites?|favs?|faves?|top(?:\s+\w+)?|(?:best[- ]?)?(?:loved|beloved))(?:\s+(?:films?|movies?|ones))?"
)
_LOVES = lazy_pattern(
    r"(?:i\s+)?(?:really\s+|also\s+|just\s+)?(?:loved?|like[ds]?|enjoy(?:ed)?|adored?)\s+"
    rf"|(?:(?:some\s+of\s+)?{_MY_FAVOURITES}"
    r"(?:\s+(?:ever|of\s+all\s+time|are|include|would\s+be|were|right\s+now))*|films?\s+i\s+(?:love|like)(?:\s+are)?)\s*[:=–—-]*\s+",
    re.IGNORECASE,
)
_LOVED_ALL = lazy_pattern(
    rf"\s+(?:are|would\s+be)\s+(?:(?:all|some|five|four|three)\s+(?:of\s+)?)*(?:{_MY_FAVOURITES}|(?:the\s+)?(?:films?|ones)\s+(?:that\s+)?i\s+love)(?:\s+(?:ever|of\s+all\s+time))*$",
    re.IGNORECASE,
)
"""What says behind a list that its films are loved: `heat and alien are my favourites`."""


def _loved(form: str, titles: TitleIndex) -> Command | None:
    """Read films that somebody says they love, or names alone: `i loved heat, amelie and alien`."""
    verb = _LOVES.match(form)
    said = form[verb.end() :] if verb else form
    behind = None if verb else _LOVED_ALL.search(said)
    films = listed(said[: behind.start()] if behind else said, titles)
    if not films:
        return None
    return AskAboutFilmCommand(films[0], films[1:], loved=True, sure=bool(verb or behind))


def _first(forms: list[str], reading: Reading, titles: TitleIndex) -> Command | None:
    """Return what a form means: a phrase without slots, a title, a phrase with slots, in this order."""
    for form in forms:
        phrases = list(fitting(form))
        for phrase in (each for each in phrases if not each.slots):
            if command := meant(phrase, reading, titles):
                return _with_film(command, form, titles)
        if _is_title(form, titles):
            return ReviewCommand(unquoted(form))
        if command := _slotted(phrases, reading, titles):
            return command
    return None


def _slotted(phrases: list[Said], reading: Reading, titles: TitleIndex) -> Command | None:
    found = (meant(each, reading, titles) for each in phrases if each.slots)
    return next((command for command in found if command is not None), None)


def _is_title(form: str, titles: TitleIndex) -> bool:
    if _STARS.search(form) or is_wish(form):
        return False
    return titles.is_title(form) or titles.is_title(unquoted(form))


def _with_film(command: Command, form: str, titles: TitleIndex) -> Command:
    """Let small talk that is a title, too, offer that film."""
    if isinstance(command, SmallTalkCommand) and titles.is_title(form):
        return SmallTalkCommand(command.manner, form)
    return command


def _question(said: str, form: str, titles: TitleIndex) -> Command | None:
    """Read a question about Matinee itself, or the bare name of a topic of help."""
    if not asks(form) or (is_framed(form) and known_words(form)[0]):
        return None
    short = len(form.split()) <= _TOPIC_WORDS
    if not (_ABOUT_ITSELF.search(form) or short):
        return None
    topic = topic_of(form)
    if topic is None or ((short or topic.name == "review") and mentioned(form, titles)):
        return None
    if topic.name == "about" and not _ABOUT_ITSELF.search(said):
        return None
    if topic.name in {"film", "about"} and not said.endswith("?"):
        return None
    return HelpCommand(topic.name)


def _unseen(form: str, reading: Reading) -> Command | None:
    """Read a wish for what nobody of the club has seen: its words are no title, as *Nobody* is."""
    found = seen_by_clause().search(form)
    return wish(form, reading) if found and found["nobody"] else None


def _more_of_it(form: str, reading: Reading, titles: TitleIndex) -> Command | None:
    """Read a film that was seen and a wish for more of it: `liked interstellar. more like that`."""
    said = more_of_it(form, titles)
    if said == form:
        return None
    read = wish(said, reading)
    return read if read and not NO_TITLES.intersection(map(str.lower, read.like)) else None


def _asked_after_films(form: str, reading: Reading, titles: TitleIndex) -> Command | None:
    """Read films that are told of, and a wish after them: `Past Lives broke me. again please`.

    With a rating among them it is a review.
    """
    if not _ASKS_FOR_PICKS.search(form) or first_rating(form, 0, len(form), reading.scale):
        return None
    said = asked(form, titles)
    return wish(said, reading) if said != form and said.startswith(("like ", "unlike ")) else None


def _wish(form: str, reading: Reading, titles: TitleIndex, *, sure: bool = False) -> Command | None:
    """Read a wish; `sure`: only one all of whose words are those of wishes."""
    known, unknown = known_words(form)
    if sure and (unknown or not known):
        return None
    if not (is_framed(form) or sounds_like_a_wish(form)):
        return None
    text, _ = unframed(form)
    cut = cut_title(text, 0, len(text), titles)
    if cut and not known and (cut.marked or cut.film.lower() not in NO_TITLES):
        return AskAboutFilmCommand(cut.film)
    return wish(form, reading)


def _near(forms: list[str], titles: TitleIndex) -> Command | None:
    for form in forms:
        if is_misspelt(form, titles):
            return ReviewCommand(form)
    return None


def _numbered(form: str, reading: Reading, titles: TitleIndex) -> Command | None:
    """Read a misspelt title with a bare number behind it, which is asked about: `everything everywhere 5`."""
    found = with_number(ReviewCommand(form), reading, titles)
    return replace(found, confirm=True) if found else None


def _unclear(said: str, form: str, titles: TitleIndex) -> Command:
    """Ask about the film that is mentioned, else what is meant; nothing typed is lost."""
    if films := mentioned(form, titles):
        return AskAboutFilmCommand(films[0], films[1:])
    known, _ = known_words(form, everyday=True)
    few = len(form.split()) <= _TITLE_WORDS
    short = len(form.split()) <= _SHORT_TITLE or _CAPITAL.match(form) is not None
    may_be_title = few and short and not known and not _SPOKEN.search(form)
    return UnclearCommand(said, mood=form if known else "", title=form if may_be_title else "")


def _long(text: str, reading: Reading, titles: TitleIndex) -> ReviewCommand:
    """Read a pasted text as a review, which is asked about before it is saved."""
    if len(text) > LONGEST_REVIEW or looks_like_critique(text):
        return ReviewCommand(text=text)
    try:
        headed = parse_review(text, reading)
    except UsageError:
        return ReviewCommand(text=text, confirm=True)
    if headed.is_review and titles.is_title(headed.film):
        return ReviewCommand(
            headed.film, headed.rating, headed.text, headed.spoiler, headed.private, confirm=True
        )
    return ReviewCommand(text=text, confirm=True)
