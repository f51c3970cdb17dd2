"""Plain messages to Matinee in Discord: direct messages and mentions, through the real client."""

import asyncio

from tests.adapters.discord.conftest import ANA, BEN, Town
from tests.adapters.discord.payloads import BOT
from tests.adapters.discord.seeing import button, seen

ME = f"<@{BOT}>"


async def test_a_mention_with_a_title_shows_the_card_to_the_channel(town: Town) -> None:
    await town.discord.says(BEN, town.server, f"{ME} heat?")
    (card,) = await town.discord.sent(town.server.channels[0], 1)
    assert "Heat (1995)" in seen(card)


async def test_a_mention_may_end_the_message_or_follow_a_greeting(town: Town) -> None:
    await town.discord.says(BEN, town.server, f"has anyone seen heat, {ME}?")
    await town.discord.says(BEN, town.server, f"hey {ME} carol")
    cards = await town.discord.sent(town.server.channels[0], 1)
    assert "Carol (2015)" in seen(cards[-1])
    (told,) = await town.discord.sent(town.discord.direct(BEN.number), 1)
    assert "No reviews of Heat (1995) yet." in seen(told)


async def test_what_only_the_author_may_see_comes_as_a_direct_message(town: Town) -> None:
    await town.discord.says(ANA, town.server, f"{ME} loved carol, the gloves alone")
    (asked,) = await town.discord.sent(town.discord.direct(ANA.number), 1)
    assert "Carol (2015): “loved carol, the gloves alone”. Save it?" in seen(asked)
    assert not town.discord.messages.get(town.server.channels[0])

    saved = await town.discord.press(ANA, None, asked, button(asked, "Only for me"))
    assert "Only you can read it" in seen(saved.shown)


async def test_closed_direct_messages_are_said_in_the_channel(town: Town) -> None:
    town.discord.closed.add(town.discord.direct(ANA.number))
    await town.discord.says(ANA, town.server, f"{ME} my reviews")
    (told,) = await town.discord.sent(town.server.channels[0], 1)
    assert "your direct messages are closed to me" in seen(told)


async def test_where_matinee_may_not_write_the_answer_comes_as_a_direct_message(town: Town) -> None:
    town.server.allowed &= ~(1 << 11)
    await town.discord.says(ANA, town.server, f"{ME} heat")
    (card,) = await town.discord.sent(town.discord.direct(ANA.number), 1)
    assert "Heat (1995)" in seen(card)


async def test_a_direct_message_needs_no_mention(town: Town) -> None:
    await town.discord.slash(ANA, town.server, "help")
    told = await town.discord.says(ANA, None, "aftersun 9/10")
    (receipt,) = await town.discord.sent(int(told["channel_id"]), 1)
    assert "Saved your review of Aftersun (2022): ★★★★½" in seen(receipt)
    await town.discord.gateway.say(*town.discord.gateway.last("MESSAGE_CREATE"))
    await asyncio.sleep(0.2)
    assert len(town.discord.messages[int(told["channel_id"])]) == 1


async def test_a_member_mentioned_is_known_by_name(town: Town) -> None:
    await town.discord.slash(
        BEN, town.server, "review", film="Heat", rating="4/5", text="Cold steel."
    )
    await town.discord.says(
        ANA, town.server, f"{ME} what did <@{BEN.number}> think of heat?", mentions=[BEN]
    )
    (told,) = await town.discord.sent(town.discord.direct(ANA.number), 1)
    assert "Cold steel." in seen(told)


async def test_what_is_not_said_to_matinee_is_left_alone(town: Town) -> None:
    await town.discord.says(BEN, town.server, "heat")
    await town.discord.says(BEN, town.server, f"ask {ME} about heat")
    await town.discord.says(BEN, town.server, f"<@{ANA.number}> heat", mentions=[ANA])
    await town.discord.says(BEN, town.server, f"{ME} carol")
    (card,) = await town.discord.sent(town.server.channels[0], 1)
    assert "Carol (2015)" in seen(card)
