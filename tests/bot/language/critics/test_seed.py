"""The review that Matinee was first asked to read, as it came."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.films.film import ReleaseKind
from bot.language.critics import (
    BasedOn,
    Certainty,
    Credit,
    CreditRole,
    Critique,
    CritiqueField,
    Disagreement,
    looks_like_critique,
)
from tests.bot.language.critics.measure import IndexedFilms, read_critique

SEEDS = Path(__file__).parents[4].parent / "shared" / "seeds"


@pytest.fixture(scope="module")
def text() -> str:
    """Return the review on All of Us Strangers."""
    for file in sorted(SEEDS.glob("*.txt")):
        if "All of Us Strangers" in (text := file.read_text("utf-8")):
            return text
    pytest.skip(f"no review of All of Us Strangers in {SEEDS}")


@pytest.fixture(scope="module")
def critique(text: str, films: IndexedFilms) -> Critique:
    """Return what is read in it."""
    return read_critique(text, films)


def test_the_film_is_found_beyond_doubt(critique: Critique) -> None:
    assert critique.film.film is not None
    assert critique.film.film.label == "All of Us Strangers (2023)"
    assert critique.doubts == ()


def test_its_critic_is_named(critique: Critique) -> None:
    assert critique.critic == "Naomi Roper"
    assert critique.certainty(CritiqueField.CRITIC) is Certainty.SURE


def test_its_people_have_their_roles(critique: Critique) -> None:
    assert set(critique.people) == {
        Credit("Andrew Scott", CreditRole.ACTOR, "Adam"),
        Credit("Paul Mescal", CreditRole.ACTOR, "Harry"),
        Credit("Claire Foy", CreditRole.ACTOR),
        Credit("Jamie Bell", CreditRole.ACTOR),
        Credit("Andrew Haig", CreditRole.DIRECTOR),
        Credit("Andrew Haig", CreditRole.WRITER),
        Credit("Taichi Yamada", CreditRole.AUTHOR),
    }


def test_its_novel_and_festival_are_found(critique: Critique) -> None:
    assert critique.based_on == BasedOn("novel", "Taichi Yamada")
    assert critique.festivals == ("London Film Festival",)


def test_its_release_has_day_region_and_sentence(critique: Critique) -> None:
    (release,) = critique.releases
    assert (release.region, release.kind, release.day) == (
        "GB",
        ReleaseKind.CINEMA,
        date(2024, 1, 26),
    )
    assert release.sentence.startswith("All of Us Strangers screened at the London Film Festival")
    assert release.sentence.endswith("on 26 January 2024.")


def test_the_misspelt_director_is_said_and_not_corrected(critique: Critique) -> None:
    assert critique.disagreements == (Disagreement("director", "Andrew Haig", "Andrew Haigh"),)


def test_it_looks_like_a_critics_review(text: str) -> None:
    assert looks_like_critique(text)
