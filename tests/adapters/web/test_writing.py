"""Writing on the pages goes through the one door: the same effects, limits, announcements as in the chat."""

import re

import pytest

from bot.domain.ids import PlaceId
from tests.adapters.web.conftest import Window
from tests.support import text


async def test_a_review_is_written_edited_and_deleted(window: Window) -> None:
    browser = await window.signed_in("ana")
    form = await browser.press(await browser.get("/film/heat-1995"), "Write a review …")
    saved = await browser.press(
        form, "Send", rating="4.5/5", text="Precise, lonely men.\nIn glass houses.", spoiler=""
    )
    assert "Saved your review of Heat (1995): ★★★★½" in saved.words
    announced = await window.room.deliver()
    assert [text(reply) for _, reply in announced] == []  # said in private, and there is no channel
    page = await browser.get("/film/heat-1995")
    assert "Precise, lonely men." in page.words

    form = await browser.press(page, "Edit your review …")
    assert form.form("Send").values["f.text"] == "Precise, lonely men.\nIn glass houses."
    assert form.form("Send").values["f.rating"] == "4.5/5"
    changed = await browser.press(form, "Send", rating="5/5")
    assert "★★★★★" in changed.words

    gone = await browser.press(await browser.get("/film/heat-1995"), "Delete your review")
    assert gone.status == 200
    assert "Precise" not in (await browser.get("/film/heat-1995")).words


async def test_a_review_is_announced_as_from_the_chat(window: Window) -> None:
    await window.room.say("ana", "/setup here yes", admin=True)
    browser = await window.signed_in("ben")
    form = await browser.press(await browser.get("/film/heat-1995"), "Write a review …")
    await browser.press(form, "Send", rating="4/5", text="Good.")
    announced = {place: text(reply) for place, reply in await window.room.deliver()}
    assert "Heat (1995)" in announced[PlaceId("test:club#room")]


async def test_a_second_press_of_the_same_button_does_nothing_more(window: Window) -> None:
    browser = await window.signed_in("ana")
    form = (await browser.get("/film/heat-1995")).form("Watchlist")
    first, second = await browser.send(form), await browser.send(form)
    assert "is on your watchlist" in first.words
    assert first.words == second.words


async def test_what_does_not_fit_comes_back_with_everything_typed(window: Window) -> None:
    browser = await window.signed_in("ana")
    form = await browser.press(await browser.get("/film/heat-1995"), "Write a review …")
    again = await browser.press(form, "Send", text="Kept.", watched_on="in days of yore")
    assert again.form("Send").values["f.text"] == "Kept."
    assert "days of yore" in again.words
    empty = await browser.press(form, "Send")
    assert "Give a rating, or write what you thought." in empty.words


async def test_marks_watchlist_reminders_and_settings(window: Window) -> None:
    browser = await window.signed_in("ana")
    film = await browser.get("/film/anora-2024")
    for label, told in (("Watchlist", "watchlist"), ("Seen it", "seen"), ("Remind me", "remind")):
        assert told in (await browser.press(film, label)).words.casefold()
    own = await browser.get("/own")
    assert own.words.count("Anora") >= 2
    label = next(each.label for each in own.forms if each.label.startswith("Change"))
    form = await browser.press(own, label)
    assert 'placeholder="as the club&#39;s: UK"' in form.html
    changed = await browser.press(form, "Send", region="US")
    assert "US" in changed.words


async def test_what_others_send_in_a_members_name_is_refused(window: Window) -> None:
    browser, stranger = await window.signed_in("ana"), await window.signed_in("ben")
    form = (await browser.get("/film/heat-1995")).form("Watchlist")
    elsewhere = await browser.post(form.action, form.values, Origin="https://evil.example")
    assert elsewhere.status == 403
    crossing = await browser.post(form.action, form.values, **{"Sec-Fetch-Site": "cross-site"})
    assert crossing.status == 403
    not_theirs = await stranger.post(form.action, form.values)
    assert not_theirs.status == 403
    forged = {"a": form.values["a"][:-4] + "0000"}
    assert (await browser.post(form.action, forged)).status == 403
    assert (await browser.post("/do", {})).status == 403
    assert (await browser.post("/out", {})).status == 403
    assert "Heat" not in (await browser.get("/own")).words


@pytest.mark.parametrize("role", ["member", "admin"])
async def test_what_needs_a_role_stays_in_the_chat(window: Window, role: str) -> None:
    await window.room.say("ana", "/help", admin=role == "admin")
    browser = await window.signed_in("ana")
    assert "Set up" not in (await browser.get("/own")).words


NAUGHTY = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "javascript:alert(1)",
    "</textarea><script>1</script>", "'; DROP TABLE reviews; --", "\u202egnp.exe", "&lt;b&gt;", "😀" * 40,
    "||</details><script>x</script>||", "[x](javascript:alert(1))", "<svg/onload=alert(1)>", "%00%0a",
)  # fmt: skip


async def test_no_text_becomes_markup(window: Window) -> None:
    for number, naughty in enumerate(NAUGHTY):
        await window.room.say(f"m{number}", f"/review Heat 4/5 | {naughty}")
    browser = await window.signed_in("m0")
    form = await browser.press(await browser.get("/film/heat-1995"), "Edit your review …")
    pages = [form, *[await browser.get(path) for path in ("/", "/film/heat-1995", "/me")]]
    pages += [await browser.get(f"/member/test:m{number}") for number in range(len(NAUGHTY))]
    for naughty in NAUGHTY:
        pages.append(await browser.send(form.form("Send"), watched_on=naughty[:40]))
        pages.append(await browser.send(pages[0].form("Find"), q=naughty))
    for page in pages:
        assert not set(page.tags) & {"script", "img", "b", "iframe", "object"}
        assert not [each for each in page.attributes if each.startswith("on")]
        assert not re.search(r"\b49\b", page.words)


async def test_an_answer_leads_back_to_where_one_was_and_nowhere_else(window: Window) -> None:
    await window.room.say("ana", "/settings")
    browser = await window.signed_in("ana")
    form = (await browser.get("/film/heat-1995")).form("Watchlist")
    for referer, back in (
        (f"{window.url}/film/heat-1995", f"{window.url}/film/heat-1995"),
        (f"{window.url}//evil.example", f"{window.url}/evil.example"),
        ("https://evil.example/page", f"{window.url}/"),
        ("", f"{window.url}/"),
    ):
        answer = await browser.post(form.action, form.values, Referer=referer)
        assert answer.links[-1] == back


async def test_what_was_typed_wrong_stays_in_its_field(window: Window) -> None:
    browser = await window.signed_in("ana")
    form = await browser.press(await browser.get("/own"), "Change …")
    again = await browser.press(form, "Send", region="Atlantis")
    assert "I don't know a country “Atlantis”" in again.words
    assert again.form("Send").values["f.region"] == "Atlantis"


async def test_an_answer_to_a_form_leads_back_to_the_film(window: Window) -> None:
    browser = await window.signed_in("ana")
    film = await browser.get("/film/heat-1995")
    opened = await browser.post(
        film.form("Write a review …").action,
        film.form("Write a review …").values,
        Referer=f"{window.url}/film/heat-1995",
    )
    wrong = await browser.press(opened, "Send")
    saved = await browser.press(wrong, "Send", rating="4/5")
    assert "Saved your review" in saved.words
    assert saved.links[-1] == f"{window.url}/film/heat-1995"
    undone = await browser.press(saved, "Undo")
    assert undone.links[-1] == f"{window.url}/film/heat-1995"
    elsewhere = await browser.send(opened.form("Send"), b="//evil.example", rating="4/5")
    assert elsewhere.links[-1] == f"{window.url}/evil.example"


async def test_a_page_offers_nothing_that_only_a_channel_can_show(window: Window) -> None:
    await window.room.say("ana", "/setup here yes", admin=True)
    browser = await window.signed_in("ana")
    form = await browser.press(await browser.get("/film/heat-1995"), "Write a review …")
    saved = await browser.press(form, "Send", rating="4/5")
    labels = [each.label for each in saved.forms]
    assert "Undo" in labels
    assert "Share" not in labels


async def test_a_rating_is_found_by_comparing(window: Window) -> None:
    for film, stars in (("Carol", 2), ("Aftersun", 3), ("Weekend", 4), ("Her", 5)):
        await window.room.say("ana", f"/review {film} {stars}/5")
    browser = await window.signed_in("ana")
    page = await browser.press(await browser.get("/film/heat-1995"), "Not sure what to rate it?")
    while "Better" in [each.label for each in page.forms]:
        page = await browser.press(page, "Better")
    assert "is ★★★★★ beside your other films" in page.words
    saved = await browser.press(page, "★★★★★")
    assert "Saved your review of Heat (1995): ★★★★★" in saved.words
    labels = [each.label for each in (await browser.get("/film/heat-1995")).forms]
    assert "Not sure what to rate it?" not in labels
    new = await (await window.signed_in("ben")).get("/film/heat-1995")
    assert "Not sure what to rate it?" not in [each.label for each in new.forms]


async def test_a_page_does_not_say_what_to_type_where_one_cannot(window: Window) -> None:
    assert "Or type it" in text(await window.room.say("ana", "/settings"))
    own = await (await window.signed_in("ana")).get("/own")
    assert "Your sentences" in own.words
    assert "Or type it" not in own.words
