"""The samples with what should be read in them, and how much of it is: precision and recall."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.catalogue.starter import starter_films
from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.language.critics import Certainty, Critique, find_titles
from bot.language.critics import read_critique as read_titled

HERE = Path(__file__).parents[2] / "critics"  # where conversations find the samples that they name
FIELDS = (
    "film",
    "critic",
    "people",
    "based on",
    "festivals",
    "releases",
    "rating",
    "disagreements",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A review and the items that should be read in it, by field."""

    name: str
    text: str
    expected: Mapping[str, frozenset[object]]
    recognised: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """Items rightly read, wrongly read and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was read that is right; 1 if nothing was."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was read; 1 if there is nothing."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


@dataclass(frozen=True, slots=True)
class IndexedFilms:
    """Films behind their title index."""

    index: TitleIndex
    films: Mapping[FilmId, Film]


def read_critique(text: str, known: IndexedFilms, film: Film | None = None) -> Critique:
    """Read a review in both passes, as a request does."""
    titles = find_titles(text, known.index)
    films = {each: known.films[each] for each in titles.film_ids}
    return read_titled(titles, films, film)


def starter_catalogue() -> IndexedFilms:
    """Return the starter catalogue behind the real title index."""
    films = {film.film_id: film for film in starter_films()}
    return IndexedFilms(TitleIndex(TitledFilm.of(film) for film in films.values()), films)


def samples(folder: Path = HERE / "samples") -> Iterator[Sample]:
    """Yield every sample of the folder."""
    for file in sorted(folder.glob("*.txt")):
        text = file.read_text("utf-8")
        entry = tomllib.loads(file.with_suffix(".toml").read_text("utf-8"))
        yield Sample(file.stem, text, expected(entry), entry.get("recognised", True))


def expected(entry: Mapping[str, Any]) -> dict[str, frozenset[object]]:
    """Turn a sample's table into items by field."""
    film: set[object] = {("sure", each) for each in entry.get("film", ())}
    film |= {("asks", each) for each in entry.get("ask", ())}
    film |= {("unknown", entry["unknown"])} if "unknown" in entry else set()
    origin = entry.get("based_on", {})
    return {
        "film": frozenset(film),
        "critic": frozenset({entry["critic"]} if "critic" in entry else ()),
        "people": frozenset(
            (each[0], each[1], (each[2:] or [None])[0]) for each in entry.get("people", ())
        ),
        "based on": frozenset(origin.items()),
        "festivals": frozenset(entry.get("festivals", ())),
        "releases": frozenset(
            (region or None, kind, day or None) for region, kind, day in entry.get("releases", ())
        ),
        "rating": frozenset({entry["rating"]} if "rating" in entry else ()),
        "disagreements": frozenset(tuple(each) for each in entry.get("disagreements", ())),
    }


def items(critique: Critique) -> dict[str, frozenset[object]]:
    """Turn what was read into items by field."""
    certainty = critique.film.certainty
    film: set[object] = {(certainty.value, each.film.film_id) for each in critique.film.candidates}
    if certainty is Certainty.UNKNOWN and critique.film.title:
        film = {("unknown", critique.film.title)}
    origin = critique.based_on
    parts = (
        (("kind", origin.kind), ("author", origin.author), ("title", origin.title))
        if origin
        else ()
    )
    return {
        "film": frozenset(film),
        "critic": frozenset({critique.critic} if critique.critic else ()),
        "people": frozenset(
            (each.name, each.role.value, each.character) for each in critique.people
        ),
        "based on": frozenset(each for each in parts if each[1]),
        "festivals": frozenset(critique.festivals),
        "releases": frozenset(
            (each.region, each.kind.value, each.day) for each in critique.releases
        ),
        "rating": frozenset({critique.rating.rating} if critique.rating else ()),
        "disagreements": frozenset(
            (each.field, each.written, each.known) for each in critique.disagreements
        ),
    }


def tallies(
    read: Iterable[tuple[Mapping[str, frozenset[object]], Mapping[str, frozenset[object]]]],
) -> dict[str, Tally]:
    """Count over pairs of what should be read and what was, field by field.

    Where one of several films must be asked for, offering more films than the sample lists is right.
    """
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for wanted, got in read:
        for field in FIELDS:
            right[field] += len(wanted[field] & got[field])
            missed[field] += len(wanted[field] - got[field])
            extra = got[field] - wanted[field]
            asked = field == "film" and wanted[field] <= got[field]
            wrong[field] += 0 if asked else len(extra)
    return {field: Tally(right[field], wrong[field], missed[field]) for field in FIELDS}


def read_all(found: Iterable[Sample], films: IndexedFilms) -> dict[str, Tally]:
    """Read the samples and count."""
    return tallies((each.expected, items(read_critique(each.text, films))) for each in found)


def table(counted: Mapping[str, Tally]) -> str:
    """Write the tallies as a table."""
    rows = [f"{'field':14} {'right':>5} {'wrong':>5} {'missed':>6} {'precision':>9} {'recall':>6}"]
    for field, each in counted.items():
        rows.append(
            f"{field:14} {each.right:5} {each.wrong:5} {each.missed:6} {each.precision:9.3f} {each.recall:6.3f}"
        )
    return "\n".join(rows)
