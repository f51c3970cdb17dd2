"""Reviews: current and former versions, and the club's revision."""

from dataclasses import replace

import pytest

from bot.domain.ids import FilmId, ReviewId
from bot.domain.reviews.review import Review
from bot.domain.words.text import storable
from bot.ports.store import Store
from tests.db.make import ANA, BEN, CLUB, FILM, NOON, OTHER, later, member, review

CARD = FilmId("carol-2015")


async def _save(store: Store, *reviews: Review) -> list[Review]:
    async with store.writing(CLUB) as work:
        return [await work.reviews.save(each) for each in reviews]


async def _revision(store: Store) -> int:
    async with store.reading(CLUB) as work:
        return (await work.clubs.get()).revision


async def test_a_review_comes_back_as_it_was_saved(store: Store) -> None:
    full = review(
        critic="N. Roper",
        spoiler=True,
        private=True,
        rewatch=True,
        abandoned=True,
        abandoned_after=41,
        watched_on=NOON.date(),
        hidden=True,
        changed_at=later(0.000001),
    )
    [stored] = await _save(store, full)
    assert stored == replace(full, revision=1)
    async with store.reading(CLUB) as work:
        assert await work.reviews.get(full.review_id) == stored


async def test_a_review_of_words_alone_has_no_rating(store: Store) -> None:
    await _save(store, review(rating=None, text="No stars, only words."))
    async with store.reading(CLUB) as work:
        found = await work.reviews.get(ReviewId("r1"))
    assert found is not None
    assert found.rating is None


@pytest.mark.parametrize(
    "typed",
    [
        "nul\0 inside",
        "half a pair \ud83d and \udc00 the other",
        "🎬👩🏽\u200d🚀 with a family 👨\u200d👩\u200d👧",
        "\u202eמימין לשמאל\u202c و\u0639\u0631\u0628\u064a",
        "e\u0301 is not \u00e9, \u212b is not \u00c5",
        "'); DROP TABLE reviews; --",
        "x" * 1_000_000,
        "\ufeff\u200b\x7f\x1b[31m\r\n\t\u2028",
        "",
    ],
)
async def test_text_comes_back_letter_by_letter(store: Store, typed: str) -> None:
    kept = storable(typed)
    await _save(store, review(text=kept))
    async with store.reading(CLUB) as work:
        found = await work.reviews.get(ReviewId("r1"))
    assert found is not None
    assert found.text.encode() == kept.encode()


async def test_finds_the_members_own_review_and_not_the_critics_they_brought(
    store: Store,
) -> None:
    own, critics = review("own"), review("critics", critic="N. Roper")
    await _save(store, critics, own, review("bens", member_id=BEN))
    async with store.reading(CLUB) as work:
        assert (await work.reviews.by(ANA, FILM)) == replace(own, revision=2)
        assert (await work.reviews.by_critic("N. Roper", FILM)) == replace(critics, revision=1)
        assert await work.reviews.by(ANA, CARD) is None
        assert await work.reviews.by_critic("Nobody", FILM) is None


async def test_finds_a_deleted_review_by_its_member(store: Store) -> None:
    await _save(store, review(deleted=True), review("c", critic="N. Roper", deleted=True))
    async with store.reading(CLUB) as work:
        assert await work.reviews.by(ANA, FILM) is not None
        assert await work.reviews.by_critic("N. Roper", FILM) is not None


async def test_lists_what_is_not_deleted_newest_first(store: Store) -> None:
    await _save(
        store,
        review("old", member_id=BEN),
        review("hidden", critic="A", hidden=True, changed_at=later(2)),
        review("gone", critic="B", deleted=True, changed_at=later(3)),
        review("private", private=True, changed_at=later(1)),
        review("elsewhere", film_id=CARD, changed_at=later(9)),
    )
    async with store.reading(CLUB) as work:
        of_film = [each.review_id for each in await work.reviews.of_film(FILM)]
        of_ana = [each.review_id for each in await work.reviews.of_member(ANA)]
    assert of_film == ["hidden", "private", "old"]
    assert of_ana == ["elsewhere", "hidden", "private"]


async def test_of_two_changed_at_once_the_one_saved_last_is_newer(store: Store) -> None:
    await _save(store, review("z"), review("a", member_id=BEN))
    async with store.reading(CLUB) as work:
        assert [each.review_id for each in await work.reviews.of_film(FILM)] == ["a", "z"]


async def test_names_the_films_with_a_review_that_stands(store: Store) -> None:
    await _save(
        store,
        review("r1"),
        review("r2", film_id=CARD, hidden=True),
        review("r3", film_id=FilmId("her-2013"), deleted=True),
        review("r4", film_id=FilmId("jaws-1975"), private=True),
    )
    async with store.reading(CLUB) as work:
        assert await work.reviews.films() == {FILM, "jaws-1975"}


async def test_each_save_moves_the_clubs_revision(store: Store) -> None:
    saved = await _save(store, review("r1"), review("r2", film_id=CARD), review("r1"))
    assert [each.revision for each in saved] == [1, 2, 3]
    assert await _revision(store) == 3


async def test_tells_what_changed_since_a_revision(store: Store) -> None:
    await _save(store, review("r1"), review("r2", film_id=CARD), review("r1", deleted=True))
    async with store.reading(CLUB) as work:
        since = {
            seen: [each.review_id for each in await work.reviews.changed_since(seen)]
            for seen in range(4)
        }
        [gone] = await work.reviews.changed_since(2)
    assert since == {0: ["r2", "r1"], 1: ["r2", "r1"], 2: ["r1"], 3: []}
    assert gone.deleted


async def test_a_members_reviews_count_as_changed_when_touched(store: Store) -> None:
    await _save(store, review("r1"), review("r2", film_id=CARD), review("b", member_id=BEN))
    async with store.writing(CLUB) as work:
        await work.reviews.touch(ANA)
        changed = await work.reviews.changed_since(3)
        assert [each.review_id for each in changed] == ["r1", "r2"]
        assert {each.revision for each in changed} == {(await work.clubs.get()).revision}
        assert await work.reviews.versions(ReviewId("r1")) == []


async def test_former_versions_are_kept_oldest_first(store: Store) -> None:
    first, second, _ = await _save(
        store, review(text="one"), review(text="two"), review(text="three")
    )
    async with store.reading(CLUB) as work:
        assert await work.reviews.versions(ReviewId("r1")) == [first, second]
        assert await work.reviews.versions(ReviewId("none")) == []


async def test_stepping_back_puts_the_last_version_in_place(store: Store) -> None:
    first, _ = await _save(store, review(text="one"), review(text="two", deleted=True))
    async with store.writing(CLUB) as work:
        back = await work.reviews.restore_previous(ReviewId("r1"))
        assert back == replace(first, revision=3)
        assert await work.reviews.get(ReviewId("r1")) == back
        assert await work.reviews.versions(ReviewId("r1")) == []
        assert await work.reviews.changed_since(2) == [back]


async def test_stepping_back_twice_leads_to_the_version_before(store: Store) -> None:
    await _save(store, *(review(text=text) for text in ("one", "two", "three")))
    async with store.writing(CLUB) as work:
        steps = [await work.reviews.restore_previous(ReviewId("r1")) for _ in range(2)]
    assert [step and step.text for step in steps] == ["two", "one"]


async def test_stepping_back_from_the_first_version_deletes(store: Store) -> None:
    await _save(store, review())
    async with store.writing(CLUB) as work:
        assert await work.reviews.restore_previous(ReviewId("r1")) is None
        standing = await work.reviews.get(ReviewId("r1"))
        assert standing == review(deleted=True, revision=2)
        assert await work.reviews.restore_previous(ReviewId("r1")) is None
        assert (await work.clubs.get()).revision == 2


async def test_stepping_back_from_nothing_changes_nothing(store: Store) -> None:
    async with store.writing(CLUB) as work:
        assert await work.reviews.restore_previous(ReviewId("none")) is None
    assert await _revision(store) == 0


async def test_one_member_has_one_review_of_a_film(store: Store) -> None:
    await _save(store, review("r1"))
    with pytest.raises(ValueError, match="r2"):
        await _save(store, review("r2"))
    assert await _revision(store) == 1


async def test_one_critic_has_one_review_of_a_film(store: Store) -> None:
    await _save(store, review("r1", critic="N. Roper"))
    with pytest.raises(ValueError, match="r2"):
        await _save(store, review("r2", critic="N. Roper", member_id=BEN))


async def test_a_rating_outside_of_ten_half_stars_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="r1"):
        await _save(store, review(rating=11))


async def test_a_review_of_another_club_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match=OTHER):
        await _save(store, review(club_id=OTHER))


async def test_an_instant_without_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="names no time zone"):
        await _save(store, review(created_at=NOON.replace(tzinfo=None)))


async def test_settings_leave_the_revision_alone(store: Store) -> None:
    await _save(store, review())
    async with store.writing(CLUB) as work:
        await work.clubs.save(replace(await work.clubs.get(), region="FR", revision=99))
        await work.members.save(member())
    async with store.reading(CLUB) as work:
        club = await work.clubs.get()
    assert (club.region, club.revision) == ("FR", 1)
