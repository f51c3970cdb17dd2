"""Ratings, days and viewings as members write them, typed, in forms and in saved messages."""

from datetime import date

import pytest

from bot.domain.errors import UsageError
from bot.domain.ids import ClubId, FilmId, MemberId
from bot.domain.reviews.ratings import HalfStars, Scale
from bot.domain.reviews.review import Review
from bot.features.reviews.commands import ReviewCommand
from bot.features.reviews.own_words.viewing import noted
from bot.language.grammar.dates import read_date
from bot.language.grammar.forms import FormErrors, fill
from bot.language.grammar.reading import Habits
from bot.messages.replies import Form, Reply
from tests.support import Room, actions, text

WEDNESDAY = date(2026, 3, 25)


async def saved(room: Room, member: str, film: str) -> Review:
    async with room.store.reading(ClubId(room.club)) as work:
        found = await work.reviews.by(MemberId(f"test:{member}"), FilmId(film))
    assert found
    return found


async def fill_in(room: Room, reply: Reply, label: str, values: dict[str, str]) -> None:
    """Open ana's form of this label, fill it and send it."""
    form = next(each for each in actions(reply) if isinstance(each, Form) and each.label == label)
    opened = await room.bot.forms.load(room.caller("ana"), form)
    assert isinstance(opened, Form)
    await room.say("ana", fill(opened.command, values))


@pytest.mark.parametrize(
    ("typed", "region", "day"),
    [
        ("yesterday", "GB", "2026-03-24"),
        ("last night", "GB", "2026-03-24"),
        ("last friday", "GB", "2026-03-20"),
        ("on monday", "GB", "2026-03-23"),
        ("wednesday", "GB", "2026-03-18"),
        ("3 days ago", "GB", "2026-03-22"),
        ("a week ago", "GB", "2026-03-18"),
        ("1.2.98", "GB", "1998-02-01"),
        ("1/2/25", "GB", "2025-02-01"),
        ("1/2/25", "US", "2025-01-02"),
        ("11/29", "GB", "2025-11-29"),
        ("29.11.", "US", "2025-11-29"),
        ("26 March", "GB", "2025-03-26"),
        ("25 March", "GB", "2026-03-25"),
        ("29 feb", "GB", "2024-02-29"),
        ("on 1st of May 2024", "GB", None),
        ("1st of May 2024", "GB", "2024-05-01"),
        ("26 March 2026", "GB", None),
        ("1.1.27", "GB", None),
        ("31 February", "GB", None),
    ],
)
def test_a_watched_day_has_passed(typed: str, region: str, day: str | None) -> None:
    if day is None:
        with pytest.raises(UsageError, match=r"still to come|no day"):
            read_date(typed, WEDNESDAY, region)
    else:
        assert read_date(typed, WEDNESDAY, region) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("scale", "typed", "half_stars"),
    [
        (Scale.TEN, "4", 4),
        (Scale.PERCENT, "80", 8),
        (Scale.STARS, "4", 8),
        (Scale.TEN, "4/5", 8),
        (Scale.TEN, "★★★", 6),
        (Scale.FIVE, "B+", 8),
        (Scale.STARS, "3 out of 4 stars", 8),
    ],
)
def test_a_form_follows_the_members_scale(scale: Scale, typed: str, half_stars: int) -> None:
    read = fill(ReviewCommand("Her"), {"rating": typed}, Habits(scale))
    assert read == ReviewCommand("Her", HalfStars(half_stars))


def test_a_form_reads_days_as_the_member_says_them_and_keeps_the_rest() -> None:
    habits = Habits(Scale.TEN, WEDNESDAY, "US")
    read = fill(ReviewCommand("Her"), {"watched_on": "3/4", "rating": "9"}, habits)
    assert read == ReviewCommand("Her", HalfStars(9), watched_on=date(2026, 3, 4))
    with pytest.raises(FormErrors) as refused:
        fill(ReviewCommand("Her"), {"watched_on": "tomorrow", "rating": "9"}, habits)
    assert set(refused.value.errors) == {"watched_on"}
    assert refused.value.fitting == ReviewCommand("Her", HalfStars(9))


@pytest.mark.parametrize(
    ("words", "kept", "expected"),
    [
        ("Watched yesterday", "", {"watched_on": date(2026, 3, 24)}),
        ("Great. Saw it on 3 March.", None, {"watched_on": date(2026, 3, 3)}),
        ("Watched last friday with my mum", None, {"watched_on": date(2026, 3, 20)}),
        ("rewatch", "", {"rewatch": True}),
        ("Rewatched it on Sunday.", "", {"rewatch": True, "watched_on": date(2026, 3, 22)}),
        ("Second viewing. Better.", None, {"rewatch": True}),
        ("gave up after 45 min", "", {"abandoned": True, "abandoned_after": 45}),
        ("I gave up after an hour, so slow", None, {"abandoned": True, "abandoned_after": 60}),
        ("Didn't finish it. Slow.", None, {"abandoned": True}),
        ("She gave up after 45 minutes of searching", None, {}),
        ("She left.", None, {}),
        ("On a rewatch it is worse", None, {}),
        ("watched tomorrow", None, {}),
    ],
)
def test_words_tell_of_the_viewing(
    words: str, kept: str | None, expected: dict[str, object]
) -> None:
    read = noted(ReviewCommand("Her", text=words), Habits(today=WEDNESDAY))
    told = ReviewCommand("Her", text=words if kept is None else kept, **expected)  # type: ignore[arg-type]  # any field
    assert read == told


async def test_a_number_that_counts_is_asked_about_with_both_readings(room: Room) -> None:
    asked = await room.say("ana", '/review "Aftersun" 2 hours too long')
    assert text(asked).startswith("Aftersun (2022): “2 hours too long”. Save it?")
    await room.press("ana", asked, "Save")
    first = await saved(room, "ana", "aftersun-2022")
    assert (first.rating, first.text) == (None, "2 hours too long")

    asked = await room.say("ben", '/review "Aftersun" 5 minutes in I was crying')
    await room.press("ben", asked, "With ★★★★★")
    second = await saved(room, "ben", "aftersun-2022")
    assert (second.rating, second.text) == (10, "minutes in I was crying")


async def test_a_bare_rating_asks_once_and_shortly(room: Room) -> None:
    asked = await room.say("ana", "/review Aftersun 4.5")
    assert text(asked) == "Aftersun (2022), ★★★★½?"
    await room.press("ana", asked, "Save")
    assert (await saved(room, "ana", "aftersun-2022")).rating == 9


async def test_an_edit_keeps_what_its_form_does_not_show(room: Room) -> None:
    receipt = await room.say("ana", "/review Her 3/5 Warm. --rewatch --dnf 40 --on 2 January 2024")
    await fill_in(room, receipt, "Edit", {"rating": "4/5", "text": "Warm and sad."})
    review = await saved(room, "ana", "her-2013")
    assert (review.rating, review.text) == (8, "Warm and sad.")
    assert (review.rewatch, review.abandoned, review.abandoned_after) == (True, True, 40)
    assert review.watched_on == date(2024, 1, 2)


@pytest.mark.parametrize(
    ("message", "film", "rating"),
    [
        ("Aftersun 9/10 It stayed with me for a week.", "aftersun-2022", 9),
        ("Just watched Aftersun, 4/5, cried all the way home.", "aftersun-2022", 8),
        (
            "So last night it was Paris, Texas for us. Four stars. The desert!",
            "paris-texas-1984",
            8,
        ),
    ],
)
async def test_a_saved_message_is_read_for_its_film_and_rating(
    message: str, film: str, rating: int, room: Room
) -> None:
    told = await room.say("ana", ReviewCommand(mine=True), attachment=message)
    assert "Saved your review" in text(told), text(told)
    assert (await saved(room, "ana", film)).rating == rating


async def test_a_short_link_is_named_as_one_and_loses_nothing(room: Room) -> None:
    asked = await room.say("ana", "/review https://boxd.it/2a9q 4/5 It made me call my mother.")
    assert "is a short link" in text(asked)
    assert "Add it" not in {each.label for each in actions(asked)}
    await fill_in(room, asked, "Search again", {"film": "Carol"})
    assert (await saved(room, "ana", "carol-2015")).text == "It made me call my mother."
