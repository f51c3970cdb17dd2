"""Feeds: a calendar that calendars take, with an address that can be ended; who left the club reads neither."""

from xml.etree import ElementTree as ET

from icalendar import Calendar

from bot.domain.ids import ClubId, MemberId
from tests.adapters.web.browser import Browser
from tests.adapters.web.conftest import Window

ATOM = "{http://www.w3.org/2005/Atom}"


async def calendar_of(browser: Browser) -> str:
    """Make a calendar address; return it."""
    made = await browser.press(await browser.get("/calendar"), "An address for your calendar")
    (address,) = [each for each in made.links if each.endswith(".ics")]
    return address


async def test_a_calendar_has_releases_nights_and_own_reminders(window: Window) -> None:
    say = window.room.say
    await say("ana", "/night new friday at 8")
    await say("ana", "/remind Anora")
    await say("ana", "/remind Carol at 6pm tomorrow")
    await say("ben", "/remind The Zone of Interest")
    feed = await window.browser().get(await calendar_of(await window.signed_in("ana")))
    assert feed.headers["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(feed.html)
    found = {str(each["summary"]): each for each in calendar.walk("VEVENT")}
    assert "All of Us Strangers: UK cinemas" in found
    assert "Anora: UK cinemas" in found
    assert str(found["Carol (2015)"].decoded("dtstart")).startswith("2024-01-21 18:00")
    night = next(each for name, each in found.items() if name.startswith("Film night"))
    assert b"TZID=Europe/London" in night.to_ical()
    assert len(list(calendar.walk("VTIMEZONE"))) == 1
    assert len({str(each["uid"]) for each in found.values()}) == len(found)
    ben = await window.browser().get(await calendar_of(await window.signed_in("ben")))
    assert "Anora" not in ben.html


async def test_a_feed_is_sent_again_only_when_it_has_changed(window: Window) -> None:
    browser = await window.signed_in("ana")
    address, reader = await calendar_of(browser), window.browser()
    first = await reader.get(address)
    assert first.headers["Cache-Control"] == "private, max-age=900"
    again = await reader.get(address, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.html) == (304, "")
    await window.room.say("ana", "/night new friday at 8")
    assert (await reader.get(address, **{"If-None-Match": first.headers["ETag"]})).status == 200


async def test_another_address_ends_the_former_one(window: Window) -> None:
    browser, reader = await window.signed_in("ana"), window.browser()
    first, second = await calendar_of(browser), await calendar_of(browser)
    assert [(await reader.get(each)).status for each in (first, second)] == [404, 200]
    await window.room.say("ana", "/web end")
    assert (await reader.get(second)).status == 404


async def test_reviews_come_as_atom_with_spoilers_hidden(window: Window) -> None:
    await window.room.say("ben", "/review Heat 4/5 Precise <b>men</b>. ||They meet.||")
    browser = await window.signed_in("ana")
    made = await browser.press(await browser.get("/own"), "A feed of the reviews")
    (address,) = [each for each in made.links if each.endswith(".atom")]
    feed = await window.browser().get(address)
    root = ET.fromstring(feed.html)  # noqa: S314 - made here
    (entry,) = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "ben on Heat (1995) ★★★★"
    assert entry.findtext(f"{ATOM}content") == "Precise <b>men</b>. [spoiler hidden]"
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.attrib["href"] == f"{window.url}/film/heat-1995"


class Doorkeeper:
    """A platform's directory: who is in the club now."""

    def __init__(self, *names: str) -> None:
        self.there = {MemberId(f"test:{each}") for each in names}

    async def name(self, club_id: ClubId, member_id: MemberId) -> str | None:
        del club_id
        return "somebody" if member_id in self.there else None


async def test_who_has_left_the_club_opens_no_page_no_feed_and_no_link(window: Window) -> None:
    await window.room.say("ben", "/review Heat 4/5 Precise.")
    browser = await window.signed_in("ana")
    feed, link = await calendar_of(browser), await window.link("ana")
    window.room.bot.directories.add("test", Doorkeeper("ben"))
    for path in ("/", "/film/heat-1995", "/own", "/figures", "/nights"):
        page = await browser.get(path)
        assert "Precise" not in page.html, path
        assert "not in that club any more" in page.words, path
    assert (await window.browser().get(feed)).status == 403
    assert (await window.browser().post(link, {})).status == 410
    assert (await (await window.signed_in("ben")).get("/")).status == 200
