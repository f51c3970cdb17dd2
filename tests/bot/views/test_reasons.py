"""Reasons convince, or are not told: no stock of encyclopaedias, no repetition, no strangers."""

from dataclasses import replace

import pytest

from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.messages.plain_text import plain
from bot.views.reasons import shared_and_typed, why
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


def companion(film_id: str, source: str = "her", value: float = 0.5) -> Contribution:
    return Contribution("companion", film_id, value, source)


@pytest.mark.parametrize("named", ["flow", "her"])
def test_films_of_which_one_names_the_other_go_well_together(named: str) -> None:
    burn = Contribution("theme", "slow burn", 1.0, "her")
    assert told(companion(named)) == "Why: goes well with Her"
    assert told(burn, companion(named, value=2.0)) == "Why: slow burn; goes well with Her"


def test_that_two_films_name_a_third_is_no_reason() -> None:
    assert told(companion("alien")) == ""


def test_a_companion_is_named_only_where_it_is_known() -> None:
    assert told(companion("flow"), known=("alien",)) == ""
    assert told(companion("flow"), companion("flow", "alien", 0.4)) == (
        "Why: goes well with Her and Alien"
    )


def test_what_films_share_comes_before_that_they_go_well_together() -> None:
    shared = [Contribution("theme", each, 0.1, "her") for each in ("rain", "slow burn")]
    both = replace(FLOW, themes=("rain", "slow burn"))
    liked = LIKED | {HER.film_id: replace(HER, themes=("rain", "slow burn"))}
    pick = Pick("flow", 9.0, (companion("flow", value=8.0), *shared))
    assert plain(why(pick, both, liked, ("her",))) == "Why: rain and slow burn"


@pytest.mark.parametrize("background", ["franchise", "black and white", "directed by women"])
def test_a_background_that_two_films_share_by_chance_is_no_reason(background: str) -> None:
    film, her = (replace(each, themes=(background,)) for each in (FLOW, HER))
    shared = Contribution("theme", background, 1.0, "her")

    def line(reason: Contribution) -> str:
        liked = LIKED | {her.film_id: her}
        return plain(why(Pick("flow", 1.0, (reason,)), film, liked, ("her",)))

    assert line(shared) == ""
    assert line(replace(shared, source=None)) == f"Why: {background}"


def test_a_single_near_theme_gives_way_to_a_companion() -> None:
    near = Contribution("nearness", "near in themes", 1.0, "her")
    burn = Contribution("theme", "slow burn", 1.0, "her")
    film = replace(FLOW, themes=("slow burn", "dementia", "cats"))

    def line(*reasons: Contribution, akin: tuple[str, ...]) -> str:
        pick = Pick("flow", 3.0, reasons)
        return plain(why(pick, film, LIKED, ("her",), lambda _: akin))

    goes = companion("flow")
    assert line(burn, near, goes, akin=("dementia",)) == "Why: slow burn; goes well with Her"
    assert line(burn, near, akin=("dementia",)) == "Why: slow burn; by way of dementia"
    assert line(burn, near, goes, akin=("cats", "dementia")) == (
        "Why: slow burn; by way of cats and dementia"
    )
    assert line(near, goes, akin=("cats",)) == "Why: goes well with Her; by way of cats"


def test_a_film_is_not_held_up_for_what_another_film_has() -> None:
    film = replace(FLOW, themes=("slow burn", "rain", "cats"))
    liked = {film_id: replace(each, themes=film.themes) for film_id, each in LIKED.items()}

    def line(*of_alien: str) -> str:
        of_her = [Contribution("theme", each, 1.0, "her") for each in ("slow burn", "rain")]
        others = [Contribution("theme", each, 0.6, "alien") for each in of_alien]
        return plain(why(Pick("flow", 9.0, (*of_her, *others)), film, liked, ("her", "alien")))

    by = Contribution("director", "Gints Zilbalodis", 2.0, "her")
    pick = Pick(
        "flow",
        9.0,
        (
            by,
            *(Contribution("theme", each, 1.0, "her") for each in film.themes[:2]),
            Contribution("theme", "rain", 0.9, "alien"),
        ),
    )
    assert plain(why(pick, film, liked, ("her", "alien"))).endswith(" · as in Her")
    assert line("cats") == "Why: slow burn, rain and cats · as in Her and Alien"
    assert line("rain") == "Why: rain and slow burn · as in Her and Alien"


@pytest.mark.parametrize(
    ("typed", "told_of_both"),
    [
        ("black and white japanese", ("Why: eerie", "")),
        ("old japanese", ("Why: black and white and eerie", "Why: black and white")),
    ],
)
def test_what_all_picks_share_is_told_only_where_nobody_typed_it(
    typed: str, told_of_both: tuple[str, str]
) -> None:
    film = replace(FLOW, themes=("black and white", "eerie"))
    shared = Contribution("theme", "black and white", 0.9, None)
    own = Contribution("theme", "eerie", 0.5, None)
    picks = (Pick("a", 1.4, (shared, own)), Pick("b", 0.9, (shared,)))
    said = shared_and_typed(picks, typed)

    assert tuple(plain(why(each, film, LIKED, (), said=said)) for each in picks) == told_of_both


def test_a_single_pick_tells_all_that_it_answers() -> None:
    pick = Pick("a", 0.9, (Contribution("theme", "black and white", 0.9, None),))
    assert not shared_and_typed((pick,), "black and white")
