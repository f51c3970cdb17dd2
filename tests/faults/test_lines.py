"""Typed lines and what the answer says, at noon on Wednesday 25 March 2026, in a club in London."""

from datetime import UTC, datetime

import pytest

from tests.support import Room, items, text

SPRING = datetime(2026, 3, 25, 12, tzinfo=UTC)

ANSWERS = [
    # times
    ("/remind Carol T18:00+02:00", "Wed 25 Mar 2026, 16:00"),
    ("/remind Carol 11:00+01:00", "Thu 26 Mar 2026, 10:00"),
    ("/remind Carol friday at 6", "Fri 27 Mar 2026, 18:00"),
    ("/remind Carol the 5th", "Sun 5 Apr 2026, 09:00"),
    ("/remind Carol 24/3/26", "has passed already"),
    ("/remind Carol 6pm EST", "can't tell which zone “EST” is"),
    ("remind me of Carol tomorrow at 8", "Thu 26 Mar 2026, 08:00"),
    ("/remind Gladiator", "Gladiator (2000) has been out for years"),
    ("/remind cancel", "no reminders"),
    # days on which a film was seen
    ("/review Her 4/5 fine --on yesterday", "seen 24 March 2026"),
    ("/review Her 4/5 fine --on last friday", "seen 20 March 2026"),
    ("/review Her 4/5 fine --on 1.2.98", "seen 1 February 1998"),
    ("/review Her 4/5 fine --on tomorrow", "“tomorrow” is still to come"),
    ("/review Her 4/5 fine --on 5/6/2027", "“5/6/2027” is still to come"),
    ("Her watched yesterday, 4 stars", "Saved your review of Her (2013): ★★★★ · seen 24 March 2026"),
    ("Her, saw it last friday, four stars", "★★★★ · seen 20 March 2026"),
    # countries and zones
    ("/settings region Turkey zone Istanbul", "Europe/Istanbul"),
    ("/settings zone Buenos Aires", "America/Argentina/Buenos_Aires"),
    ("/settings zone Turkey", "Europe/Istanbul"),
    ("/settings zone Deutschland", "Europe/Berlin"),
    ("/settings zone Spain", "Spain has several time zones"),
    ("/settings zone New York", "America/New_York"),
    ("/settings region Bosnia", "Region: Bosnia"),
    ("/settings region U.K.", "Region: UK"),
    ("/settings zone EST", "can't tell which time zone"),
    ("/settings zone localtime", "can't tell which time zone"),
    # ratings
    ('/review "Aftersun" 1 of the best films', "“1 of the best films”. Save it?"),
    ('/review "Aftersun" 2 hours too long', "“2 hours too long”. Save it?"),
    ('/review "Aftersun" 5 minutes in I was crying', "“5 minutes in I was crying”. Save it?"),
    ('/review "Aftersun" 3 reasons', "“3 reasons”. Save it?"),
    ("/review Carol 3 out of 4 stars", "Carol (2015): ★★★★."),
    ('/review "Carol" 3 1/2 stars', "Carol (2015): ★★★½."),
    ("/review Her four and a half stars", "Her (2013): ★★★★½."),
    ("/review Her five out of five", "Her (2013): ★★★★★."),
    ("/review Her 4 🌟", "Her (2013): ★★★★."),
    ("/review Her B+", "Her (2013), ★★★★?"),
    ("/review Aftersun 4.5", "Aftersun (2022), ★★★★½?"),
    ("Aftersun 4.5 lovely", "Aftersun (2022), ★★★★½: “lovely”. Save it?"),
    ("Weekend rewatch four stars", "★★★★ · rewatch"),
    ("/review Weekend 4/5 gave up after 45 min", "did not finish after 45 min"),
    # titles
    ("Terminator 2", "Terminator 2: Judgment Day (1991)"),
    ("Paddington 3", "Paddington in Peru (2024)"),
    ("/film 2001", "2001: A Space Odyssey (1968)"),
    ("Borat", "Borat (2006)"),
    ("Toy Storry", "Showing Toy Story (1995)"),
    ("godfahter", "The Godfather (1972)"),
    ("amelie", "Amélie (2001)"),
    ("the thing", "Several films are called the thing"),
    ("dune", "Several films are called dune"),
    ("/film Jesus (2018)", "I don't know Jesus (2018)"),
    ("https://boxd.it/abcd", "is a short link, which I can't follow"),
    ("/review https://boxd.it/abcd 4/5 nice", "is a short link, which I can't follow"),
    ("/recommend like https://boxd.it/abcd", "is a short link, which I can't follow"),
    ("https://www.imdb.com/title/tt1798709/", "Her (2013)"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "answer"), ANSWERS)
async def test_a_line_is_answered_as_meant(room: Room, line: str, answer: str) -> None:
    room.clock.instant = SPRING
    assert answer in text(await room.say("ana", line))


@pytest.mark.parametrize(
    ("line", "count", "told"),
    [
        ("/recommend count:50", 10, True),
        ("/recommend count 50", 10, True),
        ("/recommend 50 films", 10, True),
        ("/recommend a dozen funny films", 10, True),
        ("/recommend count ten", 10, False),
        ("/recommend 3 films", 3, False),
        ("/recommend 3", 3, False),
        ("/recommend count:3 funny", 3, False),
        ("/recommend", 5, False),
    ],
)
async def test_as_many_as_asked_for_up_to_ten(
    room: Room, line: str, count: int, *, told: bool
) -> None:
    await room.say("ana", "/review Her 4/5")
    answer = await room.say("ana", line)
    assert len(items(answer)) == count
    assert ("I pick ten at most." in text(answer)) is told


async def test_the_time_is_kept_while_the_film_is_asked_for(room: Room) -> None:
    room.clock.instant = SPRING
    for line in ("/remind Dune friday at 6", "remind me of dune friday at 6"):
        asked = await room.say("ana", line)
        assert "Several films are called" in text(asked)
        told = await room.press("ana", asked, "Dune (2021)")
        assert "Dune (2021) on Fri 27 Mar 2026, 18:00" in text(told)


async def test_obscure_films_of_a_decade_are_not_those_that_all_know(room: Room) -> None:
    await room.say("ana", "/review Her 4/5")
    few, many = [
        {each.film_id for each in items(await room.say("ana", f"/recommend {fame} from the 90s"))}
        for fame in ("obscure", "popular")
    ]
    assert len(few) == len(many) == 5
    assert not few & many
    assert "heat-1995" not in few


async def in_company(room: Room) -> None:
    for name in ("kofi", "max", "bob"):
        await room.say(name, "/review Her 4/5")


@pytest.mark.parametrize(
    ("line", "company"),
    [
        ("with kofi, max something funny", "For ana, kofi and max: funny films"),
        ("with kofi max something funny", "For ana, kofi and max: funny films"),
        ("with kofi and max something funny", "For ana, kofi and max: funny films"),
        ("with max and kofi, sad", "For ana, max and kofi: sad films"),
        ("with kofi, max and bob, sad", "For ana, kofi, max and bob: sad films"),
        ("with kofi, max", "For ana, kofi and max"),
        ("with kofi, funny and sad", "For ana and kofi: funny and sad films"),
    ],
)
async def test_names_are_told_from_words_by_who_is_here(
    room: Room, line: str, company: str
) -> None:
    await in_company(room)
    assert text(await room.say("ana", f"/recommend {line}")).startswith(company)


async def test_who_is_not_here_is_no_word(room: Room) -> None:
    await in_company(room)
    refused = text(await room.say("ana", "/recommend with kofi and zorro"))
    assert "I don't know a member called “zorro”" in refused


async def test_changes_are_offered_to_be_taken_back_on_the_members_scale(room: Room) -> None:
    await room.say("ana", "/settings scale ten")
    await room.say("ana", "/review Her 4/5")
    offered = await room.say("ana", "undo")
    labels = [each.label for block in offered.blocks for each in getattr(block, "actions", ())]
    assert "Review of Her (2013), 8/10" in labels
