"""Read a critic's review as it comes: film, critic, people, origin, festivals, releases, rating."""

from collections.abc import Iterator, Sequence

from bot.critics.contradictions import compare
from bot.critics.fields.byline import Byline, read_byline
from bot.critics.fields.festivals import FestivalMention, find_festivals
from bot.critics.fields.origin import read_origin
from bot.critics.fields.people import known_people, merged, of_other_films, read_people
from bot.critics.fields.rating import read_rating
from bot.critics.fields.releases import read_releases, settle
from bot.critics.film_choice import choose_film
from bot.critics.films import KnownFilms
from bot.critics.mentions import TitleMention, find_mentions
from bot.critics.model import (
    BasedOn,
    Certainty,
    Credit,
    CreditRole,
    Critique,
    CritiqueField,
    Doubt,
    FilmCandidate,
    FilmFinding,
)
from bot.critics.text.layout import LONGEST, Page, lay_out
from bot.critics.text.names import find_names, fold
from bot.critics.text.spelling import Spellings, read_spellings, same_person
from bot.domain.films import Film


def read_critique(text: str, films: KnownFilms, film: Film | None = None) -> Critique:
    """Read all that a review says about its film; what is not certain stays a doubt, never a guess.

    `film`: the one that it is about, where somebody has said so; then it is not looked for.
    """
    page = lay_out(text)
    mentions = find_mentions(page, films)
    names = find_names(page, _title_words(mentions))
    spellings = read_spellings(page, names)
    stated = read_people(page, names, mentions)
    finding = (
        FilmFinding(Certainty.SURE, (FilmCandidate(film, 0.0, ("named by a member",)),), film.title)
        if film
        else choose_film(page, films, mentions, spellings, stated)
    )
    critic, critic_doubts = _critic(read_byline(page, names), finding, stated)
    people = _people(page, finding, stated, mentions, spellings, critic)
    origin, plain = read_origin(page, names, stated)
    if origin and origin.author:
        people = merged((*people, Credit(origin.author, CreditRole.AUTHOR)))
    festivals = find_festivals(page)
    announced = read_releases(page, festivals, mentions)
    if finding.film:
        announced = tuple(
            each for each in announced if each[0].film_id in {None, finding.film.film_id}
        )
    releases, release_doubts = settle(announced, finding.film)
    rating, rating_doubts = read_rating(page)
    compared = finding.film or _only(finding)
    return Critique(
        finding,
        critic,
        people,
        origin,
        _festivals(page, finding, mentions, festivals),
        releases,
        rating,
        compare(compared, people, origin, releases, mentions, spellings) if compared else (),
        (
            *_length(text),
            *critic_doubts,
            *_origin_doubts(finding, origin, plain=plain),
            *release_doubts,
            *rating_doubts,
        ),
    )


def _only(finding: FilmFinding) -> Film | None:
    """Return the film to ask about when there is no other: what disagrees helps to answer."""
    return finding.candidates[0].film if len(finding.candidates) == 1 else None


def _title_words(mentions: Sequence[TitleMention]) -> set[int]:
    """Return where words of titles start that cannot be part of a person's name."""
    long = (each for each in mentions if len(each.words) > 1 or each.weight >= 1)
    return {word for each in long for word in each.words}


def _critic(
    bylines: Sequence[Byline], finding: FilmFinding, stated: Sequence[Credit]
) -> tuple[str | None, tuple[Doubt, ...]]:
    """Choose the byline that names nobody of the film."""
    makers = {
        name for each in finding.candidates for name in (*each.film.directors, *each.film.cast)
    }
    makers |= {each.name for each in stated if each.role is not CreditRole.WRITER}
    for byline in bylines:
        if not any(same_person(byline.name, maker) for maker in makers):
            doubt = (Doubt(CritiqueField.CRITIC, byline.doubt),) if byline.doubt else ()
            return byline.name, doubt
    if bylines:
        why = f"“{bylines[0].name}” has a part in the film: who wrote the review?"
        return None, (Doubt(CritiqueField.CRITIC, why),)
    return None, ()


def _people(
    page: Page,
    finding: FilmFinding,
    stated: Sequence[Credit],
    mentions: Sequence[TitleMention],
    spellings: Spellings,
    critic: str | None,
) -> tuple[Credit, ...]:
    """Join what the text says with whom the catalogue knows; leave out the critic."""
    known = [credit for each in _offered(finding) for credit in known_people(each, spellings)]
    found = [
        each
        for each in merged((*stated, *known))
        if critic is None or fold(each.name) not in fold(critic)
    ]
    if finding.film is None:
        return tuple(found)
    own = {fold(each) for each in (*finding.film.directors, *finding.film.cast)}
    return tuple(
        each
        for each in found
        if fold(each.name) in own or not _elsewhere(page, each, finding.film, mentions)
    )


def _offered(finding: FilmFinding) -> Iterator[Film]:
    """Yield the films whose people count: the one, or all between which must be chosen."""
    if finding.certainty is not Certainty.UNKNOWN:
        yield from (each.film for each in finding.candidates)


def _elsewhere(page: Page, credit: Credit, film: Film, mentions: Sequence[TitleMention]) -> bool:
    """Tell whether a person is only named where the text speaks of other films."""
    places = [sentence for sentence in page.sentences if credit.name in sentence.text]
    return bool(places) and all(of_other_films(each, film, mentions) for each in places)


def _festivals(
    page: Page,
    finding: FilmFinding,
    mentions: Sequence[TitleMention],
    found: Sequence[FestivalMention],
) -> tuple[str, ...]:
    """Name the festivals once each, but not those where the text speaks of other films."""
    film = finding.film
    kept = [
        each.name
        for each in found
        if film is None or not of_other_films(page.sentence_at(each.start), film, mentions)
    ]
    return tuple(dict.fromkeys(kept))


def _origin_doubts(finding: FilmFinding, origin: BasedOn | None, *, plain: bool) -> Iterator[Doubt]:
    known = finding.film.based_on if finding.film else None
    if origin and not plain and fold(origin.author or origin.kind) not in fold(known or ""):
        yield Doubt(
            CritiqueField.BASED_ON,
            "The text names a book but does not say that the film is made from it.",
        )


def _length(text: str) -> Iterator[Doubt]:
    if len(text) > LONGEST:
        yield Doubt(CritiqueField.FILM, f"Only the first {LONGEST:,} characters were read.")
