"""The base index: a whole catalogue's vectors, shared by all clubs and never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.errors import DuplicateFilm, IndexDamaged
from recommender.index import storage
from recommender.index.memory import Memory
from recommender.index.popularity_prior import popularity_prior
from recommender.index.string_table import StringTable
from recommender.text import vectorizer
from recommender.text.documents import FilmDocument, corpus_digest, document_digest
from recommender.text.fields import FIELD_NUMBER, FIELDS

UNKNOWN_YEAR = 0
Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True, slots=True)
class SparseRows:
    """A sparse float32 matrix by rows: row i holds `ids[starts[i]:starts[i + 1]]`, ascending.

    Fewer than 2**31 entries, so that `starts` are of the same type as `ids`: scipy's loops want it.
    """

    starts: NDArray[np.int32]
    ids: NDArray[np.int32]
    weights: NDArray[np.float32]

    def row(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return one row's ids and weights, as views."""
        part = slice(self.starts[number], self.starts[number + 1])
        return self.ids[part], self.weights[part]


class Drift(NamedTuple):
    """How a catalogue has moved on since an index was built: films new, changed, and gone."""

    new: list[str]
    changed: list[str]
    gone: int


class TermRange(NamedTuple):
    """The numbers of one field's terms, from `low` up to before `high`."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class BaseIndex:
    """A catalogue's films in order of their ids, their vectors and their postings.

    A film's number is its row; a term's number counts through all fields, in the order of `FIELDS`.
    `forward` has shape (n_films, n_terms), each field's part of a row of length 0 to 1; `postings`
    is its transpose. `years` int16 (0 unknown), `documents` int64 (each film's `document_digest`),
    `popularity`, `prominence` and `idf` float32. `dictionaries` are made when first needed: loading
    stays quick.
    """

    film_ids: StringTable
    titles: StringTable
    years: NDArray[np.int16]
    popularity: NDArray[np.float32]
    popularity_prior: NDArray[np.float32]
    field_starts: NDArray[np.int32]
    terms: StringTable
    labels: StringTable
    idf: NDArray[np.float32]
    forward: SparseRows
    postings: SparseRows
    document_digests: NDArray[np.int64]
    digest: str
    memory: Memory = field(default_factory=Memory, compare=False, repr=False)
    dictionaries: dict[str, dict[str, int]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def build(cls, films: Iterable[FilmDocument]) -> "BaseIndex":
        """Fit an index on a catalogue, in whatever order its films come. Takes seconds at 36,000."""
        ordered = sorted(films, key=lambda film: film.film_id.encode("utf-8", "surrogatepass"))
        for left, right in pairwise(ordered):
            if left.film_id == right.film_id:
                raise DuplicateFilm(left.film_id)
        blocks = [vectorizer.fit(each, [each.read(film) for film in ordered]) for each in FIELDS]
        forward = sp.csr_matrix(sp.hstack([block.vectors for block in blocks], format="csr"))
        return cls(
            film_ids=StringTable.of(film.film_id for film in ordered),
            titles=StringTable.of(film.title for film in ordered),
            years=np.array([film.year or UNKNOWN_YEAR for film in ordered], dtype=np.int16),
            popularity=np.array([max(film.popularity, 0.0) for film in ordered], dtype=np.float32),
            popularity_prior=popularity_prior(
                ordered, np.diff(blocks[FIELD_NUMBER["text"]].vectors.indptr)
            ),
            field_starts=np.cumsum([0] + [len(block.terms) for block in blocks], dtype=np.int32),
            terms=StringTable.of(term for block in blocks for term in block.terms),
            labels=StringTable.of(label for block in blocks for label in block.labels),
            idf=np.concatenate([block.idf for block in blocks]),
            forward=_rows(forward),
            postings=_rows(sp.csr_matrix(forward.T)),
            document_digests=np.array([document_digest(film) for film in ordered], dtype=np.int64),
            digest=corpus_digest(ordered),
        )

    def __len__(self) -> int:
        return len(self.film_ids)

    def save(self, path: Path) -> None:
        """Write the index to one file, whole or not at all."""
        storage.write(path, _to_arrays(self), self.digest)

    @classmethod
    def load(cls, path: Path) -> "BaseIndex":
        """Map a saved index into memory. Raises IndexDamaged when it cannot be trusted."""
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
        """Return a film's row, -1 when it is not in the catalogue."""
        return self._films().get(film_id, -1)

    def _films(self) -> dict[str, int]:
        films = self.dictionaries.get("films")
        if films is None:
            films = self.dictionaries["films"] = self.film_ids.numbers(0, len(self))
        return films

    def drift(self, documents: Mapping[str, int]) -> Drift:
        """Compare with a catalogue as it is now: the `document_digest` of each of its films."""
        rows = self._films()
        built = self.document_digests.tolist()
        new = [film_id for film_id in documents if film_id not in rows]
        known = {film_id: now for film_id, now in documents.items() if film_id in rows}
        changed = [film_id for film_id, now in known.items() if built[rows[film_id]] != now]
        return Drift(new, changed, gone=len(self) - len(known))

    def terms_of(self, field: str) -> TermRange:
        """Return the numbers of one field's terms."""
        number = FIELD_NUMBER[field]
        return TermRange(int(self.field_starts[number]), int(self.field_starts[number + 1]))

    def term(self, field: str, term: str) -> int:
        """Return a term's number, -1 when the catalogue's field does not have it."""
        terms = self.dictionaries.get(field)
        if terms is None:
            terms = self.dictionaries[field] = self.terms.numbers(*self.terms_of(field))
        return terms.get(term, -1)

    def field_of(self, term: int) -> str:
        """Return the name of the field a term's number belongs to."""
        return FIELDS[int(np.searchsorted(self.field_starts, term, side="right")) - 1].name


def _rows(matrix: sp.csr_matrix) -> SparseRows:
    matrix.sort_indices()
    return SparseRows(
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data.astype(np.float32),
    )


def _to_arrays(index: BaseIndex) -> dict[str, NDArray[np.generic]]:
    """Name every array of an index, as the file does."""
    named: dict[str, NDArray[np.generic]] = {
        "years": index.years,
        "popularity": index.popularity,
        "prominence": index.popularity_prior,
        "field_starts": index.field_starts,
        "idf": index.idf,
        "documents": index.document_digests,
    }
    for name in ("film_ids", "titles", "terms", "labels"):
        table: StringTable = getattr(index, name)
        named |= {f"{name}.blob": table.blob, f"{name}.starts": table.starts}
    for name in ("forward", "postings"):
        rows: SparseRows = getattr(index, name)
        named |= {f"{name}.starts": rows.starts, f"{name}.ids": rows.ids}
        named |= {f"{name}.weights": rows.weights}
    return named


def _from_arrays(arrays: storage.Arrays, digest: str) -> BaseIndex:
    return BaseIndex(
        film_ids=_table(arrays, "film_ids"),
        titles=_table(arrays, "titles"),
        years=_array(arrays, "years", np.int16),
        popularity=_array(arrays, "popularity", np.float32),
        popularity_prior=_array(arrays, "prominence", np.float32),
        field_starts=_array(arrays, "field_starts", np.int32),
        terms=_table(arrays, "terms"),
        labels=_table(arrays, "labels"),
        idf=_array(arrays, "idf", np.float32),
        forward=_matrix(arrays, "forward"),
        postings=_matrix(arrays, "postings"),
        document_digests=_array(arrays, "documents", np.int64),
        digest=digest,
    )


def _table(arrays: storage.Arrays, name: str) -> StringTable:
    blob, starts = f"{name}.blob", f"{name}.starts"
    return StringTable(_array(arrays, blob, np.uint8), _array(arrays, starts, np.int32))


def _matrix(arrays: storage.Arrays, name: str) -> SparseRows:
    return SparseRows(
        _array(arrays, f"{name}.starts", np.int32),
        _array(arrays, f"{name}.ids", np.int32),
        _array(arrays, f"{name}.weights", np.float32),
    )


def _array(arrays: storage.Arrays, name: str, scalar: type[Scalar]) -> NDArray[Scalar]:
    return np.asarray(arrays[name], dtype=scalar)
