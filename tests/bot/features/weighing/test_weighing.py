"""The score-helper: three answers of somebody who is consistent lead near to what they would give."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.ids import FilmId
from bot.features.reviews.commands import RateCommand
from bot.features.weighing.questions import MOST, next_film, suggested
from tests.support import Room, actions, button, text

RATINGS = st.dictionaries(st.integers(0, 40).map(lambda n: FilmId(f"f{n}")), st.integers(1, 10))


def asked_of(truth: float, ratings: dict[FilmId, int]) -> tuple[int, int, int]:
    """Answer as somebody to whom the film is worth `truth`; return the bounds, and how many were asked."""
    above, below, asked = 0, 11, list[str]()
    while film := next_film(ratings, above, below, asked):
        asked.append(film)
        at = ratings[film]
        if abs(truth - at) < 0.5:
            above, below = at - 1, at + 1
        elif truth > at:
            above = at
        else:
            below = at
    return above, below, len(asked)


@settings(max_examples=60)
@given(RATINGS, st.integers(1, 10))
def test_answers_never_exclude_what_one_would_give(ratings: dict[FilmId, int], truth: int) -> None:
    above, below, asked = asked_of(truth, ratings)
    assert above < truth < below
    assert above < suggested(above, below) < below
    assert asked <= MOST


@given(st.integers(1, 10))
def test_with_films_of_every_rating_three_answers_come_within_half_a_star(truth: int) -> None:
    ratings = {FilmId(f"f{each}"): each for each in range(1, 11)}
    above, below, _ = asked_of(truth, ratings)
    assert abs(suggested(above, below) - truth) <= 1


async def test_a_rating_is_found_by_comparing_and_taken_by_a_press(room: Room) -> None:
    for title, stars in (("Heat", 4), ("Carol", 5), ("Jaws", 2), ("Shrek", 3)):
        await room.say("ana", f"/review {title} {stars}/5")
    reply = await room.say("ana", RateCommand("Moonlight"))
    reply = await room.press("ana", reply, "Not sure?")
    assert "Moonlight (2016) or Shrek (2001) (★★★): is it better or worse?" in text(reply)
    reply = await room.press("ana", reply, "Better")
    assert "Heat (1995) (★★★★)" in text(reply)
    reply = await room.press("ana", reply, "Better")
    assert "Carol (2015) (★★★★★)" in text(reply)
    reply = await room.press("ana", reply, "Worse")
    assert "Moonlight (2016) is ★★★★½ beside your other films" in text(reply)
    assert "nothing is saved yet" in text(reply)
    saved = await room.press("ana", reply, "★★★★½")
    assert "Saved your review of Moonlight (2016): ★★★★½." in text(saved)


async def test_whoever_has_rated_little_is_not_asked(room: Room) -> None:
    await room.say("ana", "/review Heat 4/5")
    reply = await room.say("ana", RateCommand("Moonlight"))
    assert "Not sure?" in [each.label for each in actions(reply)]
    reply = await room.press("ana", reply, "Not sure?")
    assert "at least 3 different ratings" in text(reply)
    assert button(reply, "Choose a rating").command == RateCommand("id:moonlight-2016")
