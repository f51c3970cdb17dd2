"""What is registered with Discord, and what is suggested, is what Discord takes."""

import re

from hypothesis import given
from hypothesis import strategies as st

from adapters.chat.commands import RATING_OPTIONS
from adapters.discord import limits
from adapters.discord.commands import PEOPLE, Json, digest, registration
from adapters.discord.ids import DiscordPlace, channel_of, direct_of, place_of
from adapters.discord.incoming.autocomplete import suggestions
from adapters.discord.incoming.slash_commands import SlashCommand, slash_command
from adapters.discord.limits import units
from adapters.discord.locales import LOCALES, locales
from bot.domain.ids import PlaceId
from bot.domain.reviews.ratings import HalfStars
from bot.features.reviews.commands import ReviewCommand
from bot.language.grammar.forms import fill
from bot.messages.commands import Kind
from bot.messages.replies import Option
from bot.registry import COMMANDS
from tests.generated import texts


def options() -> list[Json]:
    return [option for each in registration() for option in each.get("options", ())]


def test_the_catalogue_is_registered_within_every_limit() -> None:
    commands = registration()
    assert len(commands) <= limits.COMMANDS
    for each in commands[:-2]:
        assert re.fullmatch(rf"[a-z_-]{{1,{limits.NAME}}}", each["name"])
        assert 1 <= units(each["description"]) <= limits.DESCRIPTION
        assert len(each["options"]) <= limits.COMMAND_OPTIONS
    for each in options():
        assert re.fullmatch(rf"[a-z0-9_-]{{1,{limits.NAME}}}", each["name"])
        assert 1 <= units(each["description"]) <= limits.DESCRIPTION
        assert len(each.get("choices", ())) <= limits.CHOICES


def test_every_option_of_the_catalogue_is_there() -> None:
    registered = {each["name"]: each for each in registration()}
    for spec in COMMANDS.values():
        if spec.typed:
            names = [each["name"] for each in registered[spec.name]["options"]]
            several = any(each.kind is Kind.MEMBERS for each in spec.options())
            people = PEOPLE if several else ()
            assert sorted(names) == sorted([*people, *(each.name for each in spec.options())])
        else:
            assert spec.name not in registered


def test_commands_are_named_in_each_language_as_discord_takes_it() -> None:
    for command in registration():
        for told in command.get("description_localizations", {}).values():
            assert 1 <= units(told) <= limits.DESCRIPTION
        for name in LOCALES:
            # Discord shows the English name of what has no other: no two may be the same.
            shown = [
                each["name_localizations"].get(name, each["name"])
                for each in command.get("options", ())
            ]
            assert len(set(shown)) == len(shown)
            assert all(
                re.fullmatch(r"[-_\w]{1,32}", each) and each == each.lower() for each in shown
            )
    menus = registration()[-2:]
    for each in menus:
        assert set(each["name_localizations"]) == set(LOCALES)
        assert all(1 <= units(told) <= limits.NAME for told in each["name_localizations"].values())


def test_every_command_and_option_is_described_and_named_in_each_language() -> None:
    for command in registration():
        if command["type"] != 1:
            continue
        told = [command["description_localizations"]]
        for option in command["options"]:
            told += [option["description_localizations"], option["name_localizations"]]
        assert all(set(each) == set(LOCALES) for each in told), command["name"]
        length = 0
        for each in (command, *command["options"]):
            texts = (each["description"], *each["description_localizations"].values())
            assert all(1 <= units(text) <= limits.DESCRIPTION for text in texts)
            length += max(map(units, texts)) + limits.NAME
            length += sum(len(f"{choice}") for choice in each.get("choices", ()))
        assert length <= limits.COMMAND_TEXT


def test_every_language_has_the_same_words_for_what_there_is() -> None:
    known = {option.name for spec in COMMANDS.values() for option in spec.options()} | set(PEOPLE)
    first = locales()["fr"]
    assert first.commands["review"].startswith("Lis ce que le club pense")
    assert first.options["rating"] == "note"
    for each in locales().values():
        assert each.commands.keys() == first.commands.keys() <= COMMANDS.keys()
        assert each.options.keys() == first.options.keys() <= known
        assert each.descriptions.keys() == first.descriptions.keys()
    means = {
        (command["name"], PEOPLE[0] if option["name"] in PEOPLE else option["name"])
        for command in registration()
        for option in command.get("options", ())
    }
    used = {
        name if (name := f"{command}.{option}") in first.descriptions else option
        for command, option in means
    }
    assert used == first.descriptions.keys()


def test_members_are_chosen_one_by_one_or_typed() -> None:
    given = [
        {"name": "member", "type": 6, "value": "12"},
        {"name": "mood", "type": 3, "value": "tender"},
        {"name": "member_3", "type": 6, "value": "34"},
        {"name": "members", "type": 3, "value": "<@56> and everyone"},
    ]
    read = slash_command({"name": "recommend", "options": given})
    assert read is not None
    assert read.values["mood"] == "tender"
    assert read.values["members"].startswith("discord:12,discord:34,discord:56")
    alone = slash_command({"name": "recommend", "options": given[:1]})
    assert alone is not None
    assert alone.values == {"members": "discord:12"}


def test_a_changed_catalogue_has_another_digest() -> None:
    commands = registration()
    assert digest(commands) == digest(registration())
    assert digest(commands) != digest(commands[1:])


def test_every_offered_rating_is_read_as_one() -> None:
    review = ReviewCommand()
    read = [fill(review, {"rating": each.value}) for each in RATING_OPTIONS]
    assert read == [ReviewCommand(rating=HalfStars(each)) for each in range(10, 0, -1)]


def test_what_nobody_types_is_no_command() -> None:
    assert slash_command({"name": "recall"}) is None
    assert (
        slash_command({"name": "review", "options": [{"name": "gone", "value": "x"}]}) is not None
    )


@given(st.lists(st.builds(Option, texts, texts), max_size=40), texts)
def test_one_bad_suggestion_never_costs_the_list(found: list[Option], typed: str) -> None:
    film = next(each for each in COMMANDS["review"].options() if each.kind is Kind.FILM)
    like = next(each for each in COMMANDS["recommend"].options() if each.kind is Kind.FILM)
    for spec, option in (("review", film), ("recommend", like)):
        command_ = SlashCommand(COMMANDS[spec], {option.name: typed}, {}, option)
        offered = suggestions(command_, lambda _: found)
        assert len(offered) <= limits.CHOICES
        assert len({each["value"] for each in offered}) == len(offered)
        for each in offered:
            assert 1 <= units(each["name"]) <= limits.CHOICE
            assert 1 <= units(each["value"]) <= limits.CHOICE


def test_places_are_read_back() -> None:
    assert place_of(channel_of(12)) == DiscordPlace(12, direct=False)
    assert place_of(direct_of(34)) == DiscordPlace(34, direct=True)
    for other in ("slack:T#C", "discord:#", "discord:12", "discord:#x", ""):
        assert place_of(PlaceId(other)) is None
