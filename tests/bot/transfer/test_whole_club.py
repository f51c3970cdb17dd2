"""A whole club: taken along, put back equal; what all may read holds nothing private."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.errors import NotAllowed, UserError
from bot.domain.ids import ClubId
from bot.messages.replies import Document, Reply
from bot.transfer.club_file import ClubFile, club_from_text, club_to_text
from bot.transfer.whole_club import as_read_by_all, gathered, put_back
from db.engines.open import open_store
from tests.support import Room, text

UNSHARED = "Xylophones of Quixotia"
OPEN = "Cold and blue, like the sea."


@pytest.fixture
async def club(room: Room) -> Room:
    """A club where a bit of everything has happened, some of it in private."""
    for member, line in (
        ("ana", f"/review Heat 4.5/5 {OPEN}"),
        ("ana", f"/review Heat 5/5 {OPEN} Again. --rewatch"),
        ("ana", f"/review Her 3/5 --private {UNSHARED}"),
        ("ana", "/review Aftersun 5/5"),
        ("ana", "/watchlist add Yi Yi"),
        ("ana", "/remind Anora in 3 days"),
        ("ben", "/review Heat 2/5 Too long."),
        ("ben", "/night new tomorrow at 8"),
        ("ben", "/night nominate Paddington 2"),
        ("ana", "/night nominate Playtime"),
        ("ana", "/night in"),
        ("cleo", f"/review Heat 1/5 {UNSHARED}"),
    ):
        await room.say(member, line)
    await room.say("ana", "/setup here yes region US hour 10:00", admin=True)
    await room.say("ana", "/moderate mute @cleo", admin=True)
    return room


async def _file(club: Room) -> ClubFile:
    async with club.store.reading(ClubId(club.club)) as work:
        return await gathered(work)


def _content(file: ClubFile) -> ClubFile:
    """Return a club without what putting it back may change: revisions count anew."""
    ordered = sorted(file.reviews, key=lambda each: each.review_id)
    versions = sorted(file.versions, key=lambda each: (each.review_id, each.revision))
    return replace(
        file,
        club=replace(file.club, revision=0),
        reviews=tuple(replace(each, revision=0) for each in ordered),
        versions=tuple(replace(each, revision=0) for each in versions),
    )


async def test_a_whole_club_is_put_back_equal(club: Room, tmp_path: Path) -> None:
    before = await _file(club)
    assert {len(each) > 0 for each in (before.marks, before.reminders, before.nights)} == {True}
    assert before.versions
    written = club_from_text(club_to_text(before, club.clock.now()))
    assert written == before
    store = await open_store(f"sqlite:///{tmp_path / 'new.db'}")
    try:
        async with store.writing(ClubId(club.club)) as work:
            done = await put_back(written, work)
        async with store.reading(ClubId(club.club)) as work:
            after = await gathered(work)
    finally:
        await store.close()

    assert _content(after) == _content(before)
    assert (done.members, done.reviews, done.left_out) == (3, 5, 0)


async def test_it_is_put_back_only_where_nothing_is(club: Room) -> None:
    file = await _file(club)
    async with club.store.writing(ClubId(club.club)) as work:
        with pytest.raises(NotAllowed, match="members already"):
            await put_back(file, work)


async def test_into_a_club_of_another_platform_goes_what_is_tied_to_no_place(club: Room) -> None:
    file = await _file(club)
    async with club.store.writing(ClubId("other:new")) as work:
        done = await put_back(file, work)
    assert done.left_out == 2
    async with club.store.reading(ClubId("other:new")) as work:
        there = await gathered(work)
    assert {each.text for each in there.reviews} == {each.text for each in file.reviews}
    assert {each.club_id for each in there.reviews} == {"other:new"}
    assert {each.club_id for each in there.members} == {"other:new"}


def _document(reply: Reply) -> str:
    (found,) = [each for each in reply.blocks if isinstance(each, Document)]
    return found.content


async def test_an_admin_takes_along_what_all_may_read(club: Room) -> None:
    reply = await club.say("ana", "/export club", admin=True)
    written = _document(reply)

    assert "4 reviews of 3 members, 1 film night" in text(reply)
    assert OPEN in written
    assert UNSHARED not in written
    file = club_from_text(written)
    assert not file.whole
    assert (file.marks, file.reminders, file.versions, file.follows) == ((), (), (), ())
    assert {each.direct for each in file.guests} == {""}
    assert {each.film_id for each in file.nominations} == {"paddington-2-2017", "playtime-1967"}
    assert {each.zone for each in file.members} == {None}


async def test_nobody_else_takes_the_club_along(club: Room) -> None:
    reply = await club.say("ben", "/export club")
    assert "for those who run this club" in text(reply)
    assert not [each for each in reply.blocks if isinstance(each, Document)]


async def test_what_all_may_read_is_put_back_as_all_may_read_it(club: Room) -> None:
    file = as_read_by_all(await _file(club))
    async with club.store.writing(ClubId("test:new")) as work:
        await put_back(file, work)
    async with club.store.reading(ClubId("test:new")) as work:
        again = as_read_by_all(await gathered(work))
    assert _content(replace(again, club=file.club)) == _content(
        replace(
            file,
            reviews=tuple(replace(each, club_id=ClubId("test:new")) for each in file.reviews),
            members=tuple(replace(each, club_id=ClubId("test:new")) for each in file.members),
        )
    )


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"format": "matinee club 1"}',
        '{"format": "matinee club 1", "club": 3}',
        "[" * 9999,
    ],
)
def test_what_is_no_club_is_refused(content: str) -> None:
    with pytest.raises(UserError, match="no whole file of a club"):
        club_from_text(content)
