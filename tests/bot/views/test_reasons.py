"""Reasons convince, or are not told: no stock of encyclopaedias, no repetition, no strangers."""

from dataclasses import replace

import pytest

from bot.domain.films import Film
from bot.domain.ids import FilmId
from bot.messages.plain_text import plain
from bot.views.reasons import why
from recommender import Contribution, Pick

FLOW = Film(
    FilmId("flow"),
    "Flow",
    2024,
    directors=("Gints Zilbalodis",),
    themes=("talking robots", "slow burn"),
    logline="Flow is a 2024 animated film scored by Rihards Zaļupe, with a cat in a flood.",
)
HER = Film(FilmId("her"), "Her", 2013, themes=("slow burn",))
ALIEN = Film(FilmId("alien"), "Alien", 1979)
LIKED = {film.film_id: film for film in (FLOW, HER, ALIEN)}
YEAR = Contribution("year", "around 2024", 0.1, "her")


def told(*reasons: Contribution, known: tuple[str, ...] = ("her", "alien")) -> str:
    ranked = tuple(sorted(reasons, key=lambda each: -each.value))
    pick = Pick("flow", sum(each.value for each in reasons), ranked)
    return plain(why(pick, FLOW, LIKED, known))


def text(label: str, source: str | None = "her") -> Contribution:
    return Contribution("text", label, 0.5, source)


@pytest.mark.parametrize(
    "label",
    ["1945", "2010 American", "cat", "co", "produced", "upcoming American", "supporting role"],
)
def test_the_stock_of_an_encyclopaedia_is_no_reason(label: str) -> None:
    country = Contribution("country", "FR", 0.1, "her")
    assert told(text(label), country, known=("her",)) == "Why: also from France"
    assert told(text(label)) == ""


@pytest.mark.parametrize("label", ["Zaļupe", "Rihards", "Rihards Zaļupe"])
def test_a_part_of_a_name_is_no_reason(label: str) -> None:
    assert told(text(label)) == ""


@pytest.mark.parametrize("label", ["flood", "Nazi spies", "hit man"])
def test_what_a_film_is_about_is_one(label: str) -> None:
    assert told(text(label)).startswith(f"Why: it speaks of {label}")


@pytest.mark.parametrize("label", ["sells", "perfect", "last time"])
def test_a_word_without_sense_is_no_reason(label: str) -> None:
    assert told(text(label)) == ""
    assert told(Contribution("reviews", label, 0.5, "her")) == ""


def test_a_word_that_was_asked_for_may_be_short() -> None:
    assert told(text("cat", None)) == "Why: it speaks of cat"
    assert told(text("1945", None)) == ""


@pytest.mark.parametrize("kind", ["text", "reviews"])
@pytest.mark.parametrize("label", ["robot", "Robots"])
def test_the_same_word_is_not_told_twice(kind: str, label: str) -> None:
    theme = Contribution("theme", "robots", 1.0)
    assert told(theme, Contribution(kind, label, 0.5)) == "Why: talking robots"


def test_only_films_that_were_named_or_liked_are_held_up() -> None:
    themes = [Contribution("theme", "slow burn", 1.0, "her")]
    assert told(*themes) == "Why: slow burn · as in Her"
    assert told(*themes, known=("alien", "nobody's")) == ""


def test_only_films_that_what_is_told_holds_of_are_held_up() -> None:
    burn = Contribution("theme", "slow burn", 1.0, "her")
    untold = Contribution("text", "Zaļupe", 5.0, "alien")
    assert told(burn, untold, YEAR) == "Why: slow burn · as in Her"


def test_films_that_share_what_is_told_are_held_up_together() -> None:
    by = Contribution("director", "Gints Zilbalodis", 1.0, "her")
    assert told(by, replace(by, source="alien", value=2.0)) == (
        "Why: by Gints Zilbalodis · as in Alien and Her"
    )


def test_a_film_that_the_club_goes_by_is_not_named_twice() -> None:
    club = Contribution("club", "Her", 1.0, "her")
    assert told(club) == "Why: liked here by those who liked Her"


def test_a_film_is_no_reason_for_itself() -> None:
    itself = Contribution("director", "Gints Zilbalodis", 2.0, "flow")
    assert told(itself, known=("her", "alien", "flow")) == ""


@pytest.mark.parametrize("kind", ["director", "cast"])
def test_a_film_that_nobody_mentioned_is_no_reason(kind: str) -> None:
    shared = Contribution(kind, "Gints Zilbalodis", 2.0, "alien")
    assert told(shared).endswith("Gints Zilbalodis · as in Alien")
    assert told(shared, known=("her",)) == ""


def test_at_most_three_reasons_strongest_first() -> None:
    film = replace(FLOW, themes=("rain", "tokyo", "slow burn", "cats"))
    shared = [
        Contribution("theme", each, value)
        for each, value in zip(film.themes, (4, 3, 2, 1), strict=True)
    ]
    pick = Pick("flow", 9.0, tuple(shared))
    assert plain(why(pick, film, LIKED, ())) == "Why: rain, Tokyo and slow burn"
    by = replace(pick, reasons=(Contribution("director", "Gints Zilbalodis", 5.0), *shared))
    assert plain(why(by, film, LIKED, ())) == "Why: by Gints Zilbalodis; rain and Tokyo"


def test_a_genre_alone_is_no_reason() -> None:
    comedy = Contribution("genre", "comedy", 2.0, "her")
    assert told(comedy) == ""
    assert told(comedy, Contribution("theme", "slow burn", 1.0, "her")) == (
        "Why: slow burn and comedy · as in Her"
    )


def test_what_holds_of_hundreds_of_films_comes_last() -> None:
    film = replace(FLOW, themes=("family", "rain"))
    shared = tuple(
        Contribution("theme", each, v) for each, v in zip(film.themes, (2.0, 1.0), strict=True)
    )
    assert plain(why(Pick("flow", 3.0, shared), film, LIKED, ())) == ("Why: rain and family")


def test_near_themes_stand_in_where_little_is_shared() -> None:
    near = Contribution("nearness", "near in themes", 1.0, "her")
    reasons = (Contribution("genre", "comedy", 2.0, "her"), near)
    pick = Pick("flow", 3.0, reasons)
    line = plain(why(pick, FLOW, LIKED, ("her",), lambda _: ["talking robots"]))
    assert line == "Why: by way of talking robots"


def test_a_theme_is_shared_under_another_name() -> None:
    violent = replace(FLOW, themes=("violence",))
    liked = LIKED | {FilmId("her"): replace(HER, themes=("violent",))}
    pick = Pick("flow", 1.0, (Contribution("theme", "violence", 1.0, "her"),))
    assert plain(why(pick, violent, liked, ("her", "alien"))) == "Why: violence · as in Her"


def test_a_film_that_is_only_about_as_old_has_no_reason() -> None:
    assert told(YEAR) == ""
