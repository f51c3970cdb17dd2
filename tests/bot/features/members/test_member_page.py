"""A member's page: what is theirs alone stays theirs, and a rewatch keeps the first viewing."""

from bot.features.members.commands import MeCommand
from tests.support import Room, actions, text


async def test_a_page_of_ones_own_has_all_that_is_ones_own(room: Room) -> None:
    await room.say("ana", "/review Heat 4/5 --private Mine alone.")
    await room.say("ana", "/watchlist add Carol")
    await room.say("ana", "Never suggest Jaws")
    await room.say("ana", "/remind Anora")
    page = await room.say("ana", "/me")
    assert "1 film rated, ★★★★  4.0/5 on average." in text(page)
    assert "Mine alone." in text(page)
    labels = [each.label for each in actions(page)]
    for label in ("Diary", "All reviews (1)", "Watchlist (1)", "Marks (1)", "Reminders (1)"):
        assert label in labels


async def test_somebody_else_sees_only_what_the_club_may(room: Room) -> None:
    await room.say("ana", "/review Heat 4/5 --private Mine alone.")
    await room.say("ana", "/review Carol 5/5 Gloves. ||She waves.||")
    await room.say("ana", "/review Her 2/5 Not for me.")
    await room.say("ana", "/watchlist add Yi Yi")
    await room.say("ana", "Never suggest Jaws")
    hers = await room.say("ben", "/reviews Her")
    await room.say("warden", "/moderate hide Her @ana", admin=True)
    page = await room.say("ben", "/me @ana")
    assert hers != page
    assert "1 film rated, ★★★★★  5.0/5 on average." in text(page)
    for hidden in ("Heat", "Mine", "Her", "Yi Yi", "Jaws", "She waves"):
        assert hidden not in text(page)
    assert [each.label for each in actions(page)] == [
        "Choose a film",
        "Pick for us both",
        "All reviews (1)",
    ]


async def test_what_one_has_not_seen_tells_nothing_where_that_unlocks_it(room: Room) -> None:
    await room.say("chief", "/setup spoilers seen", admin=True)
    await room.say("ana", "/review Heat 1/5 Long.")
    await room.say("ana", "/review Carol 5/5 Gloves.")
    await room.say("ben", "/review Carol 4/5")
    told = text(await room.say("ben", "/me @ana"))
    assert "1 film rated, ★★★★★  5.0/5" in told
    assert "Heat" not in told


async def test_a_match_says_how_much_it_goes_by(room: Room) -> None:
    rated = {"Heat": (4, 5), "Carol": (5, 3), "Moonlight": (5, 5), "Saw": (1, 1), "Jaws": (2, 2)}
    for title, (mine, _) in list(rated.items())[:2]:
        await room.say("ana", f"/review {title} {mine}/5")
    for title, (_, theirs) in rated.items():
        await room.say("ben", f"/review {title} {theirs}/5")
    assert "it takes 5 films" in text(await room.say("ana", "/me @ben"))
    for title, (mine, _) in list(rated.items())[2:]:
        await room.say("ana", f"/review {title} {mine}/5")
    told = text(await room.say("ana", "/me @ben"))
    # Of ten pairs seven are in one order, one is in another, two tell nothing; two are added to each.
    assert "Taste match 75% (57% to 93%) from 5 films that you both rated, an early guess" in told
    assert "0.6 stars apart" in told
    both = text(await room.say("ana", "/match @ben"))
    assert both.index("For it: ★★★★★ both") < both.index("Against it: you ★★★★★, they ★★★")


async def test_a_rewatch_keeps_the_first_viewing_and_its_rating(room: Room) -> None:
    await room.say("ana", "/review Heat 4/5 --on 2023-05-03 Precise.")
    await room.say("ana", "/review Heat 4/5 Precise, lonely men.")
    again = await room.say("ana", "/review Heat 5/5 --rewatch --on 2024-01-18 Even better.")
    assert "The first time: ★★★★. Both stay in your diary." in text(again)
    diary = text(await room.say("ana", MeCommand(part="diary")))
    assert "18 January 2024 · ★★★★★ · rewatch" in diary
    assert "3 May 2023 · ★★★★" in diary
    assert diary.count("Heat (1995)") == 2
    await room.press("ana", again, "Undo")
    assert text(await room.say("ana", MeCommand(part="diary"))).count("Heat (1995)") == 1


async def test_each_mark_can_be_taken_back(room: Room) -> None:
    await room.say("ana", "Never suggest Jaws")
    marks = await room.say("ana", MeCommand(part="marks"))
    assert "Never to be suggested" in text(marks)
    await room.press("ana", marks, "Take back")
    assert "You have marked no film." in text(await room.say("ana", MeCommand(part="marks")))
