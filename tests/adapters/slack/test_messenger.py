"""Saying things unasked in Slack: once, in its place, at its pace, and what its refusals mean."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from adapters.slack.api import Api
from adapters.slack.ids import SlackPlace, place_of
from adapters.slack.outgoing.messenger import LOCKED_OUT, SlackMessenger
from adapters.slack.workspaces import OneWorkspace
from bot.delivery.worker import Worker
from bot.domain.deliveries import Delivery, Purpose
from bot.domain.errors import Delayed, Rejected, Uncertain, Unreadable
from bot.domain.ids import ClubId, DeliveryId, PlaceId
from bot.features.help.commands import HelpCommand
from bot.messages.replies import Actions, Button, Document, Paragraph, Picture, Reply
from bot.messages.spans import Plain
from bot.ports.store import UnitOfWork
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


async def hello(_: Delivery, __: datetime, ___: UnitOfWork) -> Reply:
    return HELLO


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
    return SlackMessenger(OneWorkspace(api, "T1"), waits.read, waits.sleep)


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


async def test_140_threads_of_one_channel_are_all_told_a_second_apart(
    messenger: SlackMessenger, waits: Waits, slack: FakeSlack, room: Room
) -> None:
    """Waiting for a turn is no try, and a turn that was not used is free for others."""
    club = ClubId("slack:T1")
    async with room.store.writing(club) as work:
        for number in range(140):
            place = PlaceId(f"slack:T1#C1/{number}.1")
            name = DeliveryId(f"r{number}")
            planned = Delivery(name, club, Purpose.REMINDER, place, place, room.clock.now())
            await work.deliveries.plan(planned)
    worker = Worker(room.store, messenger, room.clock, hello, "tester")
    for _ in range(150):
        await worker.drain()
        waits.now += 1
        room.clock.forward(seconds=1)

    assert sorted(each.thread for each in slack.posts) == sorted(f"{n}.1" for n in range(140))
    assert worker.counts["sent"] == 140
    assert worker.counts["failed"] == 0


async def test_a_turn_that_was_not_used_is_given_back(api: Api, waits: Waits) -> None:
    async def cut_off(_: float) -> None:
        raise asyncio.CancelledError

    messenger = SlackMessenger(OneWorkspace(api, "T1"), waits.read, cut_off)
    await messenger.send(CHANNEL, HELLO, delivery_id=ONE)
    for _ in range(5):
        with pytest.raises(asyncio.CancelledError):
            await messenger.send(CHANNEL, HELLO, delivery_id=TWO)
    waits.now += 1
    await messenger.send(CHANNEL, HELLO, delivery_id=TWO)


async def test_a_message_is_found_though_slacks_clock_is_behind(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    await messenger.send(CHANNEL, HELLO, delivery_id=ONE)
    stamped = datetime.fromtimestamp(float(slack.posts[0].ts), UTC)

    assert await messenger.find(CHANNEL, ONE, stamped + timedelta(seconds=3))
    assert await messenger.find(CHANNEL, ONE, stamped + timedelta(seconds=29))


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


async def test_a_message_is_edited_and_deleted_as_often_as_need_be(
    slack: FakeSlack, messenger: SlackMessenger
) -> None:
    later = Reply((Paragraph((Plain("Her came out."),)),), "Her came out.")
    said = await messenger.send(CHANNEL, HELLO, delivery_id=ONE)
    for _ in "ab":
        await messenger.edit(CHANNEL, said, later, delivery_id=ONE)
    assert [each.text for each in slack.posts] == ["Her came out."]
    assert await messenger.find(CHANNEL, ONE, LONG_AGO) == said
    for _ in "ab":
        await messenger.delete(CHANNEL, said)
    assert slack.posts == []
    with pytest.raises(Rejected, match="message_not_found"):
        await messenger.edit(CHANNEL, said, later, delivery_id=ONE)


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


async def test_the_reach_is_the_workspace_alone(
    api: Api, messenger: SlackMessenger, room: Room
) -> None:
    assert tuple(SlackMessenger(OneWorkspace(api)).reach) == ()
    assert tuple(messenger.reach) == ("slack:T1",)
    assert not messenger.remembers(CHANNEL)
    assert not room.club.startswith("slack:")
