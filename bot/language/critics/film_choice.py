"""Choice of the film that a review is about, by weighing every title that it names."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.language.critics.films import KnownFilms
from bot.language.critics.mentions import TitleMention
from bot.language.critics.model import Certainty, Credit, CreditRole, FilmCandidate, FilmFinding
from bot.language.critics.text.heading import (
    Subject,
    heading_lines,
    is_subject,
    read_shown,
    read_subject,
)
from bot.language.critics.text.layout import Page
from bot.language.critics.text.names import fold
from bot.language.critics.text.spelling import Spellings, same_person

_WEIGHED = 40
"""Number of films weighed in full: those most named in the text."""
_OFFERED = 10


@dataclass(frozen=True, slots=True)
class _Weighed:
    candidate: FilmCandidate
    first: int
    people: frozenset[str]
    heads: bool
    in_heading: bool
    times: int
    mentioned: float
    contradicted: bool


def choose_film(
    page: Page,
    films: KnownFilms,
    mentions: Sequence[TitleMention],
    spellings: Spellings,
    stated: Collection[Credit],
) -> FilmFinding:
    """Weigh the films a text names; sure only if one leads clearly and nothing contradicts it."""
    by_film: dict[FilmId, list[TitleMention]] = {}
    known: dict[FilmId, Film] = {}
    for mention in mentions:
        for film in mention.films:
            known[film.film_id] = film
            by_film.setdefault(film.film_id, []).append(mention)
    most = sorted(by_film, key=lambda each: -sum(mention.weight for mention in by_film[each]))
    weighed = [
        _weigh(page, known[each], by_film[each], spellings, stated) for each in most[:_WEIGHED]
    ]
    weighed = [each for each in weighed if each.candidate.score >= 0.7]
    weighed.sort(key=lambda each: (-each.candidate.score, each.first))
    subjects = read_subject(page), read_shown(page, {each.end for each in mentions})
    return _decide(page, films, weighed, subjects)


def _weigh(
    page: Page,
    film: Film,
    mentions: list[TitleMention],
    spellings: Spellings,
    stated: Collection[Credit],
) -> _Weighed:
    evidence: list[str] = []
    mentioned = sum(each.weight for each in mentions)
    times = sum(each.weight > 0 for each in mentions)
    if times:
        evidence.append("named once" if times == 1 else f"named {times} times")
    heads, in_heading = _in_heading(page, mentions)
    if heads:
        evidence.append("named in the heading")
    owned = any(_is_owned(page, each, film) for each in mentions)
    directors = spellings.find(film.directors)
    cast = [each for each in spellings.find(film.cast) if each.known not in film.directors]
    evidence += [f"its director {each.known}" for each in directors]
    evidence += [f"{each.known} of its cast" for each in cast]
    years = {each.year for each in mentions if each.year}
    if film.year in years:
        evidence.append(f"the year {film.year}")
    contradicted = _contradicts(film, stated)
    score = (
        min(mentioned, 5.0)
        + (4.0 if heads else 1.5 if in_heading else 0.0)
        + 3.0 * bool(directors)
        + 1.5 * min(len(cast), 3)
        + (2.0 if film.year in years else -1.5 if years else 0.0)
        - 3.0 * (contradicted and not (directors or cast))
    )
    return _Weighed(
        FilmCandidate(film, round(score, 2) if mentioned else 0.0, tuple(evidence)),
        mentions[0].start,
        frozenset(each.known for each in (*directors, *cast)),
        heads or (owned and times > 1),
        in_heading,
        times,
        mentioned,
        contradicted or bool(years and film.year not in years and not (directors or cast)),
    )


def _is_owned(page: Page, mention: TitleMention, film: Film) -> bool:
    """Tell whether the text writes "Jonathan Glazer's The Zone of Interest"."""
    before = fold(page.text[max(0, mention.start - 60) : mention.start])
    return any(before.endswith(f"{fold(director)} s") for director in film.directors)


def _in_heading(page: Page, mentions: list[TitleMention]) -> tuple[bool, bool]:
    """Tell whether the heading is about the film, and whether it names the film at all."""
    inside = [
        (line, mention)
        for line in heading_lines(page)
        for mention in mentions
        if mention.start in line
    ]
    return any(
        is_subject(line, mention.start, mention.end) and not line.text.endswith(".")
        for line, mention in inside
    ), any(mention.weight > 0.5 for _, mention in inside)


def _contradicts(film: Film, stated: Collection[Credit]) -> bool:
    """Tell whether the text gives the film to another director, or mostly to other actors."""
    directors = {each.name for each in stated if each.role is CreditRole.DIRECTOR}
    actors = {each.name for each in stated if each.role is CreditRole.ACTOR}
    if directors and film.directors and not _shared(directors, film.directors):
        return True
    return len(actors) > 1 and bool(film.cast) and 3 * _shared(actors, film.cast) < len(actors)


def _shared(stated: Collection[str], known: Collection[str]) -> int:
    """Count the stated people who are among the known."""
    return sum(any(same_person(one, other) for other in known) for one in stated)


def _decide(
    page: Page, films: KnownFilms, weighed: list[_Weighed], subjects: Sequence[Subject | None]
) -> FilmFinding:
    for subject in subjects:
        if subject and (finding := _unknown(page, films, weighed, subject)):
            return finding
    if not weighed:
        return FilmFinding(Certainty.UNKNOWN)
    best = weighed[0]
    candidates = tuple(
        each.candidate for each in weighed if each.candidate.score >= 0.4 * best.candidate.score
    )
    sure = _is_convincing(best) and all(_leads(best, other) for other in weighed[1:])
    if sure:
        return FilmFinding(Certainty.SURE, candidates[:1], best.candidate.film.title)
    return FilmFinding(Certainty.ASKS, candidates[:_OFFERED])


def _is_convincing(best: _Weighed) -> bool:
    """Tell whether the evidence is enough: a heading and one thing more, or names and people."""
    if best.contradicted or best.candidate.score < 4:
        return False
    if best.heads:
        return bool(best.people) or best.mentioned >= 2
    if best.in_heading and len(best.people) > 1:
        return True
    named = best.times >= 2 and best.mentioned >= 2
    return named and len(best.people) >= 2 and len(best.people) + best.times >= 5


def _leads(best: _Weighed, other: _Weighed) -> bool:
    """Tell whether a film leads another by so much that the other need not be offered.

    People of both films do not count: they do not tell the two apart.
    """
    shared = 1.5 * len(best.people & other.people)
    first, second = best.candidate.score - shared, other.candidate.score - shared
    return first >= 1.6 * second and first - second >= 2.5


def _unknown(
    page: Page, films: KnownFilms, weighed: list[_Weighed], subject: Subject
) -> FilmFinding | None:
    """Find that the heading names an unknown film; ask where a known one is spelt alike."""
    folded = fold(subject.title)
    if not folded or films.titled(subject.title):
        return None
    again = f" {fold(page.text)} ".count(f" {folded} ") - 1
    if not (subject.explicit or again > 0) or any(each.heads for each in weighed):
        return None
    if weighed and weighed[0].candidate.score >= 4 + 2 * again and weighed[0].people:
        return None
    alike = tuple(
        FilmCandidate(film, 1.0, (f"a title much like {subject.title}",))
        for film in films.like(subject.title)
    )
    certainty = Certainty.ASKS if alike else Certainty.UNKNOWN
    return FilmFinding(certainty, alike[:3], subject.title, subject.year)
