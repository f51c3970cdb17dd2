"""Bylines of many houses, and the lines that only look like one."""

import pytest

from bot.language.critics import Certainty, CritiqueField
from tests.bot.language.critics.measure import IndexedFilms, read_critique

BODY = (
    "The rain has been falling on this town since before anybody thought of filming it, and the "
    "people in it have learned to talk under umbrellas, sideways, without ever looking up.\n"
)

TOP = [
    "by Ada Lindgren",
    "By Ada Lindgren",
    "BY ADA LINDGREN",
    "Review by Ada Lindgren",
    "Reviewed by Ada Lindgren",
    "Words: Ada Lindgren",
    "Words by Ada Lindgren",
    "Text: Ada Lindgren",
    "*by Ada Lindgren*",
    "By Ada Lindgren, Film Critic",
    "By Ada Lindgren | 12 May 2021",
    "By Ada Lindgren for The Harbour Post",
    "Par Ada Lindgren",
    "Von Ada Lindgren",
    "Critique de Ada Lindgren",
    "Kritik von Ada Lindgren",
    "Ada Lindgren reviews a wet film",
]
BOTTOM = [
    "— Ada Lindgren",
    "– Ada Lindgren, The Harbour Post",
    "[Ada Lindgren]",
    "Ada Lindgren is a critic in Hull.",
]
ASKED = [
    "Ada Lindgren",
    "Ada Lindgren, The Harbour Post",
    "Written by Ada Lindgren",
    "Ada Lindgren on a very wet film",
]
NONE = [
    "By the sea",
    "by her own admission a nervous swimmer",
    "Directed by Ada Lindgren",
    "Starring Ada Lindgren",
    "Based on the novel by Ada Lindgren",
    "Music by Ada Lindgren",
    "New York, Monday",
]


@pytest.mark.parametrize("line", TOP)
def test_a_byline_above_is_read(line: str, films: IndexedFilms) -> None:
    critique = read_critique(f"A wet film\n{line}\n\n{BODY}", films)
    assert critique.critic == "Ada Lindgren"
    assert critique.certainty(CritiqueField.CRITIC) is Certainty.SURE


@pytest.mark.parametrize("line", BOTTOM)
def test_a_byline_below_is_read(line: str, films: IndexedFilms) -> None:
    critique = read_critique(f"A wet film\n\n{BODY}\n{BODY}\n{BODY}\n{line}", films)
    assert critique.critic == "Ada Lindgren"
    assert critique.certainty(CritiqueField.CRITIC) is Certainty.SURE


@pytest.mark.parametrize("line", ASKED)
def test_a_line_that_may_be_one_is_asked_about(line: str, films: IndexedFilms) -> None:
    critique = read_critique(f"A wet film\n{line}\n\n{BODY}", films)
    assert critique.critic == "Ada Lindgren"
    assert critique.certainty(CritiqueField.CRITIC) is Certainty.ASKS


@pytest.mark.parametrize("line", NONE)
def test_other_lines_are_none(line: str, films: IndexedFilms) -> None:
    critique = read_critique(f"A wet film\n{line}\n\n{BODY}", films)
    assert critique.critic is None


def test_two_critics_are_named_together(films: IndexedFilms) -> None:
    critique = read_critique(f"By Ada Lindgren and Tom Osei\n\n{BODY}", films)
    assert critique.critic == "Ada Lindgren and Tom Osei"


def test_the_director_is_no_critic_of_the_own_film(films: IndexedFilms) -> None:
    text = (
        f"Aftersun\nby Charlotte Wells\n\nPaul Mescal and Frankie Corio shine in Aftersun. {BODY}"
    )
    critique = read_critique(text, films)
    assert critique.critic is None
    assert critique.certainty(CritiqueField.CRITIC) is Certainty.ASKS


def test_without_a_byline_nobody_is_made_up(films: IndexedFilms) -> None:
    critique = read_critique(BODY * 3, films)
    assert critique.critic is None
    assert critique.certainty(CritiqueField.CRITIC) is Certainty.UNKNOWN
