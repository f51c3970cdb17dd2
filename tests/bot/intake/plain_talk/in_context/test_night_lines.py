"""What lines without a command do while a film night is open, stage by stage; each line begins its answer so."""

from datetime import UTC, datetime

import pytest

from bot.features.nights.commands import ACTIONS
from bot.intake.plain_talk.in_context.nights.phrases import MEANINGS
from bot.intake.plain_talk.phrases.phrases import night_phrases
from tests.support import Room, text

CARD, BALLOT = "Film night ·", "Your ballot"
IN, OUT = "You're in.", "A pity."

NOMINATING = (
    ("sorry i can't make it after all", OUT), ("actually i can", IN), ("i can't", OUT), ("me too but i'll be late", IN),
    ("can't make it friday, i'm working", OUT), ("great, count me in", IN), ("something came up", OUT), ("me too", IN),
    ("not coming, sorry", OUT), ("i'm coming, might be late", IN), ("i have to cancel", OUT), ("yes i'll be there", IN),
    ("i can't come because my mum is ill", OUT), ("in", IN), ("ich kann leider nicht", OUT), ("ich bin dabei", IN),
    ("so what are we watching", CARD), ("ok what are we watching then", CARD), ("when do we start", CARD), ("what's the film", CARD),
    ("I suggest Paddington 2", "Nominated: Paddington 2 (2017)."), ("actually not paddington 2, take it back", "Paddington 2 (2017) is not nominated"),
    ("nominate Paddington 2 and Whiplash", "Nominated: Paddington 2 (2017) and Whiplash (2014)."),
    ("not paddington 2, i meant heat", "Nominated: Heat (1995), instead of Paddington 2 (2017)."),
    ("swap whiplash for parasite", "Nominated: Parasite (2019), instead of Whiplash (2014)."),
    ("how about Carol", "Did you mean /night nominate Carol?"), ("let's watch Carol instead", "Did you mean /night nominate Carol?"),
    ("can you remind everyone an hour before", "I remind everyone who comes by myself"),
    ("remind us all on saturday about film night", "I remind everyone who comes by myself"),
    ("who voted", CARD), ("who has voted", CARD), ("changed my mind, i can come", IN), ("+1", IN),
    ("saturday is bad for me", "Did you mean /night out?"), ("i can host", "Did you mean /night host @ben?"),
    ("make that sunday at 8", "Did you mean /night move sunday at 8?"),
    ("i can only do sunday", "Did you mean /night move sunday?"),
    ("i propose we watch Ran", "2 films each. Nominate Ran (1985) instead of one of yours?"),
)  # fmt: skip

VOTING = (
    ("vote 1", BALLOT), ("i changed my mind, heat", BALLOT), ("change my vote to paddington 2", BALLOT),
    ("I'd vote Paddington 2 I guess", BALLOT), ("not heat please", BALLOT), ("i'd rather watch Heat", BALLOT),
    ("heat, not paddington 2", BALLOT), ("how did i vote", BALLOT), ("vote", BALLOT), ("open the vote", BALLOT),
    ("i'd rather watch Carol", "“Carol” is not on the ballot."), ("how did dev vote?", "Ballots are private"),
    ("who voted for what", "Ballots are private"), ("who has voted", CARD), ("show the vote", CARD),
    ("how many have voted", CARD), ("heat 4/5", "Saved your review of Heat (1995)"),
    ("1 and 2", BALLOT), ("i like 2 but not 1", BALLOT), ("the second one please", BALLOT), ("all of them are fine", BALLOT),
    ("any of those works for me", BALLOT), ("i don't mind", BALLOT), ("close it", "Did you mean /night close?"),
    ("i'm in, i'll bring crisps", IN), ("it's off, sorry guys", "Did you mean /night cancel?"), ("where do we meet", "I keep no place"),
    ("heat yes, paddington 2 fine", BALLOT), ("paddington 2: no, heat: yes please", BALLOT), ("no to heat", BALLOT), ("heat fine", BALLOT),
    ("is heat ok?", "What would you like to do with Heat (1995)?"), ("saturday is great", "I'm not sure"),
    ("ana should host", "Did you mean /night host @ana?"), ("what time is it", CARD), ("not sure yet", CARD), ("who's hosting", CARD),
)  # fmt: skip

BY_FILM = (
    ("heat yes, paddington 2 fine", "1"),
    ("paddington 2: no, heat: yes please", "1 / 2"),
    ("heat and paddington 2 yes", "1 2"),
    ("yes to paddington 2, no to heat", "2 / 1"),
)
"""Levels given film by film, and the same as numbers."""

NO_VOTES = (
    "i don't mind heat",
    "any good?",
    "it's off the charts",
    "the last one was better",
    "8 and a half is great",
    "1917 and heat are great",
)
"""Lines that are about films, and not about the vote that is open."""

MOVING = (
    ("change it to saturday", "The film night is on Sat 27 Jan 2024, 20:00"),
    ("bring it forward to 7pm", "The film night is on Sat 27 Jan 2024, 19:00"),
    ("move it to 7pm", "The film night is on Sat 27 Jan 2024, 19:00 (Europe/London) already."),
    ("can we start at 8:30 instead", "Did you mean /night move 8:30?"), ("yes", "The film night is on Sat 27 Jan 2024, 20:30"),
    ("can we do sunday instead", "Did you mean /night move sunday?"), ("no", "All right. Nothing was changed."), ("yes", "I'm not sure which answer"),
    ("an hour later please", "Did you mean /night move an hour later?"), ("heat", "Heat (1995)"), ("yes", "I'm not sure which answer"),
    ("cancel the film night", "Did you mean /night cancel?"), ("yes please", "The film night is off."),
)  # fmt: skip

THANKS = "Thank you."


async def _all(room: Room, member: str, lines: tuple[tuple[str, str], ...]) -> list[str]:
    """Return the lines whose answers begin otherwise, with these answers."""
    answers = [(line, text(await room.say(member, line)), begins) for line, begins in lines]
    return [
        f"{line} -> {answer[:90]}" for line, answer, begins in answers if begins not in answer[:200]
    ]


@pytest.fixture
async def club(room: Room) -> Room:
    """A night on Friday at eight, hosted by ana, for which nothing is nominated."""
    await room.say("ana", "/night new friday at 8")
    await room.deliver()
    return room


async def test_before_the_vote(club: Room) -> None:
    assert await _all(club, "ben", NOMINATING) == []


async def test_while_the_vote_is_open(club: Room) -> None:
    await club.say("ben", "nominate heat, paddington 2")
    assert "Only ana" in text(await club.say("ben", "open the vote"))
    assert text(await club.say("ana", "open the vote")).startswith("Nominations are closed")
    assert await _all(club, "ben", VOTING) == []


async def test_what_is_said_of_films_is_no_vote(club: Room) -> None:
    await club.say("ben", "nominate heat, paddington 2")
    await club.say("ana", "/night open")
    for line in NO_VOTES:
        answer = text(await club.say("ben", line))
        assert not answer.startswith((BALLOT, "How do you feel", "Did you mean /night")), line


async def test_a_vote_in_words_is_the_one_in_numbers(club: Room) -> None:
    await club.say("ben", "nominate heat, paddington 2")
    await club.say("ana", "/night open")
    for line in (
        "vote paddington 2, heat",
        "my vote: Heat, then Paddington 2",
        "/night vote heat and paddington 2",
    ):
        await club.say("ben", "/night vote 3")
        said = await club.say("ben", line)
        assert text(said) == text(await club.say("ben", "/night vote 1, 2")), line
    for line, numbers in BY_FILM:
        await club.say("ben", "/night vote 3")
        said = await club.say("ben", line)
        assert text(said) == text(await club.say("ben", f"/night vote {numbers}")), line
    await club.say("ben", "/night vote 2")
    await club.say("ben", "not heat please")
    assert text(await club.say("ben", "vote")) == text(await club.say("ben", "/night vote 2 / 1"))


async def test_what_is_said_against_a_film_is_no_vote_for_it(club: Room) -> None:
    await club.say("ben", "nominate heat, paddington 2")
    await club.say("ana", "/night open")
    for line in (
        "i vote against heat",
        "vote not heat",
        "definitely not heat",
        "no heat",
        "anything but heat",
        "i vote no on heat",
    ):
        against = text(await club.say("ben", "/night vote 2 / 1"))
        await club.say("ben", "/night vote 2")
        assert text(await club.say("ben", line)) == against, line
    for line in ("no wait, heat", "no, heat", "i meant heat", "make it heat", "actually heat"):
        loved = text(await club.say("ben", "/night vote 1"))
        await club.say("ben", "/night vote 2")
        assert text(await club.say("ben", line)) == loved, line
    refused = await club.say("ben", "my vote goes to Paddington 2 and Carol")
    assert text(refused).startswith("“Carol” is not on the ballot.")


async def test_moving_and_agreeing(club: Room) -> None:
    assert await _all(club, "ana", MOVING) == []


async def test_what_is_said_of_the_film_is_its_rating(club: Room) -> None:
    for name in ("ben", "cleo", "dev"):
        await club.say(name, "/night in")
    await club.say("ana", "/night choose heat")
    assert text(await club.say("ben", "so its heat right?")).startswith(CARD)
    club.clock.instant = datetime(2024, 1, 27, 0, 30, tzinfo=UTC)
    await club.deliver()
    asleep = "fell asleep lol"
    answers = [
        text(await club.say(who, line))
        for who, line in (
            ("ben", "meh. 2.5"), ("ben", "i take back what i said, 4 stars"), ("cleo", "i give it 3 because i slept"),
            ("dev", asleep), ("dev", "4,5 Sterne, wunderschön"), ("ana", "what did ben think of it"), ("ana", "a 4 from me"),
        )
    ]  # fmt: skip
    assert answers[3].startswith("Your rating is missing.")
    assert answers[5].startswith("No review of Heat (1995) by ben")
    assert all(each.startswith(THANKS) for each in answers[:3] + answers[4:5] + answers[6:]), (
        answers
    )
    told = text(await club.say("ana", "how did everyone rate it"))
    assert "because i slept — cleo · ★★★" in told
    assert "wunderschön — dev · ★★★★½" in told
    assert "meh" not in told
    assert told == text(await club.say("ana", "how did everyone rate heat"))


async def test_a_title_with_another_article_is_asked_about(club: Room) -> None:
    asked = await club.say("ben", "nominate The Room")
    assert text(asked).startswith("I don't know The Room. Did you mean one of these?")
    assert text(await club.press("ben", asked, "Room (2015)")).startswith("Nominated: Room (2015)")
    assert text(await club.say("ben", "nominate Dark Knight")).startswith("Nominated: The Dark")


async def test_a_nomination_is_taken_back(club: Room) -> None:
    await club.say("ben", "nominate Heat")
    asked = await club.say("ben", "undo")
    gone = await club.press("ben", asked, "Heat (1995) nominated")
    assert text(gone) == "Heat (1995) is not nominated by you any more."


async def test_without_a_night_such_lines_mean_what_they_always_do(room: Room) -> None:
    assert "No film night" in text(await room.say("ben", "count me in"))
    assert not text(await room.say("ben", "me too")).startswith(IN)


def test_every_meaning_of_a_night_has_its_command() -> None:
    assert {each.means for each in night_phrases()} == set(MEANINGS)


def test_discord_offers_no_more_actions_than_it_takes() -> None:
    assert len(ACTIONS[2:]) <= 25
