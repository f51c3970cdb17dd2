"""How people mistype titles: slips of the finger, and habits."""

import random
import re
import unicodedata
from collections.abc import Callable

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ROMAN = {
    "2": "II", "3": "III", "4": "IV", "5": "V", "6": "VI", "7": "VII", "8": "VIII", "9": "IX",
}  # fmt: skip
_ARABIC = {roman: digit for digit, roman in _ROMAN.items()}
_ARTICLE = re.compile(r"^(the|an?)\s+", re.IGNORECASE)

Noise = Callable[[str, int, random.Random], str]


def _beside(letter: str, rng: random.Random) -> str:
    for row in _KEYS:
        place = row.find(letter.lower())
        if place >= 0:
            return rng.choice(row[max(0, place - 1) : place + 2])
    return letter


def slip(title: str, rng: random.Random) -> str:
    """One slip: a letter left out, doubled, swapped with the next, or the key beside it."""
    places = [place for place, letter in enumerate(title) if letter.isalpha()]
    if len(places) < 4:
        return title
    at = rng.choice(places)
    match rng.randrange(5):
        case 0:
            return title[:at] + title[at + 1 :]
        case 1:
            return title[:at] + title[at] * 2 + title[at + 1 :]
        case 2:
            return title[:at] + title[at : at + 2][::-1] + title[at + 2 :]
        case 3:
            return title[:at] + _beside(title[at], rng) + title[at + 1 :]
        case _:
            return title[:at] + rng.choice("aeiounrst") + title[at:]


def typo(title: str, _year: int, rng: random.Random) -> str:
    """One slip, two in longer titles."""
    noisy = slip(title, rng)
    return slip(noisy, rng) if len(title) > 12 and rng.random() < 0.5 else noisy


def no_article(title: str, _year: int, _rng: random.Random) -> str:
    """Leave out the article."""
    return _ARTICLE.sub("", title) or title


def no_accents(title: str, _year: int, _rng: random.Random) -> str:
    """Leave out the accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c))


def with_year(title: str, year: int, rng: random.Random) -> str:
    """Add the year."""
    return rng.choice([f"{title} ({year})", f"{title} {year}", f"{title}, {year}"])


def order(title: str, _year: int, rng: random.Random) -> str:
    """Mix up two neighbouring words, or put the article behind."""
    if found := _ARTICLE.match(title):
        return f"{title[found.end() :]}, {found[1]}"
    words = title.split()
    if len(words) < 2:
        return title
    at = rng.randrange(len(words) - 1)
    return " ".join([*words[:at], words[at + 1], words[at], *words[at + 2 :]])


def punctuation(title: str, _year: int, rng: random.Random) -> str:
    """Leave out the punctuation, or type other."""
    other = rng.choice(["", " ", "-"])
    return " ".join(re.sub(r"[^\w\s]", other, title.replace("&", "and")).split()) or title


def case(title: str, _year: int, rng: random.Random) -> str:
    """Shout, whisper, or both."""
    return rng.choice([title.lower(), title.upper(), title.swapcase()])


def spaces(title: str, _year: int, rng: random.Random) -> str:
    """Lose a space, or type one too many."""
    gaps = [place for place, letter in enumerate(title) if letter == " "]
    if gaps and rng.random() < 0.6:
        at = rng.choice(gaps)
        return title[:at] + title[at + 1 :]
    at = rng.randrange(1, max(2, len(title)))
    return f"{title[:at]} {title[at:]}"


def numerals(title: str, _year: int, _rng: random.Random) -> str:
    """Write roman numerals in arabic, and the other way round."""
    words = title.split()
    swapped = [words[0]] + [_ROMAN.get(word, _ARABIC.get(word, word)) for word in words[1:]]
    return " ".join(swapped)


def everything(title: str, year: int, rng: random.Random) -> str:
    """Several of these at once, as in a hurry."""
    return typo(case(no_article(title, year, rng), year, rng), year, rng)


KINDS: dict[str, Noise] = {
    "typo": typo,
    "no article": no_article,
    "no accents": no_accents,
    "year": with_year,
    "punctuation": punctuation,
    "case": case,
    "spaces": spaces,
    "order": order,
    "numerals": numerals,
    "several": everything,
}


def applies(kind: str, title: str) -> bool:
    """Whether this noise changes this title at all."""
    return kind in {"typo", "year", "case", "spaces", "several"} or (
        KINDS[kind](title, 2000, random.Random(1)) != title
    )
