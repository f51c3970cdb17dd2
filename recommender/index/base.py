"""Base index: forward and inverted index of the whole catalogue, shared by all clubs, immutable."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.errors import DuplicateFilm, IndexDamaged
from recommender.index.popularity_prior import popularity_prior
from recommender.index.predicted_themes import KERNEL, ThemePredictor, Themes
from recommender.index.storage import array_file as storage
from recommender.index.storage.byte_cache import ByteCache
from recommender.index.storage.sparse_rows import SparseRows
from recommender.index.storage.string_table import StringTable
from recommender.index.theme_space import ThemeSpace
from recommender.text import vectorizer
from recommender.text.documents import FilmDocument, corpus_digest, document_digest
from recommender.text.fields import FIELD_NUMBER, FIELDS
from recommender.text.series import NO_SERIES, series_and_parts

UNKNOWN_YEAR = 0
SIMILARITY_BYTES = 96 << 20
"""Room for similarities to the films asked about last."""

TASTE_BYTES = 32 << 20
"""Room for what was derived from whole clubs: the tastes of the members who asked last."""

Scalar = TypeVar("Scalar", bound=np.generic)


class Drift(NamedTuple):
    """Difference of a catalogue from its index: ids of new and changed films, count of gone ones."""

    new: list[str]
    changed: list[str]
    gone: int


class TermRange(NamedTuple):
    """Range of one field's term ids, from `low` up to but not including `high`."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class BaseIndex:
    """TF-IDF vectors and postings of a catalogue's films, each a row, in order of their ids.

    Term ids count through all fields, in the order of `FIELDS`. `forward` has shape (n_films,
    n_terms), each field's part of a row having norm 0 to 1; `postings` is its transpose. `years`
    int16 (0 unknown), `series` int32 (-1 none), `parts` int16, `regard` uint8 (0 unknown), `document_digests` int64, `popularity`, `popularity_prior` and `idf` float32.
    `dictionaries` (term to id by field, film id to row) are built lazily, so that loading stays
    quick.
    """

    film_ids: StringTable
    titles: StringTable
    years: NDArray[np.int16]
    popularity: NDArray[np.float32]
    popularity_prior: NDArray[np.float32]
    regard: NDArray[np.uint8]
    field_starts: NDArray[np.int32]
    terms: StringTable
    labels: StringTable
    idf: NDArray[np.float32]
    forward: SparseRows
    postings: SparseRows
    theme_space: ThemeSpace
    predictor: ThemePredictor
    series: NDArray[np.int32]
    parts: NDArray[np.int16]
    document_digests: NDArray[np.int64]
    digest: str
    similarities: ByteCache = field(
        default_factory=lambda: ByteCache(SIMILARITY_BYTES), compare=False, repr=False
    )
    tastes: ByteCache = field(
        default_factory=lambda: ByteCache(TASTE_BYTES), compare=False, repr=False
    )
    dictionaries: dict[str, dict[str, int]] = field(default_factory=dict, compare=False, repr=False)
    people: dict[str, Mapping[str, tuple[str, ...]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @classmethod
    def build(cls, films: Iterable[FilmDocument]) -> "BaseIndex":
        """Fit an index on a catalogue's films, in any order. Takes seconds for 36,000 films."""
        ordered = sorted(films, key=lambda film: film.film_id.encode("utf-8", "surrogatepass"))
        for left, right in pairwise(ordered):
            if left.film_id == right.film_id:
                raise DuplicateFilm(left.film_id)
        blocks = [vectorizer.fit(each, [each.read(film) for film in ordered]) for each in FIELDS]
        starts = np.cumsum([0] + [len(block.terms) for block in blocks], dtype=np.int32)
        series, parts = series_and_parts(ordered)
        theme, genre = FIELD_NUMBER["theme"], FIELD_NUMBER["genre"]
        facts = Themes(
            blocks[theme].vectors, int(starts[theme]), blocks[theme].idf, FIELDS[theme].shrinkage
        )
        others = _weighted({name: blocks[FIELD_NUMBER[name]].vectors for name in KERNEL})
        predictor = ThemePredictor.fit(facts, others)
        predicted = predictor.fill(facts, others)
        vectors = [block.vectors for block in blocks]
        vectors[theme] = vectors[theme] + predicted
        forward = sp.csr_matrix(sp.hstack(vectors, format="csr"))
        return cls(
            film_ids=StringTable.of(film.film_id for film in ordered),
            titles=StringTable.of(film.title for film in ordered),
            years=np.array([film.year or UNKNOWN_YEAR for film in ordered], dtype=np.int16),
            popularity=np.array([max(film.popularity, 0.0) for film in ordered], dtype=np.float32),
            popularity_prior=popularity_prior(
                ordered, np.diff(blocks[FIELD_NUMBER["text"]].vectors.indptr)
            ),
            regard=np.array([film.regard for film in ordered], dtype=np.uint8),
            field_starts=starts,
            terms=StringTable.of(term for block in blocks for term in block.terms),
            labels=StringTable.of(label for block in blocks for label in block.labels),
            idf=np.concatenate([block.idf for block in blocks]),
            forward=SparseRows.of(forward),
            postings=SparseRows.of(sp.csr_matrix(forward.T)),
            theme_space=ThemeSpace.fit(
                blocks[theme].vectors,
                blocks[genre].vectors,
                predicted,
                first_theme=int(starts[theme]),
                first_genre=int(starts[genre]),
            ),
            predictor=predictor,
            series=series,
            parts=parts,
            document_digests=np.array([document_digest(film) for film in ordered], dtype=np.int64),
            digest=corpus_digest(ordered),
        )

    def __len__(self) -> int:
        return len(self.film_ids)

    def save(self, path: Path) -> None:
        """Write the index to one file, atomically."""
        storage.write(path, _to_arrays(self), self.digest)

    @classmethod
    def load(cls, path: Path) -> "BaseIndex":
        """Memory-map a saved index. Raises IndexDamaged when it cannot be trusted."""
        arrays, digest = storage.read(path)
        try:
            return _from_arrays(arrays, digest)
        except KeyError as error:
            raise IndexDamaged(f"lacks the part {error}") from error

    @property
    def nbytes(self) -> int:
        """Bytes held by all arrays."""
        return sum(array.nbytes for array in _to_arrays(self).values())

    def row_of(self, film_id: str) -> int:
        """Return a film's row, -1 if it is not in the catalogue."""
        return self._films().get(film_id, -1)

    def _films(self) -> dict[str, int]:
        films = self.dictionaries.get("films")
        if films is None:
            films = self.dictionaries["films"] = self.film_ids.numbers(0, len(self))
        return films

    def drift(self, documents: Mapping[str, int]) -> Drift:
        """Compare with the catalogue as it is now, given each film's `document_digest`."""
        rows = self._films()
        built = self.document_digests.tolist()
        new = [film_id for film_id in documents if film_id not in rows]
        known = {film_id: now for film_id, now in documents.items() if film_id in rows}
        changed = [film_id for film_id, now in known.items() if built[rows[film_id]] != now]
        return Drift(new, changed, gone=len(self) - len(known))

    def terms_of(self, field: str) -> TermRange:
        """Return the range of a field's term ids."""
        number = FIELD_NUMBER[field]
        return TermRange(int(self.field_starts[number]), int(self.field_starts[number + 1]))

    def term(self, field: str, term: str) -> int:
        """Return a term's id, -1 if the catalogue's field does not have it."""
        terms = self.dictionaries.get(field)
        if terms is None:
            terms = self.dictionaries[field] = self.terms.numbers(*self.terms_of(field))
        return terms.get(term, -1)

    def films_with(self, term: int) -> NDArray[np.intp]:
        """Return the rows of the films that have a term; none for an id beyond the index's own."""
        known = term < len(self.terms)
        return self.postings.row(term)[0].astype(np.intp) if known else np.zeros(0, np.intp)

    def parts_with(self, row: int) -> list[int]:
        """Return the rows of a film's series in their order, none without a series."""
        if self.series[row] == NO_SERIES:
            return []
        rows = np.flatnonzero(self.series == self.series[row])
        order = np.argsort(self.parts[rows], kind="stable")
        return [int(row) for row in rows[order]]

    def field_of(self, term: int) -> str:
        """Return the name of the field that a term id belongs to."""
        return FIELDS[int(np.searchsorted(self.field_starts, term, side="right")) - 1].name


def _weighted(vectors: Mapping[str, sp.csr_matrix]) -> sp.csr_matrix:
    """Join the fields that themes are predicted from, so that an inner product is their kernel."""
    each = [np.float32(math.sqrt(KERNEL[name])) * block for name, block in vectors.items()]
    return sp.csr_matrix(sp.hstack(each, format="csr"))


def _to_arrays(index: BaseIndex) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of an index by their names in the file, which older files have as well."""
    named: dict[str, NDArray[np.generic]] = {
        "years": index.years,
        "popularity": index.popularity,
        "prominence": index.popularity_prior,
        "regard": index.regard,
        "field_starts": index.field_starts,
        "idf": index.idf,
        "documents": index.document_digests,
        "series": index.series,
        "parts": index.parts,
    }
    for name in ("film_ids", "titles", "terms", "labels"):
        table: StringTable = getattr(index, name)
        named |= {f"{name}.blob": table.blob, f"{name}.starts": table.starts}
    for name in ("forward", "postings"):
        rows: SparseRows = getattr(index, name)
        named |= {f"{name}.starts": rows.starts, f"{name}.ids": rows.ids}
        named |= {f"{name}.weights": rows.weights}
    for name in ("theme_space", "predictor"):
        whole: ThemeSpace | ThemePredictor = getattr(index, name)
        named |= {f"{name}.{part.name}": getattr(whole, part.name) for part in fields(whole)}
    return named


def _from_arrays(arrays: storage.Arrays, digest: str) -> BaseIndex:
    return BaseIndex(
        film_ids=_table(arrays, "film_ids"),
        titles=_table(arrays, "titles"),
        years=_array(arrays, "years", np.int16),
        popularity=_array(arrays, "popularity", np.float32),
        popularity_prior=_array(arrays, "prominence", np.float32),
        regard=_array(arrays, "regard", np.uint8),
        field_starts=_array(arrays, "field_starts", np.int32),
        terms=_table(arrays, "terms"),
        labels=_table(arrays, "labels"),
        idf=_array(arrays, "idf", np.float32),
        forward=_sparse_rows(arrays, "forward"),
        postings=_sparse_rows(arrays, "postings"),
        theme_space=ThemeSpace(
            rows=_array(arrays, "theme_space.rows", np.int32),
            points=_array(arrays, "theme_space.points", np.float32),
            terms=_array(arrays, "theme_space.terms", np.int32),
            axes=_array(arrays, "theme_space.axes", np.float32),
            mean=_array(arrays, "theme_space.mean", np.float32),
        ),
        predictor=ThemePredictor(
            rows=_array(arrays, "predictor.rows", np.int32),
            terms=_array(arrays, "predictor.terms", np.int32),
            duals=_array(arrays, "predictor.duals", np.float16),
            shares=_array(arrays, "predictor.shares", np.float32),
            steps=_array(arrays, "predictor.steps", np.float32),
            probabilities=_array(arrays, "predictor.probabilities", np.float32),
        ),
        series=_array(arrays, "series", np.int32),
        parts=_array(arrays, "parts", np.int16),
        document_digests=_array(arrays, "documents", np.int64),
        digest=digest,
    )


def _table(arrays: storage.Arrays, name: str) -> StringTable:
    blob, starts = f"{name}.blob", f"{name}.starts"
    return StringTable(_array(arrays, blob, np.uint8), _array(arrays, starts, np.int32))


def _sparse_rows(arrays: storage.Arrays, name: str) -> SparseRows:
    return SparseRows(
        _array(arrays, f"{name}.starts", np.int32),
        _array(arrays, f"{name}.ids", np.int32),
        _array(arrays, f"{name}.weights", np.float32),
    )


def _array(arrays: storage.Arrays, name: str, scalar: type[Scalar]) -> NDArray[Scalar]:
    return np.asarray(arrays[name], dtype=scalar)
