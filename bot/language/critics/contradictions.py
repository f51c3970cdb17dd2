"""Disagreements between a text and the catalogue about a film."""

from collections.abc import Iterator, Sequence

from bot.domain.films.film import Film, ReleaseKind
from bot.language.critics.mentions import TitleMention
from bot.language.critics.model import BasedOn, Credit, CreditRole, Disagreement, ReleaseNotice
from bot.language.critics.text.names import fold
from bot.language.critics.text.spelling import Spellings, same_person

_IN_CINEMAS = frozenset({ReleaseKind.CINEMA, ReleaseKind.LIMITED})


def compare(
    film: Film,
    people: Sequence[Credit],
    origin: BasedOn | None,
    releases: Sequence[ReleaseNotice],
    mentions: Sequence[TitleMention],
    spellings: Spellings,
) -> tuple[Disagreement, ...]:
    """Return every disagreement, each once."""
    found = [
        *_spellings(film, spellings),
        *_directors(film, people),
        *_author(film, origin),
        *_years(film, mentions),
        *(each for notice in releases for each in _release(film, notice)),
    ]
    return tuple(dict.fromkeys(found))


def _spellings(film: Film, spellings: Spellings) -> Iterator[Disagreement]:
    for field, known in (("director", film.directors), ("actor", film.cast)):
        for each in spellings.find(known):
            if not each.exact:
                yield Disagreement(field, each.written, each.known)


def _directors(film: Film, people: Sequence[Credit]) -> Iterator[Disagreement]:
    """Find a director who is not one of the film's; misspelt names are found by `_spellings`."""
    directors = [each for each in people if each.role is CreditRole.DIRECTOR and film.directors]
    for credit in directors:
        if not any(same_person(credit.name, known) for known in film.directors):
            yield Disagreement("director", credit.name, ", ".join(film.directors))


def _author(film: Film, origin: BasedOn | None) -> Iterator[Disagreement]:
    """Find an author who differs from the catalogue's, named there after the last "by"."""
    _, by, known = (film.based_on or "").rpartition(" by ")
    if origin and origin.author and by and fold(origin.author) not in fold(known):
        yield Disagreement("author", origin.author, known)


def _years(film: Film, mentions: Sequence[TitleMention]) -> Iterator[Disagreement]:
    for mention in mentions:
        if mention.year and film.year and mention.year != film.year and film in mention.films:
            yield Disagreement("year", str(mention.year), str(film.year))


def _release(film: Film, notice: ReleaseNotice) -> Iterator[Disagreement]:
    """Find a day that differs from the catalogue's for the same kind of release and region."""
    here = [each for each in film.releases if each.region == notice.region]
    if notice.day is None or any(each.day == notice.day for each in here):
        return
    kinds = _IN_CINEMAS if notice.kind is ReleaseKind.CINEMA else {notice.kind}
    same = [each for each in here if each.kind is notice.kind] or [
        each for each in here if each.kind in kinds
    ]
    if same:
        first = min(each.day for each in same)
        yield Disagreement("release", notice.written, f"{first.day} {first:%B %Y}")
