"""Every role looks at every address: nobody finds what a plain model says they may not read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from bot.features.club.commands import ModerateCommand
from tests.adapters.web.browser import Browser
from tests.adapters.web.conftest import Window, path_in

FILMS = {"heat-1995": "Heat", "carol-2015": "Carol", "aftersun-2022": "Aftersun"}
MEMBERS = ("ana", "ben", "cleo", "dara", "mute")
MOST_PAGES = 150


@dataclass(frozen=True)
class Written:
    """A review of the model; its `word` stands nowhere else."""

    word: str
    member: str
    film: str
    stars: float
    private: bool = False
    hidden: bool = False
    deleted: bool = False


REVIEWS = (
    Written("quillwort", "ana", "heat-1995", 4.5),
    Written("brambling", "ben", "heat-1995", 1, private=True),
    Written("cormorant", "cleo", "heat-1995", 1.5, hidden=True),
    Written("dunnocks", "ben", "carol-2015", 3),
    Written("eglantine", "cleo", "carol-2015", 0.5, deleted=True),
    Written("fieldfare", "mute", "carol-2015", 5),
    Written("gallinule", "ana", "carol-2015", 2, private=True),
    Written("hawfinch", "cleo", "aftersun-2022", 3.5),
)
SEEN = {"dara": {"carol-2015"}}
"""Films marked as seen, without a review."""


def may_read(review: Written, reader: str, policy: str) -> bool:
    """The model: one's own; else what is shared, of somebody who may be heard, of a film that is open."""
    if review.deleted:
        return False
    if review.member == reader:
        return True
    if review.private or review.hidden or review.member == "mute":
        return False
    return is_open(review.film, reader, policy)


def is_open(film: str, reader: str, policy: str) -> bool:
    """The model: what others thought of a film is told to those who have seen it, where the club keeps that."""
    own = {each.film for each in REVIEWS if each.member == reader and not each.deleted}
    return policy != "seen" or film in own | SEEN.get(reader, set())


def score_of(film: str, reader: str, policy: str) -> float | None:
    """The model: the mean of what is shared of a film; a muted member's stars count, their words do not."""
    if not is_open(film, reader, policy):
        return None
    stars = [
        e.stars for e in REVIEWS if e.film == film and not (e.private or e.hidden or e.deleted)
    ]
    return sum(stars) / len(stars)


async def fill(window: Window, policy: str) -> None:
    room = window.room
    for each in REVIEWS:
        flags = " --private" if each.private else ""
        await room.say(
            each.member, f"/review {FILMS[each.film]}{flags} {each.stars}/5 About {each.word}."
        )
    for each in REVIEWS:
        if each.hidden:
            await room.say(
                "ana", ModerateCommand("hide", FILMS[each.film], each.member), admin=True
            )
        if each.deleted:
            answer = await room.say(each.member, f"delete my review of {FILMS[each.film]}")
            await room.press(each.member, answer, "Delete")
    await room.say("ana", "/moderate mute @mute", admin=True)
    for member, films in SEEN.items():
        for film in films:
            await room.say(member, f"seen {FILMS[film]}")
    await room.say("ana", f"/setup spoilers {policy}", admin=True)
    stranger = room.other("test:elsewhere")
    await stranger.say("zoe", "/review Heat 4/5 About zedoary.")


async def crawl(browser: Browser, more: Iterable[str] = ()) -> str:
    """Follow every link from the front page; return all that was read."""
    waiting = ["/", "/me", "/own", *(f"/film/{each}" for each in FILMS), *more]
    waiting += [f"/member/test:{each}" for each in MEMBERS]
    done: set[str] = set()
    read = ""
    while waiting and len(done) < MOST_PAGES:
        path = waiting.pop(0)
        if path in done:
            continue
        done.add(path)
        page = await browser.get(path)
        assert page.status in {200, 401, 404}, (path, page.status)
        read += page.html
        for link in page.links:
            parts = urlsplit(link)
            here = f"{parts.scheme}://{parts.netloc}" == browser.base
            known = parts.path.startswith("/film/") and parts.path.split("/")[2] not in FILMS
            if here and not known:  # films that nobody reviewed have nothing to tell
                waiting.append(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return read


def words_in(text: str) -> set[str]:
    known = {each.word for each in REVIEWS} | {"zedoary"}
    return known & set(re.findall(r"[a-z]+", text))


@pytest.mark.parametrize("policy", ["fold", "seen"])
async def test_everybody_reads_exactly_what_the_model_says(window: Window, policy: str) -> None:
    await fill(window, policy)
    for reader in (*MEMBERS, "newcomer") if policy == "seen" else ("ana", "dara", "mute"):
        expected = {each.word for each in REVIEWS if may_read(each, reader, policy)}
        browser = await window.signed_in(reader)
        assert words_in(await crawl(browser)) == expected, reader
    assert words_in(await crawl(window.browser())) == set()
    zoe = await window.signed_in("zoe", window.room.other("test:elsewhere"))
    assert words_in(await crawl(zoe)) == {"zedoary"}


@pytest.mark.parametrize("policy", ["fold", "seen"])
async def test_scores_are_of_what_the_model_counts(window: Window, policy: str) -> None:
    await fill(window, policy)
    for reader in ("ana", "ben", "cleo", "dara", "newcomer"):
        browser = await window.signed_in(reader)
        for film in FILMS:
            page = await browser.get(f"/film/{film}")
            found = re.search(r"(\d\.\d) from \d rating", page.words)
            expected = score_of(film, reader, policy)
            assert (found[1] if found else None) == (
                None if expected is None else f"{expected:.1f}"
            ), (reader, film)


@pytest.mark.parametrize("policy", ["fold", "seen"])
async def test_feeds_hold_what_their_owner_may_read(window: Window, policy: str) -> None:
    await fill(window, policy)
    for reader in ("ana", "dara"):
        browser = await window.signed_in(reader)
        made = await browser.press(await browser.get("/own"), "A feed of the reviews")
        (address,) = [each for each in made.links if each.endswith(".atom")]
        feed = await window.browser().get(address)
        expected = {each.word for each in REVIEWS if may_read(each, reader, policy)}
        assert words_in(feed.html) == expected, reader


async def test_scores_stay_locked_until_one_has_seen_the_film(window: Window) -> None:
    await fill(window, "seen")
    browser = await window.signed_in("dara")
    locked = await browser.get("/film/heat-1995")
    assert "unlock for you" in locked.words
    assert "4.5" not in locked.words
    assert "4.0" in (await browser.get("/film/carol-2015")).words
    figures = await browser.get("/figures")
    assert "Heat" not in figures.words


async def test_a_shared_review_is_all_that_its_link_opens(window: Window) -> None:
    room = window.room
    await room.say("ana", "/review Heat 4/5 About quillwort. ||About nightjar.||")
    words = "About quillwort. The hero dies at the end. About dusk."
    asked = await room.say("ana", f"/review Her 4/5 {words}")
    await room.press("ana", asked, "Show it as it is")
    browser = await window.signed_in("ana")
    made = await browser.press(await browser.get("/film/heat-1995"), "Share by a link")
    (address,) = [each for each in made.links if "/s/" in each]
    outside = window.browser()
    page = await outside.get(address)
    assert page.status == 200
    assert "About quillwort." in page.words
    assert "nightjar" not in page.html
    assert "nobody outside the club" not in page.words
    assert "Whoever has this link can read this one review" in page.words
    assert (await outside.get("/film/heat-1995")).status == 401
    made = await browser.press(await browser.get("/film/her-2013"), "Share by a link")
    (hers,) = [each for each in made.links if "/s/" in each]
    told = (await outside.get(hers)).words
    assert "About quillwort. […] About dusk." in told
    await room.say("ana", "/review Heat 4/5 --private About quillwort.")
    assert (await outside.get(address)).status == 404
    await room.say("ana", "/review Heat 4/5 About quillwort.")


async def test_a_shared_link_ends_when_it_is_ended_or_old(window: Window) -> None:
    room = window.room
    await room.say("ana", "/review Heat 4/5 About quillwort.")
    browser, outside = await window.signed_in("ana"), window.browser()
    addresses = []
    for _ in range(2):
        room.clock.forward(minutes=1)
        made = await browser.press(await browser.get("/film/heat-1995"), "Share by a link")
        addresses += [each for each in made.links if "/s/" in each]
    listed = await room.say("ana", "/web sessions")
    await room.press("ana", listed, "End 2")
    assert [(await outside.get(each)).status for each in addresses] == [404, 200]
    room.clock.forward(days=31)
    assert (await outside.get(addresses[1])).status == 404


async def test_a_link_of_the_chat_opens_no_feed_and_no_share(window: Window) -> None:
    link = path_in(await window.room.say("ana", "/web"), window.url)
    token = link.rpartition("/")[2]
    browser = window.browser()
    for path in (f"/s/{token}", f"/calendar/{token}.ics", f"/feed/{token}.atom"):
        assert (await browser.get(path)).status == 404
    browser.session.cookie_jar.update_cookies({"matinee": token})
    assert (await browser.get("/")).status == 401
