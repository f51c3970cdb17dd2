"""Signing in: by a link from the chat, once, by a press alone; sessions end when they are ended."""

from tests.adapters.web.conftest import Window


async def test_looking_at_a_link_spends_nothing_and_pressing_spends_it(window: Window) -> None:
    link = await window.link("ana")
    preview, browser, thief = window.browser(), window.browser(), window.browser()
    for _ in range(3):
        assert (await preview.get(link)).status == 200
    page = await browser.press(await browser.get(link), "Sign in")
    assert page.status == 200
    assert page.url == f"{window.url}/"
    replayed = await thief.post(link, {})
    assert replayed.status == 410
    assert (await thief.get(link)).status == 410
    assert (await thief.get("/")).status == 401
    assert (await browser.get("/")).status == 200


async def test_a_link_ends_after_ten_minutes_and_when_another_one_is_asked_for(
    window: Window,
) -> None:
    first = await window.link("ana")
    second = await window.link("ana")
    browser = window.browser()
    assert (await browser.get(first)).status == 410
    window.room.clock.forward(minutes=9)
    assert (await browser.get(second)).status == 200
    window.room.clock.forward(minutes=1)
    assert (await browser.post(second, {})).status == 410


async def test_the_cookie_is_for_this_host_alone_and_out_of_reach_of_scripts(
    window: Window,
) -> None:
    browser = window.browser()
    link = await window.link("ana")
    async with browser.session.post(
        f"{window.url}{link}", allow_redirects=False, headers={"Origin": window.url}
    ) as response:
        cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("matinee=")
    for part in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"):
        assert part in cookie
    assert "Domain" not in cookie


async def test_a_session_lasts_thirty_days(window: Window) -> None:
    browser = await window.signed_in("ana")
    window.room.clock.forward(days=29)
    assert (await browser.get("/")).status == 200
    window.room.clock.forward(days=1)
    assert (await browser.get("/")).status == 401


async def test_sessions_are_listed_in_the_chat_and_ended_there(window: Window) -> None:
    browser = await window.signed_in("ana")
    other = await window.signed_in("ben")
    listed = await window.room.say("ana", "/web sessions")
    assert "Firefox on Linux" in str(listed.blocks)
    await window.room.say("ben", "/web sessions")
    await window.room.press("ana", listed, "End 1")
    assert (await browser.get("/")).status == 401
    assert (await other.get("/")).status == 200


async def test_nobody_ends_the_session_of_another(window: Window) -> None:
    browser = await window.signed_in("ana")
    listed = await window.room.say("ana", "/web sessions")
    await window.room.press("ben", listed, "End 1")
    assert (await browser.get("/")).status == 200


async def test_signing_out_ends_the_session_for_whoever_has_the_cookie(window: Window) -> None:
    browser = await window.signed_in("ana")
    thief = window.browser()
    thief.session.cookie_jar.update_cookies(
        {each.key: each.value for each in browser.session.cookie_jar}
    )
    assert (await thief.get("/")).status == 200
    await browser.press(await browser.get("/"), "Sign out")
    assert (await browser.get("/")).status == 401
    assert (await thief.get("/")).status == 401


async def test_neither_tokens_nor_links_are_stored(window: Window) -> None:
    link = await window.link("ana")
    browser = window.browser()
    await browser.press(await browser.get(link), "Sign in")
    session = next(iter(browser.session.cookie_jar)).value
    raw = (window.room.store.transactions, link)  # type: ignore[attr-defined]  # the real store
    del raw
    async with window.room.store.reading(window.room.caller("ana").club_id) as work:
        kept = str(await work.web_keys.of(window.room.caller("ana").member_id))
    assert link.rpartition("/")[2] not in kept
    assert session not in kept
    assert await _receipts_with(window, link.rpartition("/")[2]) == 0


async def _receipts_with(window: Window, token: str) -> int:
    async with window.room.store.reading(window.room.caller("ana").club_id) as work:
        number = window.room.requests
        stored = [await work.receipts.get(f"{window.room.club} {n}") for n in range(number + 1)]
    return sum(token in (each or "") for each in stored)


async def test_who_forgets_themselves_is_signed_out(window: Window) -> None:
    await window.room.say("ana", "/review Heat 4/5")
    browser = await window.signed_in("ana")
    answer = await window.room.say("ana", "/forget")
    await window.room.press("ana", answer, "Erase everything")
    assert (await browser.get("/")).status == 401


async def test_where_no_pages_are_served_the_chat_says_so(window: Window) -> None:
    window.room.bot.reader.web_url = ""
    reply = await window.room.say("ana", "/web")
    assert "has not switched the club's pages on" in reply.summary
