"""A muted member's words are read by nobody else; every act of a moderator is noted."""

from bot.domain.ids import ClubId
from bot.features.members.commands import MeCommand
from tests.support import Room, text

WORDS = "Whoever likes this has never been in love with a telephone."


async def _told(room: Room) -> None:
    await room.say("ana", "/setup here yes", admin=True)
    await room.say("ben", f"/review Her 1/5 {WORDS}")
    await room.say("cleo", "/review Her 4/5 Tender, and so very orange in every single frame.")
    await room.deliver()


async def _heard(room: Room) -> str:
    lines = ("/reviews Her", "/review Her", "/reviews @ben", "/film Her", "/recommend unlike Heat")
    shown = [text(await room.say("cleo", line)) for line in lines]
    shown += [text(reply) for _, reply in await room.deliver()]
    shown += [text(reply) for _, reply in room.mailbox.shown.values()]
    return "\n".join(shown)


async def test_a_muted_members_words_are_nowhere_and_their_rating_counts(room: Room) -> None:
    await _told(room)
    assert "telephone" in await _heard(room)
    await room.say("ana", "/moderate mute @ben", admin=True)
    heard = await _heard(room)

    assert "telephone" not in heard
    assert "from 2 ratings" in heard
    assert "telephone" in text(await room.say("ben", "/reviews Her"))
    await room.say("ana", "/moderate unmute @ben", admin=True)
    assert "telephone" in await _heard(room)


async def test_what_a_muted_member_shares_has_no_words(room: Room) -> None:
    await _told(room)
    saved = await room.say("ben", f"/review Her 2/5 {WORDS}")
    await room.say("ana", "/moderate mute @ben", admin=True)
    await room.press("ben", saved, "Share")
    assert "telephone" not in "\n".join(text(reply) for _, reply in await room.deliver())


async def test_only_moderators_mute_and_read_what_is_hidden(room: Room) -> None:
    await _told(room)
    for line in ("/moderate mute @cleo", "/moderate hidden", "/moderate log"):
        assert "for those who run this club" in text(await room.say("ben", line))


async def test_hiding_is_no_change_by_the_author(room: Room) -> None:
    """The day on which a film was seen, where nobody has told another, is that of the review."""
    await _told(room)
    before = text(await room.say("ben", MeCommand(part="diary")))
    room.clock.forward(days=3)
    for act in ("hide", "unhide"):
        done = await room.say("ana", f"/moderate {act} Her @ben", admin=True)
        assert done.summary.startswith(("Hidden: ", "Visible again: "))

    assert "Her (2013)" in before
    assert text(await room.say("ben", MeCommand(part="diary"))) == before


async def test_what_was_hidden_last_is_listed_first(room: Room) -> None:
    await _told(room)
    room.clock.forward(days=1)
    await room.say("cleo", "/review Heat 5/5 Cold and precise.")
    await room.say("ana", "/moderate hide Heat @cleo", admin=True)
    await room.say("ana", "/moderate hide Her @ben", admin=True)
    listed = text(await room.say("ana", "/moderate hidden", admin=True))
    assert listed.index("telephone") < listed.index("precise")


async def test_private_words_stay_private_though_they_are_hidden(room: Room) -> None:
    await _told(room)
    await room.say("ana", "/moderate hide Her @ben", admin=True)
    await room.say("ben", "/review Her --private 2/5")
    assert "telephone" not in text(await room.say("ana", "/moderate hidden", admin=True))


async def test_acts_are_noted_once_and_go_with_who_is_forgotten(room: Room) -> None:
    await _told(room)
    for _ in range(2):
        await room.say("ana", "/moderate mute @ben", admin=True)
    await room.say("ana", "/moderate hide Her @cleo", admin=True)
    log = text(await room.say("ana", "/moderate log", admin=True))
    assert log.count("ana muted ben") == 1
    assert "ana hid cleo's review of Her (2013)" in log
    asked = await room.say("ben", "/forget")
    await room.press("ben", asked, "Erase everything")
    async with room.store.reading(ClubId(room.club)) as work:
        assert [each.concerned for each in await work.moderation.latest(10)] == ["test:cleo"]
