"""Clubs, members, marks, reminders with their plans, calendars, drafts and receipts."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.clubs.club import Club, MarkKind, SpoilerPolicy
from bot.domain.deliveries import DeliveryState, Sent
from bot.domain.errors import StoreError
from bot.domain.films.calendar_events import CalendarEvent
from bot.domain.films.film import ReleaseKind
from bot.domain.films.reminders import ReminderState
from bot.domain.ids import ClubId, DraftId, FilmId, MemberId, PlaceId, ReminderId
from bot.domain.reviews.ratings import Scale
from bot.ports.store import Store
from bot.ports.tables.requests import BUTTONS_KEPT, UNFINISHED_KEPT
from tests.db.make import (
    ANA,
    BEN,
    CLUB,
    FILM,
    NOON,
    OTHER,
    delivery,
    draft,
    later,
    mark,
    member,
    reminder,
)


async def test_a_club_never_set_up_has_the_usual_settings(store: Store) -> None:
    async with store.reading(CLUB) as work:
        assert await work.clubs.get() == Club(CLUB)
        assert work.club_id == CLUB


async def test_a_clubs_settings_come_back(store: Store) -> None:
    club = Club(
        CLUB,
        name="Friday films",
        region="DE",
        zone="Europe/Berlin",
        hour=time(18, 30),
        channel=PlaceId("console:demo/evening"),
        spoilers=SpoilerPolicy.SEEN,
        announce_reviews=False,
        weekly=True,
    )
    async with store.writing(CLUB) as work:
        await work.clubs.save(replace(club, name="first"))
        await work.clubs.save(club)
    async with store.reading(CLUB) as work:
        assert await work.clubs.get() == club


async def test_the_clubs_that_an_application_serves_are_those_it_has_not_left(store: Store) -> None:
    third = ClubId("console:third")
    for club in (
        Club(OTHER, application="discord:7"),
        Club(CLUB, application="discord:7"),
        Club(third, application="discord:8"),
    ):
        async with store.writing(club.club_id) as work:
            await work.clubs.save(club)
    assert await store.clubs_served("discord:7") == [CLUB, OTHER]
    async with store.writing(OTHER) as work:
        await work.clubs.save(Club(OTHER, application="discord:7", left_at=NOON))
    assert await store.clubs_served("discord:7") == [CLUB]
    assert await store.clubs_served("slack:1") == []


async def test_a_member_comes_back(store: Store) -> None:
    ana = member(
        region="JP",
        zone="Asia/Tokyo",
        scale=Scale.TEN,
        quotable=False,
        direct=False,
        last_active=later(1),
    )
    async with store.writing(CLUB) as work:
        await work.members.save(member(name="An"))
        await work.members.save(ana)
    async with store.reading(CLUB) as work:
        assert await work.members.get(ANA) == ana
        assert await work.members.get(BEN) is None


@pytest.mark.parametrize(
    ("name", "asked"), [("Ana", "ANA"), ("STRASSE", "straße"), ("Ｋｅｎ", "ken"), (" Zoë", "zoë")]
)
async def test_a_member_is_found_by_name_whatever_the_case(
    store: Store, name: str, asked: str
) -> None:
    async with store.writing(CLUB) as work:
        await work.members.save(member(name=name))
        found = await work.members.named(asked)
        assert found is not None
        assert found.member_id == ANA
        assert await work.members.named("nobody") is None


async def test_of_two_with_alike_names_the_exact_one_is_found(store: Store) -> None:
    async with store.writing(CLUB) as work:
        await work.members.save(member("console:1", "sam"))
        await work.members.save(member("console:2", "Sam"))
        found = await work.members.named("Sam")
    assert found is not None
    assert found.member_id == "console:2"


async def test_members_are_listed_by_name(store: Store) -> None:
    async with store.writing(CLUB) as work:
        for name in ("zoe", "Ben", "ana"):
            await work.members.save(member(f"console:{name}", name))
        assert [each.name for each in await work.members.all()] == ["ana", "Ben", "zoe"]


async def test_marks_are_listed_newest_first(store: Store) -> None:
    seen = mark(at=later(1))
    never = mark(MarkKind.NEVER, at=later(3))
    wanted = mark(MarkKind.WATCHLIST, member_id=BEN, at=later(2))
    async with store.writing(CLUB) as work:
        for each in (seen, never, wanted):
            await work.marks.put(each)
        assert await work.marks.of([ANA, BEN]) == [never, wanted, seen]
        assert await work.marks.of([BEN, BEN]) == [wanted]
        assert await work.marks.of([]) == []


async def test_a_mark_set_again_has_the_later_time(store: Store) -> None:
    async with store.writing(CLUB) as work:
        await work.marks.put(mark())
        await work.marks.put(mark(at=later(5)))
        assert await work.marks.of([ANA]) == [mark(at=later(5))]


async def test_a_mark_is_taken_away_once(store: Store) -> None:
    async with store.writing(CLUB) as work:
        await work.marks.put(mark())
        await work.marks.put(mark(MarkKind.WATCHLIST))
        assert await work.marks.remove(ANA, FILM, MarkKind.SEEN)
        assert not await work.marks.remove(ANA, FILM, MarkKind.SEEN)
        assert not await work.marks.remove(BEN, FILM, MarkKind.WATCHLIST)
        assert not await work.marks.remove(ANA, FilmId("her-2013"), MarkKind.WATCHLIST)
        assert await work.marks.of([ANA]) == [mark(MarkKind.WATCHLIST)]


async def test_a_reminder_comes_back(store: Store) -> None:
    planned = reminder(
        direct=False,
        lead=timedelta(days=1, microseconds=1),
        day=NOON.date(),
        due_at=NOON,
        state=ReminderState.PLANNED,
    )
    async with store.writing(CLUB) as work:
        await work.reminders.save(reminder())
        assert await work.reminders.get(ReminderId("m1")) == reminder()
        await work.reminders.save(planned)
    async with store.reading(CLUB) as work:
        assert await work.reminders.get(ReminderId("m1")) == planned
        assert await work.reminders.get(ReminderId("none")) is None


async def test_reminders_are_listed_soonest_first_without_those_taken_back(store: Store) -> None:
    made = [
        reminder("waits", created_at=later(-9)),
        reminder("late", due_at=later(9), state=ReminderState.PLANNED),
        reminder("soon", due_at=later(1), state=ReminderState.PLANNED),
        reminder("done", due_at=later(-1), state=ReminderState.DELIVERED),
        reminder("off", state=ReminderState.CANCELLED),
        reminder("bens", member_id=BEN),
    ]
    async with store.writing(CLUB) as work:
        for each in made:
            await work.reminders.save(each)
        found = await work.reminders.of_member(ANA)
    assert [each.reminder_id for each in found] == ["done", "soon", "late", "waits"]


async def test_reminders_of_one_place_and_instant_are_found_together(store: Store) -> None:
    at_noon = {"due_at": NOON, "state": ReminderState.PLANNED}
    made = [
        reminder("second", created_at=later(1), member_id=BEN, **at_noon),
        reminder("first", **at_noon),
        reminder("elsewhere", place=PlaceId("there"), **at_noon),
        reminder("later", due_at=later(1), state=ReminderState.PLANNED),
        reminder("said", due_at=NOON, state=ReminderState.DELIVERED),
    ]
    async with store.writing(CLUB) as work:
        for each in made:
            await work.reminders.save(each)
        found = await work.reminders.due(made[0].place, NOON)
    assert [each.reminder_id for each in found] == ["first", "second"]


async def test_a_day_can_move_what_waits_and_what_is_not_past(store: Store) -> None:
    today = NOON.date()
    planned = ReminderState.PLANNED
    made = [
        reminder("waits"),
        reminder("today", day=today, due_at=NOON, state=planned),
        reminder("told early", day=today, due_at=later(-9), state=ReminderState.DELIVERED),
        reminder("past", day=today - timedelta(days=1), due_at=NOON, state=planned),
        reminder("own time", due_at=later(9), state=planned, fixed=True),
        reminder("off", day=today, state=ReminderState.CANCELLED),
    ]
    async with store.writing(CLUB) as work:
        for each in made:
            await work.reminders.save(each)
        found = await work.reminders.movable(today)
    assert {each.reminder_id for each in found} == {"waits", "today", "told early"}


async def test_a_reminder_is_delivered_once_its_delivery_was_sent(store: Store) -> None:
    at_noon = {"due_at": NOON, "state": ReminderState.PLANNED}
    async with store.writing(CLUB) as work:
        for name, place in (("said", "here"), ("unsaid", "there")):
            await work.reminders.save(reminder(name, place=PlaceId(place), **at_noon))
            await work.deliveries.plan(
                delivery(name, subject=place, due_at=NOON if name == "said" else later(1))
            )
    for each in await store.outbox.claim("me", later(9), timedelta(seconds=60), 9):
        await store.outbox.settle("me", each.delivery_id, Sent("message"), NOON)
    async with store.writing(CLUB) as work:
        assert await work.reminders.mark_delivered() == 1
        assert await work.reminders.mark_delivered() == 0
        said = await work.reminders.get(ReminderId("said"))
    assert said is not None
    assert said.state is ReminderState.DELIVERED


async def test_deliveries_are_found_by_subject_and_instant(store: Store) -> None:
    now, then = delivery("d1", subject="s"), delivery("d2", subject="s", due_at=later(1))
    other = delivery("d3", subject="other")
    async with store.writing(CLUB) as work:
        for each in (then, now, other):
            await work.deliveries.plan(each)
        assert await work.deliveries.of("reminder", "s") == [now, then]
        assert await work.deliveries.get("reminder", "s", later(1)) == then
        assert await work.deliveries.get("weekly", "s", later(1)) is None
        assert await work.deliveries.cancel("reminder", "s", NOON) == 1
        states = [each.state for each in await work.deliveries.of("reminder", "s")]
        assert states == [DeliveryState.CANCELLED, DeliveryState.PLANNED]


async def test_a_calendar_remembers_what_it_told(store: Store) -> None:
    today = NOON.date()
    told = CalendarEvent(CLUB, FILM, "GB", ReleaseKind.CINEMA, today)
    moved = replace(told, day=today + timedelta(days=2), sequence=1)
    async with store.writing(CLUB) as work:
        await work.calendar.save(told)
        await work.calendar.save(moved)
        await work.calendar.save(replace(told, region="US"))
        assert await work.calendar.exported("GB", today) == [moved]
        assert await work.calendar.exported("GB", today + timedelta(days=3)) == []


async def test_clubs_are_listed_once_somebody_spoke(store: Store) -> None:
    assert await store.clubs() == []
    async with store.writing(CLUB) as work:
        await work.members.save(member())
        await work.members.save(member(BEN, "ben"))
    assert await store.clubs() == [CLUB]


async def test_drafts_are_kept_until_removed(store: Store) -> None:
    async with store.writing(CLUB) as work:
        await work.drafts.put(draft())
        await work.drafts.put(draft(command="review film=Carol"))
        assert await work.drafts.get(DraftId("t1")) == draft(command="review film=Carol")
        await work.drafts.remove(DraftId("t1"))
        await work.drafts.remove(DraftId("t1"))
        assert await work.drafts.get(DraftId("t1")) is None


async def test_a_members_drafts_are_listed_newest_first(store: Store) -> None:
    old, new = draft("old"), draft("new", created_at=later(1))
    async with store.writing(CLUB) as work:
        for each in (old, new, draft("bens", member_id=BEN)):
            await work.drafts.put(each)
        assert await work.drafts.of(ANA) == [new, old]
        assert await work.drafts.of(MemberId("console:nobody")) == []


async def test_a_receipt_is_kept(store: Store) -> None:
    async with store.writing(CLUB) as work:
        assert await work.receipts.get("q1") is None
        await work.receipts.put("q1", '{"blocks": []}', NOON)
    async with store.reading(CLUB) as work:
        assert await work.receipts.get("q1") == '{"blocks": []}'


async def test_a_request_carried_out_twice_has_one_effect(store: Store) -> None:
    async with store.writing(CLUB) as work:
        await work.receipts.put("q1", "first", NOON)

    async def carry_out_again() -> None:
        async with store.writing(CLUB) as work:
            await work.marks.put(mark())
            await work.receipts.put("q1", "second", NOON)

    with pytest.raises(StoreError) as caught:
        await carry_out_again()
    assert caught.value.retry
    async with store.reading(CLUB) as work:
        assert await work.receipts.get("q1") == "first"
        assert await work.marks.of([ANA]) == []


async def test_old_receipts_are_purged_in_every_club(store: Store) -> None:
    for club in (CLUB, OTHER):
        async with store.writing(club) as work:
            for number in range(700):
                await work.receipts.put(f"old{number}", "x", later(-number - 1))
            await work.receipts.put("new", "x", NOON)
    assert await store.purge_receipts(NOON) == 1_400
    assert await store.purge_receipts(NOON) == 0
    for club in (CLUB, OTHER):
        async with store.reading(club) as work:
            assert await work.receipts.get("new") == "x"
            assert await work.receipts.get("old3") is None


async def test_a_unit_of_work_keeps_nothing_of_another_club(store: Store) -> None:
    async with store.writing(OTHER) as work:
        for save in (
            work.clubs.save(Club(CLUB)),
            work.members.save(member()),
            work.reminders.save(reminder()),
        ):
            with pytest.raises(ValueError, match=CLUB):
                await save


async def test_a_unit_of_work_needs_a_club(store: Store) -> None:
    with pytest.raises(ValueError, match="needs a club"):
        async with store.reading(ClubId("")):
            pass
    with pytest.raises(ValueError, match="needs a club"):
        async with store.writing(ClubId("")):
            pass


async def test_the_club_chosen_last_is_a_members_first_home(store: Store) -> None:
    for club_id, chosen in ((CLUB, None), (OTHER, later(1)), (ClubId("console:c"), later(2))):
        async with store.writing(club_id) as work:
            await work.clubs.save(Club(club_id, name=f"the {club_id}"))
            await work.members.save(replace(member(home_at=chosen), club_id=club_id))
    async with store.writing(ClubId("console:left")) as work:
        await work.clubs.save(Club(ClubId("console:left"), left_at=NOON))
        await work.members.save(replace(member(), club_id=ClubId("console:left")))

    homes = await store.clubs_of(ANA)
    assert [each.club_id for each in homes] == ["console:c", OTHER, CLUB]
    assert [each.chosen_at for each in homes] == [later(2), later(1), None]
    assert homes[0].name == "the console:c"
    assert await store.clubs_of(BEN) == []


async def test_the_clubs_of_channels_are_found_by_their_workspaces(store: Store) -> None:
    whole, own, ended = ClubId("slack:T1"), ClubId("slack:T1.C3"), ClubId("slack:T1.C4")
    for club_id, within, left in ((whole, None, None), (own, whole, None), (ended, whole, NOON)):
        async with store.writing(club_id) as work:
            await work.clubs.save(Club(club_id, within=within, left_at=left))
            named = member(name=f"ana of {club_id}", admin=within is not None)
            await work.members.save(replace(named, club_id=club_id))

    assert await store.clubs_within(whole) == {own: None, ended: NOON}
    assert await store.clubs_within(own) == {}
    assert {each.club_id: each.within for each in await store.clubs_of(ANA)} == {
        whole: None,
        own: whole,
    }
    for club_id in (whole, own):
        async with store.reading(club_id) as work:
            [only] = await work.members.all()
            assert (only.name, only.admin) == (f"ana of {club_id}", club_id == own)
            assert (await work.clubs.get()).within == (whole if club_id == own else None)


async def test_old_drafts_go(store: Store) -> None:
    async with store.writing(CLUB) as work:
        await work.drafts.put(draft(created_at=NOON))
        await work.drafts.put(draft("old", created_at=later(-1)))
    assert await store.purge_drafts(NOON) == 1
    async with store.reading(CLUB) as work:
        assert len(await work.drafts.of(ANA)) == 1


async def test_what_a_button_keeps_is_found_by_its_id_alone(store: Store) -> None:
    async with store.writing(CLUB) as work:
        await work.drafts.put(replace(draft(), button=True))
    async with store.reading(CLUB) as work:
        assert await work.drafts.of(ANA) == []
        assert (await work.drafts.get(draft().draft_id)) == replace(draft(), button=True)


async def test_of_a_members_drafts_only_the_newest_remain(store: Store) -> None:
    many = UNFINISHED_KEPT + 20
    async with store.writing(CLUB) as work:
        await work.drafts.put(draft("bens", member_id=BEN, made_by=BEN))
        await work.drafts.put(draft("old-button", made_by=ANA, button=True))
        for number in range(many):
            kept = draft(f"t{number:03}", made_by=ANA, created_at=later(number))
            await work.drafts.put(kept)
        back = draft("clock set back", made_by=ANA, created_at=later(-9))
        await work.drafts.put(back)
        assert await work.drafts.get(back.draft_id) == back
        left = [each.draft_id for each in await work.drafts.of(ANA)]
        assert left[:2] == [f"t{many - 1:03}", f"t{many - 2:03}"]
        assert await work.drafts.get(DraftId("t019")) is None
        assert await work.drafts.get(DraftId("t021")) is not None
        assert await work.drafts.get(DraftId("bens")) is not None
        assert await work.drafts.get(DraftId("old-button")) is not None


async def test_buttons_for_anybody_count_for_who_caused_them(store: Store) -> None:
    everyone = MemberId("")
    async with store.writing(CLUB) as work:
        bens = draft("bens", member_id=everyone, made_by=BEN, button=True)
        await work.drafts.put(bens)
        for number in range(BUTTONS_KEPT + 1):
            pressed = draft(f"b{number:03}", member_id=everyone, made_by=ANA, button=True)
            await work.drafts.put(replace(pressed, created_at=later(number)))
        assert await work.drafts.get(DraftId("b000")) is None
        assert await work.drafts.get(DraftId("b001")) is not None
        assert await work.drafts.get(bens.draft_id) == bens
