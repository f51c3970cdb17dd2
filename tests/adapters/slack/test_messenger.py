"""Saying things unasked in Slack: once, in its place, at its pace, and what its refusals mean."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from adapters.slack.api import Api
from adapters.slack.ids import SlackPlace, place_of
from adapters.slack.outgoing.messenger import LOCKED_OUT, SlackMessenger
from bot.domain.errors import Delayed, Rejected, Uncertain, Unreadable
from bot.domain.ids import DeliveryId, PlaceId
from bot.features.help.commands import HelpCommand
from bot.messages.replies import Actions, Button, Document, Paragraph, Picture, Plain, Reply
from tests.adapters.slack.answers import broken, refusing, too_many
from tests.adapters.slack.double import BOT_TOKEN, FakeSlack
from tests.support import Room

CHANNEL, THREAD, DIRECT = (
    PlaceId("slack:T1#C1"),
    PlaceId("slack:T1#C1/1.2"),
    PlaceId("slack:T1@UANA"),
)
HELLO = Reply(
    (Paragraph((Plain("Today: Her"),)), Actions((Button("Help", HelpCommand()),))), "Today: Her"
)
ONE, TWO = DeliveryId("d1"), DeliveryId("d2")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass
class Waits:
    """Time that passes only by waiting."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def read(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
async def api(slack: FakeSlack) -> AsyncIterator[Api]:
    opened = Api(f"{slack.url}/api/", BOT_TOKEN)
    yield opened
    await opened.close()


@pytest.fixture
def messenger(api: Api, waits: Waits) -> SlackMessenger:
    return SlackMessenger(api, waits.read, waits.sleep)


@pytest.mark.parametrize(
    ("place", "channel", "thread"),
    [(CHANNEL, "C1", ""), (THREAD, "C1", "1.2"), (DIRECT, "DUANA", "")],
)
async def test_it_is_said_in_its_place_and_found_there(
    slack: FakeSlack, messenger: SlackMessenger, place: PlaceId, channel: str, thread: str
) -> None:
    for delivery in (ONE, TWO, DeliveryId("d3"), DeliveryId("d4")):  # more than one page
        await messenger.send(place, HELLO, delivery_id=delivery)

    post = slack.posts[0]
    assert (post.channel, post.thread, post.user, post.text) == (channel, thread, "", "Today: Her")
    assert await messenger.find(place, ONE, LONG_AGO) == f"{channel}:{post.ts}"
    assert await messenger.find(place, DeliveryId("d9"), LONG_AGO) is None


async def test_nothing_is_looked_up_in_its_words(
    slack: FakeSlack, messenger: SlackMessenger
) -> None:
    await messenger.send(CHANNEL, HELLO, delivery_id=ONE)

    [(_, asked)] = [each for each in slack.calls if each[0] == "chat.postMessage"]
    assert asked["parse"] == "none"
    assert not any(asked[each] for each in ("link_names", "unfurl_links", "unfurl_media", "mrkdwn"))


async def test_a_channel_hears_one_message_a_second(
    messenger: SlackMessenger, waits: Waits
) -> None:
    for number in range(4):
        await messenger.send(CHANNEL, HELLO, delivery_id=DeliveryId(f"d{number}"))
    await messenger.send(PlaceId("slack:T1#C2"), HELLO, delivery_id=ONE)

    assert waits.slept == [1.0, 1.0, 1.0]


async def test_those_who_come_at_once_wait_one_after_the_other(
    messenger: SlackMessenger, waits: Waits
) -> None:
    said = (messenger.send(THREAD, HELLO, delivery_id=DeliveryId(f"d{n}")) for n in range(3))
    await asyncio.gather(*said)

    assert waits.slept[0] == 1.0
    assert waits.now >= 2.0


@pytest.mark.parametrize(
    ("trouble", "raised"),
    [
        (too_many(7), Delayed),
        (broken(500), Uncertain),
        (broken(503), Uncertain),
        (refusing("internal_error"), Uncertain),
        (refusing("channel_not_found"), Rejected),
        (refusing("not_in_channel"), Rejected),
        (refusing("is_archived"), Rejected),
        (refusing("restricted_action"), Rejected),
        (refusing("token_revoked"), Delayed),
        (refusing("account_inactive"), Delayed),
    ],
)
async def test_what_a_refusal_means(
    slack: FakeSlack, messenger: SlackMessenger, trouble: object, raised: type[Exception]
) -> None:
    slack.troubles["chat.postMessage"].append(trouble)  # type: ignore[arg-type]  # one of those above

    with pytest.raises(raised) as caught:
        await messenger.send(CHANNEL, HELLO, delivery_id=ONE)

    assert len([each for each in slack.calls if each[0] == "chat.postMessage"]) == 1
    if isinstance(caught.value, Delayed):
        assert caught.value.retry_after in {7.0, LOCKED_OUT}


async def test_no_answer_is_a_doubt(messenger: SlackMessenger, api: Api) -> None:
    api.url = "http://127.0.0.1:1/api/"

    with pytest.raises(Uncertain):
        await messenger.send(CHANNEL, HELLO, delivery_id=ONE)
    with pytest.raises(Uncertain):
        await messenger.find(CHANNEL, ONE, LONG_AGO)


async def test_a_member_who_cannot_be_written_to(
    slack: FakeSlack, messenger: SlackMessenger
) -> None:
    slack.closed["UANA"] = "user_disabled"

    with pytest.raises(Rejected, match="user_disabled"):
        await messenger.send(DIRECT, HELLO, delivery_id=ONE)


@pytest.mark.parametrize("why", ["missing_scope", "not_in_channel", "channel_not_found"])
async def test_a_closed_history_is_said_to_be_so(
    slack: FakeSlack, messenger: SlackMessenger, why: str
) -> None:
    slack.troubles["conversations.history"].append(refusing(why))

    with pytest.raises(Unreadable):
        await messenger.find(CHANNEL, ONE, LONG_AGO)


async def test_what_slack_will_not_show_is_said_in_words(
    slack: FakeSlack, messenger: SlackMessenger
) -> None:
    """A picture that Slack cannot fetch makes it refuse the whole message."""
    slack.troubles["chat.postMessage"].append(refusing("invalid_blocks"))
    picture = Reply((Picture("https://example.org/gone.jpg", "A still"),), "Today: Her")

    await messenger.send(CHANNEL, picture, delivery_id=ONE)

    [post] = slack.posts
    assert (post.text, post.blocks) == ("Today: Her", [])
    assert await messenger.find(CHANNEL, ONE, LONG_AGO) is not None


async def test_files_come_along(slack: FakeSlack, messenger: SlackMessenger) -> None:
    reply = Reply((Document("week.ics", "text/calendar", "BEGIN:VCALENDAR"),), "This week")

    await messenger.send(CHANNEL, reply, delivery_id=ONE)

    assert slack.uploads == [("C1", "week.ics", b"BEGIN:VCALENDAR")]


@pytest.mark.parametrize(
    ("place", "known"),
    [
        ("slack:T1#C1", SlackPlace("T1", channel="C1")),
        ("slack:T1#C1/17.5", SlackPlace("T1", channel="C1", thread="17.5")),
        ("slack:T1@U1", SlackPlace("T1", user="U1")),
        ("discord:#1", None),
        ("slack:T1", None),
    ],
)
async def test_places_are_read(
    place: str, known: SlackPlace | None, messenger: SlackMessenger
) -> None:
    assert place_of(PlaceId(place)) == known
    if known is None:
        with pytest.raises(Rejected):
            await messenger.send(PlaceId(place), HELLO, delivery_id=ONE)


async def test_the_reach_is_slack_alone(messenger: SlackMessenger, room: Room) -> None:
    assert tuple(messenger.reach) == ("slack:",)
    assert not messenger.remembers(CHANNEL)
    assert not room.club.startswith("slack:")
