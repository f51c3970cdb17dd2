"""Every way of speaking to Matinee in Slack, through the real client, on both transports."""

from tests.adapters.slack.driver import Workspace


async def test_a_film_is_shown_to_the_channel(club: Workspace) -> None:
    post = await club.say("ana", "/review All of Us Strangers")

    assert (post.channel, post.user) == ("C1", "")
    assert "Andrew Haigh" in post.words
    assert post.text.startswith("All of Us Strangers (2023)")


async def test_a_review_is_saved_with_a_private_receipt(club: Workspace) -> None:
    receipt = await club.say("ana", "/review Her 4/5 Warm &amp; sad. ||She leaves.||")

    assert receipt.user == "UANA"
    assert "Warm & sad." in receipt.words
    card = await club.say("ben", "/review Her")
    assert "Warm & sad." in card.words
