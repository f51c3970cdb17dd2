"""Many reminders of one place and instant: several messages, each of which names all it settles."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from adapters.discord.outgoing.render import render as for_discord
from adapters.slack.outgoing.render import SHORTENED
from adapters.slack.outgoing.render import render as for_slack
from bot.delivery.planning import MOST_FILMS, MOST_MEMBERS, PlanningContext, plan
from bot.domain.films.film import Film, ReleaseKind
from bot.domain.films.reminders import Reminder
from bot.domain.ids import ClubId, MemberId, PlaceId, ReminderId
from bot.messages.replies import Paragraph, Reply
from bot.messages.spans import Mention
from tests.support import Room, items

MANY = 100


async def ask(room: Room, place: PlaceId, wanted: Sequence[tuple[str, Film]], at: datetime) -> None:
    """Plan a reminder of each film for each member, all due at once."""
    club = ClubId(room.club)
    async with room.store.writing(club) as work:
        planning = PlanningContext(work, await work.clubs.get(), room.ids, room.clock.now())
        for member, film in wanted:
            reminder = Reminder(
                reminder_id=ReminderId(room.ids.new()),
                club_id=club,
                member_id=MemberId(f"test:{member}"),
                film_id=film.film_id,
                region="GB",
                kind=ReleaseKind.CINEMA,
                place=place,
                created_at=room.clock.now(),
                direct=False,
                fixed=True,
            )
            await plan(reminder, at, planning)


async def deliver(room: Room) -> list[Reply]:
    """Let an hour go by in which all of them come due."""
    room.clock.forward(hours=1)
    return [reply for _, reply in await room.deliver()]


def _named(reply: Reply) -> list[str]:
    """Return the titles of the films that a message of reminders names."""
    listed = [each.title for each in items(reply)]
    return listed or [reply.summary]


def _whole(reply: Reply) -> bool:
    """Return whether each platform shows all of a message, buttons and all."""
    discord, slack = for_discord(reply, mark=1_000), for_slack(reply)
    texts = str([item.to_component_dict() for item in discord.items])
    films = [each.title for each in items(reply)]
    shown = all(title in texts or len(films) == 0 for title in films)
    return (
        shown and not discord.files and not slack.documents and SHORTENED not in str(slack.blocks)
    )


async def test_100_films_due_at_once_are_all_named_once(
    room: Room, starter: tuple[Film, ...]
) -> None:
    films = starter[:MANY]
    at = room.clock.now() + timedelta(minutes=30)
    await ask(room, room.caller("ana").place, [("ana", film) for film in films], at)
    said = await deliver(room)

    named = Counter(title for reply in said for title in _named(reply))
    assert named == Counter(film.title for film in films)
    assert max(len(items(reply)) for reply in said) == MOST_FILMS
    assert all(map(_whole, said))
    assert await deliver(room) == []


async def test_100_members_who_wait_for_one_film_are_all_mentioned_once(
    room: Room, starter: tuple[Film, ...]
) -> None:
    members = [f"member{number}" for number in range(MANY)]
    at = room.clock.now() + timedelta(minutes=30)
    await ask(room, room.caller("ana").place, [(each, starter[0]) for each in members], at)
    said = await deliver(room)

    spans = [span for r in said for b in r.blocks if isinstance(b, Paragraph) for span in b.spans]
    mentioned = [span.member_id for span in spans if isinstance(span, Mention)]
    assert Counter(mentioned) == Counter(f"test:{each}" for each in members)
    assert len(said) == -(-MANY // MOST_MEMBERS)
    assert all(map(_whole, said))


@pytest.mark.parametrize("apart", [timedelta(), timedelta(minutes=1)])
async def test_100_reminders_that_are_long_overdue_are_all_named_once(
    room: Room, starter: tuple[Film, ...], apart: timedelta
) -> None:
    """Digests, too, hold no more than is named in them."""
    place, films = room.caller("ana").place, starter[:MANY]
    for number, film in enumerate(films):
        at = room.clock.now() + timedelta(minutes=30) + number * apart
        await ask(room, place, [("ana", film)], at)
    room.clock.forward(days=3)
    said = await deliver(room)

    named = Counter(title for reply in said for title in _named(reply))
    assert sum(named.values()) == MANY
    assert len(said) <= MANY / 4
    assert all(map(_whole, said))
    assert await deliver(room) == []
