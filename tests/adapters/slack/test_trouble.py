"""What goes wrong between Slack and Matinee: repeats, waits, cut lines, closed channels, lost tokens."""

import asyncio
import logging
import random
from dataclasses import replace

import pytest

from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import Secret
from adapters.slack import limits
from tests.adapters.slack.answers import broken, refusing, too_many
from tests.adapters.slack.conftest import connected, settings_for, workspace
from tests.adapters.slack.double import FakeSlack
from tests.adapters.slack.driver import Workspace
from tests.support import Room

# Repeats --------------------------------------------------------------------------------------


async def test_writes_delivered_several_times_in_any_order_are_written_once(
    club: Workspace,
) -> None:
    films = ("Her", "Carol", "Weekend", "Aftersun", "Moonlight", "Tokyo Story")
    bodies = [club.slash("ana", f"/review {film} 4/5 Words on {film}.") for film in films]
    chance = random.Random(5)
    sent = [body for body in bodies for _ in range(chance.randint(1, 4))]
    chance.shuffle(sent)

    await asyncio.gather(*(club.way.send("slash_commands", body) for body in sent))
    await club.slack.until(lambda: len(club.slack.posts) >= len(films))

    assert len(club.slack.posts) == len(films)
    mine = await club.say("ana", "/matinee reviews")
    assert "6 reviews" in mine.text
    assert mine.words.count("Words on") == 5  # a page


async def test_a_repeat_after_a_restart_is_answered_from_what_was_kept(
    slack: FakeSlack, room: Room
) -> None:
    async with workspace(slack, room, "http") as club:
        body = club.slash("ana", "/review Her 4/5 Warm.")
        first = await club.answered("slash_commands", body)
    async with workspace(slack, room, "http") as restarted:
        restarted.numbers = club.numbers
        again = await restarted.answered("slash_commands", body)
        mine = await restarted.say("ana", "/matinee reviews")

    assert again.text == first.text
    assert "1 review." in mine.text


async def test_a_form_sent_twice_counts_once_and_changed_words_count(club: Workspace) -> None:
    view = await club.open("ana", await club.say("ana", "/review Her"), "Write a review…")
    sent = club.filled("ana", view, rating="4/5", text="Warm.")
    for body in (sent, {**sent, "trigger_id": "again"}, club.filled("ana", view, text="Cold.")):
        await club.way.send("interactive", body)
        await asyncio.sleep(0.05)
    await club.slack.until(lambda: len(club.slack.posts) >= 3)

    assert [each.text.split(" ")[0] for each in club.slack.posts[1:]] == ["Saved", "Changed"]


# Answers that do not get through --------------------------------------------------------------


async def test_a_response_url_is_used_five_times_and_then_left_alone(club: Workspace) -> None:
    card = await club.say("ana", "/review Her")
    url = club.url("ana", "C1")
    for _ in range(7):
        body = {**club.pressing("ana", card, card.element("Watchlist")), "response_url": url}
        answer = await club.answered("interactive", body)
        assert answer.user == "UANA"

    assert [each.by_url for each in club.slack.posts[1:]] == [True] * 5 + [False] * 2


async def test_an_old_response_url_is_not_tried(
    club: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "RESPONSE_MINUTES", 0)

    answer = await club.say("ana", "/review Her 4/5 Warm.")

    assert (answer.by_url, answer.user, answer.channel) == (False, "UANA", "C1")


async def test_a_dead_response_url_costs_nothing(club: Workspace) -> None:
    club.slack.troubles["response_url"] += [broken(404)]

    answer = await club.say("ana", "/review Her")

    assert (answer.by_url, answer.channel) == (False, "C1")


@pytest.mark.parametrize(
    ("why", "says"),
    [
        ("not_in_channel", "Invite me there: /invite @Matinee"),
        ("channel_not_found", "Invite me there"),
        ("is_archived", "That channel is archived"),
    ],
)
async def test_where_it_cannot_speak_it_says_so_in_private(
    club: Workspace, why: str, says: str
) -> None:
    club.slack.troubles["response_url"] += [broken(404)]
    club.slack.closed["C1"] = why

    answer = await club.say("ana", "/review Her")

    assert answer.channel == "DUANA"
    assert says in answer.words
    assert "Spike Jonze" in answer.words


async def test_too_many_calls_are_made_again_when_slack_allows(club: Workspace) -> None:
    club.slack.troubles["users.info"] += [too_many(1)]
    club.slack.troubles["chat.postMessage"] += [too_many(1)]

    answer = await club.answered("events_api", club.directly("ana", "review Her 4/5"))

    assert answer.text.startswith("Saved")


async def test_a_web_api_in_trouble_costs_no_review(club: Workspace) -> None:
    club.slack.troubles["users.info"] += [broken(503)]

    await club.say("ana", "/review Her 4/5 Warm.")
    mine = await club.say("ana", "/matinee reviews")

    assert "1 review." in mine.text


async def test_a_slow_web_api_holds_up_no_acknowledgement(club: Workspace) -> None:
    body = club.slash("ana", "/review Her")
    loop = asyncio.get_running_loop()
    club.slack.slow["users.info"] = 1.0
    began = loop.time()
    await club.way.send("slash_commands", body)
    took = loop.time() - began
    await club.slack.until(lambda: club.slack.posts)

    assert took < 1.0
    assert loop.time() - began >= 1.0


# The line -------------------------------------------------------------------------------------


async def test_socket_mode_moves_to_a_new_socket_when_asked(slack: FakeSlack, room: Room) -> None:
    async with workspace(slack, room, "socket") as club:
        await slack.sockets[0].send_json({"type": "disconnect", "reason": "refresh_requested"})
        await slack.until(lambda: slack.connected == 2 and len(slack.sockets) == 1)

        assert (await club.say("ana", "/review Her")).text.startswith("Her")


async def test_socket_mode_comes_back_after_a_cut(slack: FakeSlack, room: Room) -> None:
    async with workspace(slack, room, "socket") as club:
        await slack.sockets[0].close()
        await slack.until(lambda: slack.connected == 2 and len(slack.sockets) == 1)

        assert (await club.say("ana", "/review Her")).text.startswith("Her")


async def test_both_transports_at_once(slack: FakeSlack, room: Room) -> None:
    async with connected(slack, room, settings_for(slack, "both")) as platform:
        assert platform.port
        assert slack.sockets


async def test_a_slack_that_is_away_at_the_start_is_waited_for(
    slack: FakeSlack, room: Room
) -> None:
    slack.troubles["auth.test"] += [broken(503)]
    slack.troubles["apps.connections.open"] += [broken(503)]

    async with workspace(slack, room, "socket") as club:
        assert (await club.say("ana", "/review Her")).text.startswith("Her")


# Tokens ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "says"),
    [("slack_bot_token", "OAuth & Permissions"), ("slack_app_token", "connections:write")],
)
async def test_a_token_that_is_not_taken_says_what_to_do(
    slack: FakeSlack, room: Room, name: str, says: str
) -> None:
    wrong = settings_for(slack, "socket")
    if name == "slack_bot_token":
        wrong = replace(wrong, slack_bot_token=Secret("xoxb-wrong"))
    else:
        wrong = replace(wrong, slack_app_token=Secret("xapp-wrong"))

    with pytest.raises(SettingsError, match=says) as caught:
        async with connected(slack, room, wrong):
            await asyncio.sleep(0.2)
    assert "wrong" not in str(caught.value)


async def test_a_port_that_is_taken_says_what_to_do(slack: FakeSlack, room: Room) -> None:
    async with connected(slack, room, settings_for(slack, "http")) as platform:
        other = replace(settings_for(slack, "http"), slack_http_port=platform.port)
        with pytest.raises(SettingsError, match="SLACK_HTTP_PORT"):
            async with connected(slack, room, other):
                await asyncio.sleep(0.2)


@pytest.mark.parametrize(
    "event",
    [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}}],
)
async def test_an_uninstalled_app_is_noted_and_told(
    club: Workspace, settled: Room, event: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    await club.say("ana", "/review Her 4/5 Warm.")
    with caplog.at_level(logging.ERROR):
        await club.way.send("events_api", club.event(**event))
        await asyncio.sleep(0.2)

    async with settled.store.reading(settled.caller("x").club_id) as work:
        assert (await work.clubs.get()).left_at is not None
    assert "install it again" in caplog.text


async def test_somebodys_own_token_is_nothing_to_us(club: Workspace, settled: Room) -> None:
    event = {"type": "tokens_revoked", "tokens": {"oauth": ["UANA"], "bot": []}}
    await club.way.send("events_api", club.event(**event))
    await club.say("ana", "/review Her")

    async with settled.store.reading(settled.caller("x").club_id) as work:
        assert (await work.clubs.get()).left_at is None


async def test_a_revoked_token_breaks_nothing_else(
    club: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    for method in ("users.info", "chat.postMessage", "chat.postEphemeral"):
        club.slack.troubles[method] += [refusing("token_revoked")] * 3
    club.slack.troubles["response_url"] += [broken(404)]
    with caplog.at_level(logging.WARNING):
        await club.way.send("slash_commands", club.slash("ana", "/review Her 4/5 Warm."))
        await club.slack.until(lambda: "reached nobody" in caplog.text)
        club.slack.troubles.clear()

    assert "1 review." in (await club.say("ana", "/matinee reviews")).text


async def test_what_has_begun_is_ended_before_the_end(slack: FakeSlack, room: Room) -> None:
    async with workspace(slack, room, "http") as club:
        slack.slow["users.info"] = 0.5
        await club.way.send("slash_commands", club.slash("ana", "/review Her 4/5 Warm."))

    assert slack.posts[0].text.startswith("Saved")


async def test_no_words_of_members_are_logged(
    club: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await club.say("ana", "/review Her 4/5 Quetzalcoatlus.")
        await club.way.send("events_api", club.event(type="unheard_of", text="Quetzalcoatlus"))
        await club.say("ana", "/review Her")

    assert "Quetzalcoatlus" not in "".join(each.getMessage() for each in caplog.records)
