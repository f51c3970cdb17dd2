"""Sharing in Slack: to the channel that one is in, or to the club's."""

from tests.adapters.slack.answers import Post
from tests.adapters.slack.driver import Workspace
from tests.adapters.slack.test_settled import labels


async def asked_where(club: Workspace) -> Post:
    """Look a film up beside the club's channel, and press Share."""
    await club.say("ana", "/matinee setup here", channel="C9")
    card = await club.say("ben", "/matinee film Carol")
    asked = await club.press("ben", card, "Share")
    assert asked.user == "UBEN"
    assert labels(asked) == ["Here", "In the club's channel"]
    return asked


async def test_it_is_shown_here(club: Workspace) -> None:
    asked = await asked_where(club)
    before = len(club.slack.posts)
    settled = await club.press("ben", asked, "Here")
    await club.slack.until(lambda: len(club.slack.posts) == before + 2)
    assert (settled.replaces, settled.words) == (True, "Everybody here sees it now.")
    card = club.slack.posts[-1]
    assert (card.channel, card.user, card.replaces) == ("C1", "", False)
    assert "Shared by" in card.words


async def test_it_is_shown_in_the_clubs_channel(club: Workspace) -> None:
    asked = await asked_where(club)
    before = len(club.slack.posts)
    card = await club.press("ben", asked, "In the club's channel")
    assert (card.channel, card.user) == ("C9", "")
    assert "Carol (2015)" in card.words
    await club.slack.until(lambda: len(club.slack.posts) == before + 2)
    told = club.slack.posts[-1]
    assert (told.channel, told.user, told.replaces) == ("C1", "UBEN", True)
    assert "Shown in" in told.words
    assert labels(told) == []


async def test_a_closed_channel_is_told_and_the_question_stays(club: Workspace) -> None:
    asked = await asked_where(club)
    club.slack.closed["C9"] = "is_archived"
    told = await club.press("ben", asked, "In the club's channel")
    assert "I may not write there" in told.words
    assert (told.user, told.replaces) == ("UBEN", False)
