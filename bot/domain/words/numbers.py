"""Numbers in words: up to twenty in English, up to ten in other languages, and ordinals."""

_CARDINALS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty",
    "de": "null ein zwei drei vier fünf sechs sieben acht neun zehn",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez",
    "it": "zero uno due tre quattro cinque sei sette otto nove dieci",
}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
        "ninety": 90}  # fmt: skip
ORDINALS = tuple("first second third fourth fifth sixth seventh eighth ninth tenth".split())
"""Ordinals from `first` on; each stands at its number less one."""


def number_words(first: int, last: int, *languages: str) -> dict[str, int]:
    """Return the words of a range of numbers, both ends included, with their values.

    `languages`: two-letter codes; English if none is given. A word of two languages is listed once.
    """
    return {
        word: number
        for language in languages or ("en",)
        for number, word in enumerate(_CARDINALS[language].split())
        if first <= number <= last
    }
