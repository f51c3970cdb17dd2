"""After a slip the numbers of the answer before still press what stood under them."""

from adapters.console.input.session import Session
from bot.messages.replies import Reply
from tests.support import Room, text


async def _said(session: Session, line: str) -> Reply:
    return (await session.say("ana", line)).reply


async def test_a_slip_leaves_the_numbers_of_the_answer_before(room: Room) -> None:
    session = Session(room.bot, room.ids, "slips")
    await _said(session, "/film Heat")
    for slip in (
        "asdfgh",
        "hmm",
        "/review Her 11/10",
        "how do I hide spoilers?",
        "/help nonsense",
        "99",
    ):
        await _said(session, slip)
    assert "Heat (1995) is on your watchlist." in text(await _said(session, "2"))


async def test_what_a_slip_offers_is_numbered_after_what_was_there(room: Room) -> None:
    session = Session(room.bot, room.ids, "slips")
    before = (await session.say("ana", "/film Heat")).keys
    after = (await session.say("ana", "asdfgh")).keys
    assert before is not None
    assert after is not None
    assert not set(before.pressable) & set(after.pressable)
    found = next(
        key for key, each in after.pressable.items() if getattr(each, "label", "") == "Help"
    )
    assert "Matinee remembers" in text(await _said(session, found))


async def test_an_answer_takes_the_place_of_the_one_before(room: Room) -> None:
    session = Session(room.bot, room.ids, "slips")
    await _said(session, "/recommend")
    await _said(session, "asdfgh")
    await _said(session, "/film Heat")
    assert "nothing numbered 1a" in text(await _said(session, "1a"))
