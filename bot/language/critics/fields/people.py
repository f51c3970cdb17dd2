"""People that a text credits: in brackets after roles, after cues, before verbs."""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.films.film import Film
from bot.language.critics.mentions import TitleMention
from bot.language.critics.model import Credit, CreditRole
from bot.language.critics.text import cues
from bot.language.critics.text.layout import Page, Span
from bot.language.critics.text.names import Name, Names, bare_character, find_names, fold
from bot.language.critics.text.spelling import Spellings
from bot.language.critics.text.wordlists import DETERMINERS, GERMAN_DETERMINERS


def read_people(page: Page, names: Names, mentions: Sequence[TitleMention]) -> tuple[Credit, ...]:
    """Read the credits that the text states, without the catalogue."""
    people = Names([each for each in names.all if each.full])
    found = [
        *_in_brackets(page, names, mentions),
        *_after_cues(page, names, people),
        *_before_verbs(page, names, people),
        *_owners(page, people, mentions),
    ]
    return merged(found)


def known_people(film: Film, spellings: Spellings) -> tuple[Credit, ...]:
    """Credit the film's directors and cast whom the text names in full."""
    found = [
        Credit(each.written, role)
        for role, people in ((CreditRole.DIRECTOR, film.directors), (CreditRole.ACTOR, film.cast))
        for each in spellings.find(people)
        if role is CreditRole.DIRECTOR or each.known not in film.directors
    ]
    return tuple(each for each in found if " " in each.name or each.role is CreditRole.DIRECTOR)


def merged(credits_: Iterable[Credit]) -> tuple[Credit, ...]:
    """Merge the credits of each person and role, with the first character that is known."""
    kept: dict[tuple[str, CreditRole], Credit] = {}
    for credit in credits_:
        key = fold(credit.name), credit.role
        former = kept.get(key)
        if former is None or (former.character is None and credit.character):
            kept[key] = Credit(
                former.name if former else credit.name, credit.role, credit.character
            )
    return tuple(kept.values())


def listed(page: Page, people: Names, place: int, names: Names | None = None) -> Iterator[Name]:
    """Yield the people of a list that starts here: "A, B (Sophie) and C as Calum".

    `names`: where characters are looked up; `people` if not given.
    """
    name = people.at(place)
    while name:
        yield name
        _, end = _part(page, names or people, name)
        joint = cues.LISTED.match(page.text, end)
        name = people.at(joint.end()) if joint else None


# In brackets --------------------------------------------------------------------------------------


def _in_brackets(page: Page, names: Names, mentions: Sequence[TitleMention]) -> Iterator[Credit]:
    titles = {each.end: each for each in mentions}
    people = Names([each for each in names.all if each.full])
    whole = find_names(page)
    for bracket in cues.BRACKET.finditer(page.text):
        inside = people.within(bracket.start(1), bracket.end(1))
        if not inside or not _fills(page, bracket.start(1), bracket.end(1), inside):
            continue
        end = bracket.start() - (page.text[bracket.start() - 1 : bracket.start()] == " ")
        title = titles.get(end)
        yield from _bracketed(page, whole if title else names, title, end, inside)


def _fills(page: Page, start: int, end: int, inside: Sequence[Name]) -> bool:
    """Tell whether a bracket holds names, perhaps after an adjective, and little else."""
    before = page.text[start : inside[0].start]
    after = page.text[inside[-1].end : end]
    return bool(not before or cues.IN_BRACKET.fullmatch(before)) and (not after or after[0] == ",")


def _bracketed(
    page: Page, names: Names, title: TitleMention | None, end: int, inside: Sequence[Name]
) -> Iterator[Credit]:
    if title and (made := _made(title, inside[0])):
        yield Credit(inside[0].text, made)
        return
    if title and len(title.words) > 1:
        return
    outer = names.ending(end)
    character = _character(page, outer) or (page.text[title.start : title.end] if title else None)
    role = CreditRole.ACTOR if character else _role_of(page, end)
    if role:
        yield from (Credit(each.text, role, character) for each in inside)


def _made(title: TitleMention, name: Name) -> CreditRole | None:
    """Return the role of a person in brackets after a title, where they directed such a film."""
    person = fold(name.text)
    for film in title.films:
        if person in map(fold, film.directors):
            return CreditRole.DIRECTOR
    return None


def _character(page: Page, outer: Name | None) -> str | None:
    """Return the name as a character's, unless it is a noun with an article before it."""
    if outer is None:
        return None
    before = page.text[max(0, outer.start - 12) : outer.start].split()
    noun = outer.words == 1 and before and before[-1] in DETERMINERS
    if noun and outer.text.casefold() in cues.BRACKETED_ROLES:
        return None
    if before and before[-1].casefold() in GERMAN_DETERMINERS:
        return outer.text.split(" ", 1)[1] if outer.words > 1 else None
    return bare_character(outer)


def _role_of(page: Page, end: int) -> CreditRole | None:
    """Return the role of a person described by common words: actor, unless they name another."""
    before = page.text[max(0, end - 60) : end].split()
    if not before:
        return None
    if named := cues.BRACKETED_ROLES.get(before[-1].casefold()):
        return named
    return CreditRole.ACTOR if any(word.lower() in DETERMINERS for word in before[-5:]) else None


def _part(page: Page, names: Names, name: Name) -> tuple[str | None, int]:
    """Return the character of "Casey Affleck (C)" or "Casey Affleck as C", and its end."""
    part = cues.PART.match(page.text, name.end)
    if part is None:
        return None, name.end
    if part["bracket"] is None:
        character = names.at(part.end())
        return (bare_character(character), character.end) if character else (None, name.end)
    character = names.at(part.start("bracket"))
    whole = character is not None and character.end == part.end() - 1
    return (bare_character(character) if character and whole else None), part.end()


# After cues, before verbs -------------------------------------------------------------------------


def _after_cues(page: Page, names: Names, people: Names) -> Iterator[Credit]:
    for role in cues.BEFORE_NAMES:
        for match in cues.before(role).finditer(page.text):
            character = _played(page, names, match.start()) if role is CreditRole.ACTOR else None
            for name in listed(page, people, match.end(), names):
                part = _part(page, names, name)[0] if role is CreditRole.ACTOR else None
                yield Credit(name.text, role, part or character)
                character = None


def _played(page: Page, names: Names, place: int) -> str | None:
    """Return the character of "Sophie is played by", "Calum, her young dad, is played by"."""
    start = max(page.sentence_at(place).start, place - 90)
    gap = cues.PLAYED.search(page.text, start, place)
    if gap is None:
        return None
    named = names.ending(gap.start()) or names.ending(
        place - len(page.text[start:place].rstrip(" ,"))
    )
    for name in reversed(names.within(start, place)):
        between = page.text[name.end : place]
        if cues.PLAYED.fullmatch(between):
            named = name
            break
    if named is None or (_only_begins(page, named) and page.text[named.end : place].strip() == ""):
        return None
    return _character(page, named)


def _only_begins(page: Page, name: Name) -> bool:
    """Tell whether a single word only begins its sentence: "Parents played by ..."."""
    begins = page.sentence_at(name.start)
    return name.words == 1 and not page.text[begins.start : name.start].strip()


def _before_verbs(page: Page, names: Names, people: Names) -> Iterator[Credit]:
    for name in people.all:
        if name.possessive:
            continue
        if plays := cues.PLAYS.match(page.text, name.end):
            part = names.at(plays.end() + 1)
            yield Credit(name.text, CreditRole.ACTOR, bare_character(part) if part else None)
        elif ((as_ := cues.AS.match(page.text, name.end)) and (part := names.at(as_.end()))) or (
            (is_ := cues.IS.match(page.text, name.end))
            and (part := names.at(is_.end()))
            and cues.IS_ENDS.match(page.text, part.end)
        ):
            yield Credit(name.text, CreditRole.ACTOR, bare_character(part))


def _owners(page: Page, people: Names, mentions: Sequence[TitleMention]) -> Iterator[Credit]:
    """Take "Jonathan Glazer's The Zone of Interest" for a director's name."""
    starts = {each.start for each in mentions if each.weight > 0.5 or len(each.words) > 1}
    for name in people.all:
        owns = name.end + 3 in starts or cues.OWNED.match(page.text, name.end)
        if name.possessive and owns:
            yield Credit(name.text, CreditRole.DIRECTOR)


def of_other_films(sentence: Span, film: Film, mentions: Sequence[TitleMention]) -> bool:
    """Tell whether a sentence names other films, and not this one."""
    inside = [each for each in mentions if each.start in sentence and each.weight >= 1]
    return bool(inside) and not any(film in each.films for each in inside)
