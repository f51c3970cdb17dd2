"""Who may do what in Slack: who is in the workspace; and what people are called."""

from collections.abc import Iterator

import pytest

from adapters.slack.host import users
from tests.adapters.slack.double import TEAM
from tests.adapters.slack.driver import Workspace


@pytest.fixture(autouse=True)
def _always_asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(users, "REMEMBERED", 0.0)
    return iter(())


@pytest.mark.parametrize("change", [{"deleted": True}, {"team_id": "T2"}])
async def test_who_is_not_in_the_workspace_is_not_talked_to_in_private(
    club: Workspace, change: dict[str, object]
) -> None:
    await club.say("ben", "/review Her 4/5 Warm.")
    club.slack.users["UANA"] = {"name": "ana", "team_id": TEAM}
    assert "Warm." in (await club.answered("events_api", club.directly("ana", "reviews Her"))).words
    club.slack.users["UANA"] |= change
    refused = await club.answered("events_api", club.directly("ana", "reviews Her"))
    assert "not in that club any more" in refused.words
    assert "Warm." not in refused.words


async def test_no_answer_holds_the_number_of_somebody(club: Workspace) -> None:
    club.slack.users["UDORA"] = {"profile": {"display_name": "Dora"}, "team_id": TEAM}
    told = await club.say("ana", "/matinee reviews <@UDORA|dora>")
    assert "Dora has nothing here that you can read yet" in told.words

    for line in ("/matinee reviews <@UNOBODY>", "/matinee moderate hide Her <@UNOBODY>"):
        refused = await club.say("ana", line)
        assert "slack:" not in refused.words
        assert "slack:" not in refused.text

    saved = await club.answered(
        "events_api", club.directly("ana", "review Her 4/5 Ask <@UDORA>, not <@UNOBODY>.")
    )
    assert "Ask @Dora, not @a member." in saved.words
