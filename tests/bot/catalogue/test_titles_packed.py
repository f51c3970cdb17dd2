"""The title index in arrays: saved and mapped it answers alike, and of very many it reads few."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.indexes.titles_file import (
    CatalogueEntry,
    CatalogueSnapshot,
    save_snapshot,
    saved_snapshot,
)
from bot.catalogue.titles import trigrams as trigrams_module
from bot.catalogue.titles.completion import Completion
from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.catalogue.titles.layer import Layer
from bot.catalogue.titles.packed.tables import HashTableBuilder, Texts, hash_of
from bot.catalogue.titles.trigrams import Trigrams
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from recommender.index.storage import array_file as storage
from tests.bot.catalogue.imdb_tables import made_title, vocabulary


@pytest.fixture(scope="module")
def made_up() -> list[str]:
    chance = random.Random(4)
    words = vocabulary(chance)
    return sorted({made_title(words, chance) for _ in range(12_000)})


def test_a_saved_index_answers_as_the_one_it_was_made_of(
    starter: tuple[Film, ...], tmp_path: Path
) -> None:
    films = [TitledFilm.of(film) for film in starter]
    films[0] = replace(films[0], other_years=(1903, 1904))
    made = Layer.of(films)
    storage.write(tmp_path / "titles.bin", made.arrays(), "")
    mapped = Layer.named(storage.read(tmp_path / "titles.bin")[0])
    assert list(mapped.films()) == films
    one, other = TitleIndex.over(made), TitleIndex.over(mapped)
    for film in films[::29]:
        for title in film.titles:
            for typed in (title, title[:4], title[1:], f"{title} {film.year}", film.film_id):
                assert one.resolve(typed) == other.resolve(typed)
                assert one.complete(typed) == other.complete(typed)


def test_a_year_finds_its_film_among_hundreds_of_one_title() -> None:
    films = [TitledFilm(FilmId(f"home-{n}"), ("Home",), 1500 + n, popularity=n) for n in range(450)]
    films[7] = replace(films[7], other_years=(2021,))
    index = TitleIndex(films)
    for year, film_id in ((1500, "home-0"), (1949, "home-449"), (2021, "home-7")):
        assert [each.film_id for each in index.exact("Home", year)] == [film_id]
        assert [each.film_id for each in index.exact(f"Home ({year})")] == [film_id]
    assert index.exact("Home")[0].film_id == "home-449"


@given(st.lists(st.text(max_size=30), max_size=20))
def test_texts_come_back_as_they_were(texts: list[str]) -> None:
    packed = Texts.of(texts)
    assert [packed[place] for place in range(len(packed))] == texts
    builder = HashTableBuilder()
    for place, text in enumerate(texts):
        builder.add(hash_of(text), place)
    table = builder.table()
    for text in texts:
        assert table.get(text).tolist() == [at for at, each in enumerate(texts) if each == text]
    assert table.get("nobody's title, this one").tolist() == []


def test_of_very_many_titles_the_rare_letters_find_the_same(
    made_up: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [each.lower() for each in made_up]
    index = Trigrams.of(texts)
    chance = random.Random(8)
    typed = []
    for text in chance.sample(texts, 300):
        at = chance.randrange(len(text))
        typed.append((text, text[:at] + "e" + text[at + 1 :]))
    whole = [index.like(slip, 60).tolist() for _, slip in typed]
    monkeypatch.setattr(trigrams_module, "_MOST_COUNTED", 400)
    monkeypatch.setattr(trigrams_module, "_DENSE", 0)
    few = [index.like(slip, 60).tolist() for _, slip in typed]
    found = [
        sum(texts.index(text) in places for (text, _), places in zip(typed, each, strict=True))
        for each in (whole, few)
    ]
    assert found[0] >= 290
    assert found[1] >= found[0] - 5


@settings(deadline=None)
@given(st.data())
def test_completion_gives_the_lowest_ranks_of_a_beginning(data: st.DataObject) -> None:
    """Compared with a look at every text, from its start and from each word."""
    words = st.sampled_from(["a", "an", "ab", "long", "longer" * 7, "é", "the"])
    texts = data.draw(st.lists(st.lists(words, min_size=1, max_size=4).map(" ".join), max_size=30))
    texts = list(dict.fromkeys(texts))
    ranks = np.array(data.draw(st.permutations(range(len(texts)))), np.int32)
    index = Completion.of(
        Texts.of(f"{text} " for text in texts),
        np.arange(len(texts), dtype=np.int32),
        ranks,
        np.zeros(len(texts), np.int32),
    )
    prefix = data.draw(st.sampled_from([*texts, "a", "l", "lo", "longer" * 6, "e", "zz", "the a"]))
    scored: dict[int, int] = {}
    for place, text in enumerate(texts):
        inside = any(
            f" {text} ".endswith(f" {tail} ") and tail.startswith(prefix)
            for tail in _tails(f"{text} ")
        )
        if f"{text} ".startswith(prefix):
            scored[place] = int(ranks[place])
        elif inside or f" {prefix}" in f" {text} ":
            scored[place] = int(ranks[place]) + len(texts)
    expected = sorted(scored, key=scored.__getitem__)
    assert index.ranked(prefix, 200) == expected


def _tails(text: str) -> list[str]:
    return [text[at + 1 :] for at, letter in enumerate(text) if letter == " " and text[at + 1 :]]


def test_a_letter_that_begins_thousands_of_titles_offers_the_best_of_all(
    made_up: list[str],
) -> None:
    texts = [f"{each.lower()} " for each in made_up]
    ranks = np.random.default_rng(3).permutation(len(texts)).astype(np.int32)
    places = np.arange(len(texts), dtype=np.int32)
    index = Completion.of(Texts.of(texts), places, ranks, np.zeros(len(texts), np.int32))
    assert len(index.best) >= 64
    for prefix in ("", "t", "th", "s", "the "):
        there = [at for at in places.tolist() if texts[at].startswith(prefix)]
        assert index.ranked(prefix, 20) == sorted(there, key=ranks.__getitem__)[:20]


def test_joined_films_are_saved_with_what_they_were(tmp_path: Path) -> None:
    stone = Film(FilmId("stone"), "Stone", 2000, source="a")
    twin = Film(FilmId("twin"), "The Rock", 2001, source="b", stands_for=FilmId("third"))
    third = Film(FilmId("third"), "Pebble", 2001, source="b", stands_for=FilmId("stone"))
    films = {film.film_id: CatalogueEntry.of(film, film.title) for film in (stone, twin, third)}
    snapshot = CatalogueSnapshot("now", films)
    save_snapshot(snapshot.packed(), tmp_path / "titles.bin")
    saved = saved_snapshot(tmp_path / "titles.bin")
    assert saved == snapshot
    assert list(saved.films.items()) == list(snapshot.packed().films.items())
    assert saved.has_documents(np.array([films[FilmId("stone")].document]))
    assert not saved.has_documents(np.array([1]))
    for typed in ("Stone", "The Rock", "Pebble"):
        assert [each.film_id for each in saved.titles().exact(typed)] == ["stone"]
        assert [each.film_id for each in snapshot.titles().exact(typed)] == ["stone"]
