"""Things said in many forms: what the tables list is read in each form, and no such product is written out."""

from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files

import pytest

from bot.language.wishes.lexicon import data
from bot.language.wishes.lexicon.entries import phrase_of
from bot.language.wishes.lexicon.notions import NOTIONS, lexicon

FORMS = data.table("forms.toml")
READ = {
    "before the internet": "from before the internet",
    "from before mobile phones were a thing": "from before mobile phones",
    "when nobody had iphones": "from before smartphones",
    "before smartphone was invented": "from before smartphones",
    "before cgi took over": "from before digital effects",
    "before there was television": "from before television",
    "downfall of a dynasty": "about the fall of a family",
    "foreign film that won an oscar": "foreign oscar",
    "it all turns out fine": "with a happy ending",
    "isn't all sunshine and roses": "not all sunshine",
}
NONSENSE = (
    "before there were the internet",
    "before computer effects was a thing",
    "before cgi were invented",
)
MANY = 40
"""Phrases that may be written out though they are a few forms of a few things."""


@pytest.mark.parametrize("phrase", READ)
def test_a_thing_is_read_in_a_form(phrase: str) -> None:
    assert lexicon()[phrase_of(phrase)].label == READ[phrase]


@pytest.mark.parametrize("phrase", NONSENSE)
def test_what_nobody_says_is_no_phrase(phrase: str) -> None:
    assert phrase_of(phrase) not in lexicon()


def test_each_form_has_a_place_for_the_thing_and_is_used() -> None:
    assert all(form.count("{}") == 1 for forms in FORMS.values() for form in forms)
    used = {
        name
        for file in NOTIONS
        for each in data.table(file).values()
        for name in each.get("things", ())
    }
    assert used == FORMS.keys()


def written_out() -> Iterator[tuple[str, list[str]]]:
    """Yield the lists of phrases of all tables."""
    for file in (files("bot.language.wishes.lexicon") / "words").iterdir():
        for label, table in data.table(file.name).items():
            words = table.get("words", ()) if isinstance(table, dict) else table
            yield f"{file.name} {label}", [each for each in words if isinstance(each, str)]


def product(phrases: list[str]) -> int:
    """Return how many of the phrases are the same things, each in the same forms."""
    things: dict[str, set[str]] = defaultdict(set)
    for phrase in phrases:
        words = phrase.split()
        for start in range(len(words)):
            for end in range(start + 1, len(words) + (start > 0)):
                form = " ".join([*words[:start], "{}", *words[end:]])
                things[form].add(" ".join(words[start:end]))
    said = [each for each in things.values() if len(each) > 3]
    pairs = ({*one & other} for one in said for other in said)
    common = {frozenset(each) for each in pairs if len(each) > 3}
    forms = {each: sum(each <= others for others in said) for each in common}
    return max((len(each) * count for each, count in forms.items() if count > 3), default=0)


def test_a_product_is_found() -> None:
    assert product([f"before {a} {b}" for a in "abcd" for b in "efgh"]) == 16
    assert product([f"{a} is over" for a in "abcdefgh"]) == 0


def test_no_product_is_written_out() -> None:
    assert not {name: count for name, words in written_out() if (count := product(words)) > MANY}
