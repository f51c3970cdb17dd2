"""Regard: of films that are as much alike, the better one; never told, and nothing where unknown."""

from dataclasses import replace

from recommender import BaseIndex, FilmDocument, Overlay, Profile, Query, recommend

THEMES = ("lighthouses", "storms", "keepers", "grief", "islands", "letters")
FILMS = [
    FilmDocument(f"film-{n}", title, 1990, themes=THEMES, text="A keeper counts ships.")
    for n, title in enumerate(("Ash", "Birch", "Cedar", "Elm", "Fir", "Oak"))
] + [
    FilmDocument(f"other-{n}", f"Other {n}", 1960 + n, themes=(f"trains {n}", f"heists {n}"))
    for n in range(40)
]


def _picked(films: list[FilmDocument], query: Query) -> list[str]:
    return [pick.film_id for pick in recommend(Overlay(BaseIndex.build(films)), query).picks]


def _judged(**regards: int) -> list[FilmDocument]:
    return [replace(film, regard=regards.get(film.film_id.replace("-", "_"), 3)) for film in FILMS]


def test_the_better_of_like_films_comes_first() -> None:
    films = _judged(film_4=5, film_2=4, film_1=1)
    for query in (
        Query(like=("film-0",), count=40),
        Query(profiles=(Profile({"film-0": 10}),), count=40),
    ):
        alike = [each for each in _picked(films, query) if each.startswith("film")]
        assert alike[:2] == ["film-4", "film-2"]
        assert alike[-1] == "film-1" or "film-1" not in alike


def test_what_nobody_judged_is_neither_better_nor_worse() -> None:
    query = Query(like=("film-0",))
    assert _picked(FILMS, query) == _picked(_judged(), query)


def test_no_reason_or_caveat_tells_it() -> None:
    overlay = Overlay(BaseIndex.build(_judged(film_1=1, other_3=1)))
    for pick in recommend(overlay, Query(profiles=(Profile({"film-0": 10}),), count=5)).picks:
        assert pick.caveat is None
