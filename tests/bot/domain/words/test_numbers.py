"""Words of numbers and days, which all readers share."""

from bot.domain.words.day_names import WEEKDAYS, weekday_words
from bot.domain.words.numbers import number_words

LANGUAGES = ("en", "de", "fr", "es", "it")


def test_each_language_has_each_number_once() -> None:
    for language in LANGUAGES:
        assert sorted(number_words(0, 10, language).values()) == list(range(11))
    assert list(number_words(11, 20).values()) == list(range(11, 21))
    assert number_words(3, 3, *LANGUAGES) == dict.fromkeys(
        ("three", "drei", "trois", "tres", "tre"), 3
    )


def test_each_language_has_each_weekday() -> None:
    for language in (*LANGUAGES, "pt"):
        assert set(weekday_words(language).values()) == set(range(7))
    assert [*weekday_words("en")] == [name.lower() for name in WEEKDAYS]


def test_no_weekday_hides_a_longer_one() -> None:
    names = [*weekday_words(*LANGUAGES, "pt")]
    for place, name in enumerate(names):
        assert not any(later.startswith(name) for later in names[place + 1 :])
