"""Critics' reviews that a member brings in: a few of each film, a few a day, and what is hidden stays so."""

from dataclasses import replace

from bot.domain.films.film import Film
from bot.features.reviews.commands import SaveCritiqueCommand
from bot.features.reviews.critiques import MOST_A_DAY, MOST_OF_A_FILM
from tests.support import Room, text

HER = SaveCritiqueCommand("id:her-2013", "Orla Tremain", "A warm film about loneliness.")


async def test_a_member_brings_in_a_few_of_each_film(room: Room) -> None:
    for number in range(MOST_OF_A_FILM):
        saved = await room.say("ana", replace(HER, critic=f"Critic {number}"))
        assert "Saved Critic" in text(saved)
    refused = await room.say("ana", replace(HER, critic="One More"))
    assert "You have brought in 5 critics' reviews of Her (2013) already." in text(refused)
    assert "One More" not in text(await room.say("ben", "/reviews Her"))

    again = await room.say("ana", replace(HER, critic="Critic 1", text="Warmer still."))
    assert "Saved Critic 1's review" in text(again)
    assert "Saved One More's" in text(await room.say("ben", replace(HER, critic="One More")))


async def test_a_member_brings_in_a_few_a_day(room: Room, starter: tuple[Film, ...]) -> None:
    films = [f"id:{each.film_id}" for each in starter[: MOST_A_DAY + 1]]
    for film in films[:-1]:
        assert "Saved Orla Tremain's" in text(await room.say("ana", replace(HER, film=film)))
    one_more = replace(HER, film=films[-1])
    assert "20 critics' reviews within a day" in text(await room.say("ana", one_more))
    room.clock.forward(days=1, minutes=1)
    assert "Saved Orla Tremain's" in text(await room.say("ana", one_more))


async def test_what_a_moderator_has_hidden_is_not_shown_by_saving_it_again(room: Room) -> None:
    await room.say("ana", HER)
    await room.say("mo", "/moderate hide Her by orla tremain", admin=True)
    again = await room.say("ana", replace(HER, text="A warm film, I said."))
    assert "A moderator has hidden it" in text(again)
    for asked in ("/review Her", "/reviews Her", "/reviews @ana"):
        assert "warm film" not in text(await room.say("ben", asked))
    assert [place for place, _ in await room.deliver()] == []
