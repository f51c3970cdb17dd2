"""Messages that become reviews, and what is said in private."""

from tests.adapters.discord.conftest import ANA, BEN, Town
from tests.adapters.discord.payloads import Person, Server
from tests.adapters.discord.seeing import button, ephemeral, seen
from tests.adapters.discord.test_forms import fields

CRITIQUE = (
    "All of Us Strangers review: a ghostly love story\n"
    "By Ada Critic\n\n"
    "Adam (Andrew Scott) and Harry (Paul Mescal) are the only two people in a tower in London. "
    "Claire Foy and Jamie Bell play the parents. Directed by Andrew Haigh.\n\n"
    "The house of his childhood is lit like a memory, and nobody in it has grown a day older. "
    "The film asks what one would say to the dead, and lets them answer.\n\n"
    "All of Us Strangers is due to be released in the UK on 26 January 2024.\n"
)


async def test_ones_own_message_is_saved_word_for_word(town: Town) -> None:
    words = (
        "Aftersun 4.5/5 I rang my father from the hotel's payphone, and nobody was there at all."
    )
    opened = await town.discord.save_message(ANA, town.server, ANA, words)
    assert fields(opened)["film"]["value"] == "Aftersun (2022)"
    saved = await town.discord.submit(ANA, town.server, opened, {})

    assert ephemeral(saved.shown)
    assert "Saved your review of Aftersun (2022): ★★★★½" in seen(saved.shown)


async def test_words_without_a_title_are_kept_while_the_film_is_asked_for(town: Town) -> None:
    words = "I rang my father from the payphone of the hotel, and nobody was there at all."
    opened = await town.discord.save_message(ANA, town.server, ANA, words)
    saved = await town.discord.submit(ANA, town.server, opened, {"film": "Aftersun"})

    assert "Saved your review of Aftersun" in seen(saved.shown)
    mine = await town.discord.slash(ANA, town.server, "reviews")
    assert words in seen(mine.shown)


async def test_somebody_elses_message_is_not_ones_to_save(town: Town) -> None:
    refused = await town.discord.save_message(BEN, town.server, ANA, "I loved Her so much.")

    assert "Only whoever wrote a message" in seen(refused.shown)
    assert ephemeral(refused.shown)


async def test_a_critics_review_can_be_saved_by_anybody(town: Town) -> None:
    asked = await town.discord.save_message(BEN, town.server, ANA, CRITIQUE)

    assert "All of Us Strangers" in seen(asked.shown)
    assert "Only whoever" not in seen(asked.shown)


async def test_a_message_with_a_text_file_gives_the_file(town: Town) -> None:
    number = town.discord.upload("her.txt", b"Her 4/5 Warm, sad and very orange all the way home.")
    asked = await town.discord.save_message(ANA, town.server, ANA, "", number)
    assert "Her" in seen(asked.shown)

    nothing = await town.discord.save_message(ANA, town.server, ANA, " ")
    assert "no words in that message" in seen(nothing.shown)


async def test_in_private_the_members_only_club_is_meant(town: Town) -> None:
    await town.discord.slash(ANA, town.server, "review", film="Her", rating="4/5", text="Warm.")
    card = await town.discord.slash(ANA, None, "review", film="Her")
    assert "1 rating" in seen(card.shown)
    assert not ephemeral(card.shown)  # nobody else is there, and it may stay


async def test_who_is_in_no_club_talks_in_one_of_their_own(town: Town) -> None:
    new = Person(900, "new")
    await town.discord.slash(ANA, town.server, "review", film="Her", rating="4/5", text="Warm.")
    saved = await town.discord.slash(new, None, "review", film="Her", rating="2/5", text="Cold.")
    assert "Saved your review of Her" in seen(saved.shown)
    card = await town.discord.slash(new, None, "review", film="Her")
    assert "Cold." in seen(card.shown)
    assert "Warm." not in seen(card.shown)
    listed = await town.discord.slash(ANA, town.server, "reviews", film="Her")
    assert "Cold." not in seen(listed.shown)

    await town.discord.slash(new, town.server, "help")
    asked = await town.discord.slash(new, None, "film", film="id:her-2013")
    assert "Which club do you mean?" in seen(asked.shown)
    assert button(asked.shown, "Just you")


async def test_where_a_member_brings_matinee_along_nobody_else_is_told_anything(
    town: Town,
) -> None:
    await town.discord.slash(ANA, town.server, "review", film="Her", rating="4/5", text="Warm.")
    elsewhere = Server(7_000_001, "Elsewhere", (7_000_002,), installed=False)
    new = Person(900, "new")
    for person in (ANA, new):
        card = await town.discord.slash(person, elsewhere, "review", film="Her")
        assert ephemeral(card.shown)
    assert "Warm." not in seen(card.shown)
    saved = await town.discord.slash(new, elsewhere, "review", film="Her", rating="2/5")
    assert ephemeral(saved.shown)
    assert elsewhere.channels[0] not in town.discord.messages or not [
        each for each in town.discord.messages[elsewhere.channels[0]] if not ephemeral(each)
    ]


async def test_in_private_a_member_of_two_clubs_is_asked_once(closed_town: Town) -> None:
    town = closed_town
    other = town.discord.open_server("Sunday club")
    async with town.open():
        for server in (town.server, other):
            await town.discord.slash(ANA, server, "help")
        asked = await town.discord.slash(ANA, None, "film", film="id:her-2013")
        assert "Which club do you mean?" in seen(asked.shown)
        going_on = await town.discord.press(
            ANA, None, asked.shown, button(asked.shown, "Sunday club")
        )
        assert "Her (2013)" in seen(going_on.shown)
        card = await town.discord.slash(ANA, None, "film", film="id:carol-2015")
        assert "Carol (2015)" in seen(card.shown)


async def test_forms_and_pages_work_in_private_too(town: Town) -> None:
    await town.discord.slash(ANA, town.server, "help")
    card = await town.discord.slash(ANA, None, "film", film="Her")
    opened = await town.discord.press(ANA, None, card.shown, button(card.shown, "Write a review…"))
    saved = await town.discord.submit(ANA, None, opened, {"rating": "4/5", "text": "Warm."})
    assert "Saved your review" in seen(saved.shown)
    opened = await town.discord.press(ANA, None, saved.shown, button(saved.shown, "Edit…"))
    assert opened.kind == 9
