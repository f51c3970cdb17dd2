"""Questions that are answered and notes that are taken back: the answer takes their place in Slack."""

from tests.adapters.slack.answers import Post, refusing
from tests.adapters.slack.driver import Workspace


def labels(post: Post) -> list[str]:
    """Return the labels of all that can be pressed on a post."""
    return [(each.get("text") or each["placeholder"])["text"] for each in post.elements]


async def test_which_film_is_replaced_by_what_was_saved(club: Workspace) -> None:
    asked = await club.say("ana", "/review Solaris 4/5 | Slow and deep.")
    saved = await club.press("ana", asked, "Solaris (1972)")
    assert (saved.by_url, saved.replaces, saved.user) == (True, True, "UANA")
    assert saved.text.startswith("Saved your review of Solaris (1972)")


async def test_what_is_dropped_has_no_buttons_left(club: Workspace) -> None:
    asked = await club.say("ana", "/review Zyzzyx | What a film.")
    dropped = await club.press("ana", asked, "Drop it")
    assert dropped.replaces
    assert labels(dropped) == []


async def test_a_form_of_a_question_answers_it(club: Workspace) -> None:
    asked = await club.say("ana", "/review | Words whose film is not named.")
    view = await club.open("ana", asked, "Name the film…")
    before = len(club.slack.posts)
    await club.send("ana", view, film="id:her-2013")
    await club.slack.until(lambda: len(club.slack.posts) > before)
    saved = club.slack.posts[before]
    assert saved.replaces
    assert saved.text == "Saved your review of Her (2013)."


async def test_a_form_of_a_question_in_a_direct_message_answers_it(club: Workspace) -> None:
    asked = await club.answered("events_api", club.directly("ana", "review Zyzzyx | What a film."))
    view = await club.open("ana", asked, "Search again…")
    await club.send("ana", view, film="id:carol-2015")
    await club.slack.until(lambda: "Saved your review of Carol" in asked.text)
    assert "Drop it" not in labels(asked)
    assert club.slack.posts == [asked]


async def test_what_was_wrong_leaves_the_question_its_buttons(club: Workspace) -> None:
    asked = await club.say("ana", "/review Solaris | Slow and deep.")
    await club.press("ana", asked, "Solaris (1972)")
    late = await club.press("ana", asked, "Solaris (2002)")
    assert "answered already" in late.words
    assert not late.replaces


async def test_an_undo_takes_the_place_of_what_it_undoes(club: Workspace) -> None:
    saved = await club.say("ana", "/review Heat 4/5")
    card = await club.press("ana", saved, "Show the club's card")
    assert not card.replaces
    undone = await club.press("ana", saved, "Undo")
    assert undone.replaces
    assert labels(undone) == ["Write it again…"]


async def test_picks_for_all_asked_in_front_of_all_are_shown_to_all(club: Workspace) -> None:
    for name, film in (("ana", "Carol"), ("ben", "Heat")):
        await club.say(name, f"/review {film} 5/5")
    for thread in ({}, {"thread_ts": "99.1"}):
        mention = club.mention("ana", "what should we watch tonight?", **thread)
        picks = await club.answered("events_api", mention)
        assert (picks.user, picks.thread) == ("", thread.get("thread_ts", mention["event"]["ts"]))
        assert "For Ana and Ben" in picks.words
        assert labels(picks)[1:] == ["Other picks"]

        others = await club.press("ben", picks, "Other picks")
        assert (others.user, others.thread) == ("UBEN", picks.thread)
        assert not others.replaces
        assert "For Ben and Ana" in others.words


async def test_a_direct_message_that_cannot_be_changed_is_answered_below(club: Workspace) -> None:
    asked = await club.answered("events_api", club.directly("ana", "review Zyzzyx | What a film."))
    club.slack.troubles["chat.update"].append(refusing("message_not_found"))
    dropped = await club.press("ana", asked, "Drop it")
    assert dropped is not asked
    assert dropped.words == "Dropped."
