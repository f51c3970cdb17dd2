"""What words of a wish mean: one table, and properties that hold of any wish."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.language.wishes.lexicon.entries import phrase_of
from bot.language.wishes.lexicon.nearby import nearby
from bot.language.wishes.lexicon.notions import lexicon
from bot.language.wishes.reading.wishes import read_wish
from recommender import BaseIndex, Overlay, meeting
from recommender.scoring.demands import steps

THIS_YEAR = 2026

UNDERSTOOD = [
    ("korean thriller", ["Korean", "thriller"]),
    ("horor movie", ["horror"]),
    ("japaneese comdey", ["Japanese", "comedy"]),
    ("ein lustiger film", ["funny"]),
    ("une comédie romantique française", ["romantic comedy", "French"]),
    ("película de terror", ["horror"]),
    ("filme brasileiro", ["Brazilian"]),
    ("film horror giapponese", ["horror", "Japanese"]),
    ("kurosawa", ["by Akira Kurosawa"]),
    ("something by varda", ["by Agnès Varda"]),
    ("kubrik", ["by Stanley Kubrick"]),
    ("wes anderson", ["by Wes Anderson"]),
    ("kore-eda about family", ["by Hirokazu Kore-eda", "about a family"]),
    ("with tilda swinton", ["with Tilda Swinton"]),
    ("late 80s", ["from the late 1980s"]),
    ("nothing over two hours", ["under 120 min"]),
    ("about an hour and a half", ["of about 90 min"]),
    ("between 60 and 80 minutes", ["60 to 80 min"]),
    ("films older than 1970", ["before 1970"]),
    ("années 60", ["from the 1960s"]),
    ("for my 7 year old", ["for the kids"]),
    ("not in english", ["not in English"]),
    ("with english subtitles", ["not in English"]),
    ("films about making films", ["about making films"]),
    ("set in tokyo", ["set in Tokyo"]),
    ("british comedy", ["british comedy"]),
    ("kubrick or lynch", ["by Stanley Kubrick or David Lynch"]),
    ("danish or swedish", ["Danish or Swedish"]),
    ("french, italian or spanish comedy", ["French, Italian or Spanish", "comedy"]),
    ("japanese and korean horror", ["Japanese or Korean", "horror"]),
    ("horror from the 60s or 80s", ["horror", "from the 1960s or the 1980s"]),
    ("sad or scary", ["sad or scary"]),
    ("a silent comedy from the 20s", ["silent", "comedy", "from the 1920s"]),
    ("i only have two hours", ["under 120 min"]),
    ("it shouldn't be longer than 100 minutes", ["under 100 min"]),
    ("not for kids", ["for grown-ups"]),
    ("not too old", ["from the last 35 years"]),
    ("two women in love", ["lesbian romance"]),
    ("comedia romántica de los 80", ["romantic comedy", "from the 1980s"]),
    ("under the sea", ["under the sea"]),
    ("found family", ["about a chosen family"]),
    ("short and scary", ["short", "scary"]),
    ("scorsese + de niro", ["by Martin Scorsese", "with Robert De Niro"]),
    ("tony leung", ["with Tony Leung Chiu-wai"]),
    ("stephen king", ["based on Stephen King"]),
    ("by jane austen", ["based on Jane Austen"]),
    ("written by charlie kaufman", ["written by Charlie Kaufman"]),
    ("swahili", ["in Swahili"]),
    ("from west africa", ["West African"]),
    ("set in scotland", ["set in Scotland"]),
    ("smth that makes u think", ["thought-provoking"]),
    ("with my 13yo daughter", ["for teenagers"]),
    ("an hour long", ["of about 60 min"]),
    ("tennis", ["about tennis"]),
    ("summer in italy", ["of summer", "set in Italy"]),
    ("short and sweet", ["short and sweet"]),
    ("my grandad would like", ["to watch with your parents"]),
    ("costume drama for my mum", ["period drama", "to watch with your parents"]),
]


@pytest.mark.parametrize(("typed", "labels"), UNDERSTOOD)
def test_words_mean(typed: str, labels: list[str], index: BaseIndex) -> None:
    wish = read_wish(typed, index, THIS_YEAR)
    assert [part.entry.label for part in wish.parts] == labels
    assert not wish.words


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("snuggly", "cosy"),
        ("rude", "gross"),
        ("gloominess", "gloomy"),
        ("alternative", ""),
        ("alterna", ""),
    ],
)
def test_an_unknown_word_is_taken_as_the_nearest_known_one(
    typed: str, taken: str, index: BaseIndex
) -> None:
    parts = read_wish(typed, index, THIS_YEAR).parts
    assert "".join(part.taken_as for part in parts) == taken


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("three korean thrillers", 3),
        ("top 5 horror films", 5),
        ("just one film", 1),
        ("90s films", None),
    ],
)
def test_a_wish_says_how_many(typed: str, count: int | None, index: BaseIndex) -> None:
    assert read_wish(typed, index, THIS_YEAR).count == count


def test_what_no_fact_tells_is_said_rather_than_turned_round(index: BaseIndex) -> None:
    wish = read_wish("thriller where the dog doesn't die", index, THIS_YEAR)
    assert [part.entry.label for part in wish.parts] == ["thriller"]
    assert wish.unreadable == ("where the dog doesn't die",)


def test_a_child_of_seven_and_a_year_are_told_apart(index: BaseIndex) -> None:
    assert read_wish("1962", index, THIS_YEAR).demands[0].years == (1962, 1962)
    assert read_wish("about 90 minutes", index, THIS_YEAR).minutes == (80, 100)


def test_each_nearby_word_is_new_and_stands_by_a_known_one() -> None:
    assert not [each for each in nearby() if (each,) in lexicon()]
    assert all(phrase_of(known) in lexicon() for known in nearby().values())


def test_the_lexicon_holds_six_hundred_words_beyond_the_names_of_countries() -> None:
    notions = [entry for entry in lexicon().values() if entry.any or entry.none or entry.minutes]
    assert len(notions) >= 600


@pytest.mark.parametrize(
    ("one", "other"),
    [("kubrick", "lynch"), ("danish", "swedish"), ("from the 60s", "from the 80s"), ("sad", "japanese"),
     ("korean thrillers", "musicals")],
)  # fmt: skip
def test_either_of_two_is_met_by_what_meets_one(one: str, other: str, index: BaseIndex) -> None:
    overlay = Overlay(index)
    first, second, both = (
        meeting(overlay, read_wish(each, index, THIS_YEAR).demands)
        for each in (one, other, f"{one} or {other}")
    )
    if one == "korean thrillers":  # what stands before the list is asked of both
        korean = meeting(overlay, read_wish("korean", index, THIS_YEAR).demands)
        second = second & korean
    assert (both == (first | second)).all()


PARTS = st.lists(
    st.sampled_from(
        ["japanese", "french", "horror", "comedy", "from the 90s", "sad", "directed by women", "slow",
         "black and white", "for the kids", "about grief", "by kurosawa", "scary", "samurai", "romcom"]
    ),
    min_size=1, max_size=4, unique=True,
)  # fmt: skip
PROPERTIES = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@PROPERTIES
@given(parts=PARTS, added=st.sampled_from(["polish", "documentary", "before 1960", "tender"]))
def test_a_further_demand_adds_no_film(parts: list[str], added: str, index: BaseIndex) -> None:
    overlay = Overlay(index)
    wide = meeting(overlay, read_wish(", ".join(parts), index, THIS_YEAR).demands)
    narrow = meeting(overlay, read_wish(", ".join([*parts, added]), index, THIS_YEAR).demands)
    assert not (narrow & ~wide).any()


@PROPERTIES
@given(parts=PARTS.flatmap(lambda each: st.tuples(st.just(each), st.permutations(each))))
def test_demands_commute(parts: tuple[list[str], list[str]], index: BaseIndex) -> None:
    overlay = Overlay(index)
    one, other = (
        meeting(overlay, read_wish(", ".join(each), index, THIS_YEAR).demands) for each in parts
    )
    assert (one == other).all()


@PROPERTIES
@given(parts=PARTS)
def test_each_step_is_wider_and_keeps_what_is_hard(parts: list[str], index: BaseIndex) -> None:
    overlay = Overlay(index)
    demands = read_wish(", ".join(parts), index, THIS_YEAR).demands
    hard = [each for each in demands if not each.soft and not each.excluded]
    before = None
    for kept, _, marks in steps(overlay, demands):
        assert (marks == meeting(overlay, kept)).all()
        assert not (marks & ~meeting(overlay, [each for each in hard if not each.wide])).any()
        assert before is None or (not (before & ~marks).any() and marks.sum() > before.sum())
        before = marks


@PROPERTIES
@given(parts=PARTS)
def test_what_was_understood_typed_again_is_the_same_wish(
    parts: list[str], index: BaseIndex
) -> None:
    wish = read_wish(", ".join(parts), index, THIS_YEAR)
    again = read_wish(", ".join(part.typed for part in wish.parts), index, THIS_YEAR)
    assert again.demands == wish.demands
    assert not again.words


@PROPERTIES
@given(typed=st.text(max_size=60))
def test_any_text_is_read(typed: str, index: BaseIndex) -> None:
    read_wish(typed, index, THIS_YEAR).without()
