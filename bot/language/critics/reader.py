"""Reader of critics' reviews: film, critic, people, origin, festivals, releases, rating."""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.language.critics.contradictions import compare
from bot.language.critics.fields.byline import Byline, read_byline
from bot.language.critics.fields.festivals import FestivalMention, find_festivals
from bot.language.critics.fields.origin import read_origin
from bot.language.critics.fields.people import known_people, merged, of_other_films, read_people
from bot.language.critics.fields.rating import read_rating
from bot.language.critics.fields.releases import read_releases, settle
from bot.language.critics.film_choice import choose_film
from bot.language.critics.films import KnownFilms, NamedTitles
from bot.language.critics.mentions import TitleMention, find_mentions
from bot.language.critics.model import (
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
from bot.language.critics.text.layout import LONGEST, Page
from bot.language.critics.text.names import find_names, fold
from bot.language.critics.text.spelling import Spellings, read_spellings, same_person


def read_critique(
    titles: NamedTitles, films: Mapping[FilmId, Film], film: Film | None = None
) -> Critique:
    """Read all facts that a review states about its film; uncertain ones become doubts.

    `titles`: first pass over the text (`find_titles`); `films`: those it names; `film`: the one it
    is about, where a member has named it.
    """
    page, known = titles.page, KnownFilms(titles, films)
    mentions = find_mentions(page, known)
    names = find_names(page, _title_words(mentions))
    spellings = read_spellings(page, names)
    stated = read_people(page, names, mentions)
    by_text = choose_film(page, known, mentions, spellings, stated)
    finding = _by_member(film) if film else by_text
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
        by_text,
        critic,
        people,
        origin,
        _festivals(page, finding, mentions, festivals),
        releases,
        rating,
        compare(compared, people, origin, releases, mentions, spellings) if compared else (),
        (
            *_length_doubts(page),
            *critic_doubts,
            *_origin_doubts(finding, origin, plain=plain),
            *release_doubts,
            *rating_doubts,
        ),
    )


def _by_member(film: Film) -> FilmFinding:
    candidate = FilmCandidate(film, 0.0, ("named by a member",))
    return FilmFinding(Certainty.SURE, (candidate,), film.title)


def _only(finding: FilmFinding) -> Film | None:
    """Return the only film to ask about: its disagreements help the member to answer."""
    return finding.candidates[0].film if len(finding.candidates) == 1 else None


def _title_words(mentions: Sequence[TitleMention]) -> set[int]:
    """Return the offsets of words of titles that cannot be part of a person's name."""
    long = (each for each in mentions if len(each.words) > 1 or each.weight >= 1)
    return {word for each in long for word in each.words}


def _critic(
    bylines: Sequence[Byline], finding: FilmFinding, stated: Sequence[Credit]
) -> tuple[str | None, tuple[Doubt, ...]]:
    """Choose the first byline that does not name a maker of the film."""
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
    """Join the people of the text with those of the catalogue; leave out the critic."""
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
    """Yield the films whose people count: the sure one, or all candidates."""
    if finding.certainty is not Certainty.UNKNOWN:
        yield from (each.film for each in finding.candidates)


def _elsewhere(page: Page, credit: Credit, film: Film, mentions: Sequence[TitleMention]) -> bool:
    """Tell whether a person is named only in sentences about other films."""
    places = [sentence for sentence in page.sentences if credit.name in sentence.text]
    return bool(places) and all(of_other_films(each, film, mentions) for each in places)


def _festivals(
    page: Page,
    finding: FilmFinding,
    mentions: Sequence[TitleMention],
    found: Sequence[FestivalMention],
) -> tuple[str, ...]:
    """Name each festival once, without those of sentences about other films."""
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


def _length_doubts(page: Page) -> Iterator[Doubt]:
    if not page.complete:
        yield Doubt(CritiqueField.FILM, f"Only the first {LONGEST:,} characters were read.")
