"""Base index: built in any order, saved and loaded unchanged, refused if damaged."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from recommender.errors import DuplicateFilm, IndexDamaged
from recommender.index.base import BaseIndex
from recommender.text.documents import FilmDocument
from tests.recommender.samples import FILMS


def norms(index: BaseIndex, row: int) -> dict[str, float]:
    """Return the norm of each field's part of a row."""
    ids, weights = index.forward.row(row)
    fields = np.array([index.field_of(term) for term in ids.tolist()])
    return {f: float(np.linalg.norm(weights[fields == f])) for f in set(fields.tolist())}


def test_each_field_of_a_row_has_length_one_but_for_themes() -> None:
    index = BaseIndex.build(FILMS)
    for row in range(len(index)):
        found = norms(index, row)
        assert found.pop("theme", 0.5) < 1
        assert found.pop("theme words", 0.5) < 1
        for name in (
            "tag",
            "leading genre",
            "origin",
            "author",
        ):  # facts that demands look up, each for itself
            found.pop(name, None)
        assert list(found.values()) == pytest.approx([1] * len(found), abs=1e-6)


def test_a_lone_common_theme_tells_little_and_many_rare_ones_nearly_all() -> None:
    rare = ("lighthouse keepers", "letters never sent", "migrating geese", "salt marshes")
    films = [FilmDocument(f"f{n}", f"{n}", 2000, themes=("short film",)) for n in range(40)]
    index = BaseIndex.build([*films, FilmDocument("g", "g", 2000, themes=rare)])
    assert norms(index, index.row_of("f1"))["theme"] < 0.25
    assert norms(index, index.row_of("g"))["theme"] > 0.6


def test_postings_are_the_forward_rows_transposed() -> None:
    index = BaseIndex.build(FILMS)
    row = index.row_of("harbour-lights-1994")
    term = index.term("director", "ida moreau")
    rows, weights = index.postings.row(term)
    assert row in rows.tolist()
    assert len(rows) == 2
    assert weights.tolist() == pytest.approx([1, 1])


def test_labels_are_names_and_words_as_written() -> None:
    index = BaseIndex.build(FILMS)
    assert index.labels[index.term("director", "ida moreau")] == "Ida Moreau"
    assert index.labels[index.term("cast", "eva nagy")] == "Éva Nagy"
    assert index.labels[index.term("text", "sister")] == "sisters"
    assert index.term("text", "nowhere") == -1


@pytest.mark.parametrize("films", [FILMS, FILMS[:1], FILMS[:3], (FilmDocument("x", "It"),), ()])
def test_a_saved_index_comes_back_equal(films: tuple[FilmDocument, ...], tmp_path: Path) -> None:
    built = BaseIndex.build(films)
    built.save(tmp_path / "base.index")
    loaded = BaseIndex.load(tmp_path / "base.index")
    assert loaded.digest == built.digest
    assert list(loaded.film_ids) == list(built.film_ids)
    assert list(loaded.labels) == list(built.labels)
    assert np.array_equal(loaded.postings.weights, built.postings.weights)
    assert np.array_equal(loaded.forward.ids, built.forward.ids)
    assert loaded.nbytes == built.nbytes


def test_loading_does_not_import_what_only_building_needs(tmp_path: Path) -> None:
    BaseIndex.build(FILMS).save(tmp_path / "base.index")
    code = (
        "import sys; from pathlib import Path; from recommender.index.base import BaseIndex;"
        "from recommender.index.club.overlay import Overlay; from recommender.scoring.query import Query;"
        "from recommender.answers.ranking import recommend;"
        f"index = BaseIndex.load(Path({str(tmp_path / 'base.index')!r}));"
        "picks = recommend(Overlay(index), Query(like=('harbour-lights-1994',))).picks;"
        "assert picks[0].film_id == 'the-salt-road-1997', picks;"
        "assert not any(name.startswith(('sklearn', 'scipy.linalg')) for name in sys.modules)"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)  # noqa: S603 - our own code


def test_every_damaged_byte_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "base.index"
    BaseIndex.build(FILMS[:2]).save(path)
    whole = path.read_bytes()
    for place in range(0, len(whole), 97):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x40]) + whole[place + 1 :])
        with pytest.raises(IndexDamaged):
            BaseIndex.load(path)
    for length in (0, 1, 40, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(IndexDamaged, match="build it again"):
            BaseIndex.load(path)


def test_a_missing_index_is_damaged_too(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="cannot be read"):
        BaseIndex.load(tmp_path / "nothing.index")


def test_one_film_id_may_stand_once_only() -> None:
    with pytest.raises(DuplicateFilm, match="laughing-stock-2008"):
        BaseIndex.build([*FILMS, FILMS[2]])
