"""Text analysis: case, diacritics, elision, plurals and scripts without spaces."""

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.text import analyzer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ghosts, grief & the ghost's house", ["ghost", "grief", "ghost", "house"]),
        ("a film about the movies", []),
        ("L'été d'Amélie", ["ete", "amelie"]),
        ("ＴＯＫＹＯ Story ﬁne", ["tokyo", "fine"]),
        ("Straße İstanbul ΣΊΣΥΦΟΣ", ["strasse", "istanbul", "σισυφοσ"]),
        ("東京物語 2001", ["東京", "京物", "物語", "2001"]),
        ("हिन्दी सिनेमा", ["हिन्दी", "सिनेमा"]),
        ("стали́нские фильмы", ["сталинские", "фильмы"]),
        ("classes boxes cities bus glass oasis", ["class", "box", "city", "bus", "glass", "oasis"]),
        ("snake_case🎬emoji", ["snake", "case", "emoji"]),
        ("", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert analyzer.terms(text) == expected


def test_a_name_is_one_term_whatever_its_case_and_accents() -> None:
    assert (
        analyzer.phrase("MÁRTA Mészáros") == analyzer.phrase("Marta Meszaros") == "marta meszaros"
    )


def test_surfaces_keep_the_word_as_written() -> None:
    assert list(analyzer.surfaces("Two Sisters' café")) == [
        ("two", "Two"),
        ("sister", "Sisters"),
        ("cafe", "café"),
    ]


@given(st.text())
def test_terms_of_any_text_are_stable_words(text: str) -> None:
    for term, surface in analyzer.surfaces(text):
        assert term
        assert any(surface in unicodedata.normalize(form, text) for form in ("NFC", "NFKC"))
        assert not any(character.isspace() for character in term)


@given(st.text(st.sampled_from("stldqu' ._-aSTLD1\n")))
def test_plain_letters_are_read_as_any_script_is(text: str) -> None:
    # A letter of another script makes the general reader read the same words.
    assert analyzer.words(text) == analyzer.words(f"{text} été")[:-1]
    assert analyzer.surfaces(text) == analyzer.surfaces(f"{text} été")[:-1]


@given(st.lists(st.text(st.sampled_from("fogFs' é"))))
def test_counted_surfaces_are_all_surfaces(texts: list[str]) -> None:
    pairs = Counter(pair for text in texts for pair in analyzer.surfaces(text))
    counted = analyzer.counted_surfaces(texts)
    assert pairs == {
        (term, surface): count
        for term, surfaces in counted.items()
        for surface, count in surfaces.items()
    }
