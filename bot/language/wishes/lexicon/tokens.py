"""Words of a wish with their places in it, folded and stemmed as the lexicon's are."""

from dataclasses import dataclass

from bot.domain.words.patterns import lazy_pattern
from bot.language.wishes.lexicon.entries import stem_of
from recommender.text import analyzer
from recommender.text.stopwords import ELISIONS

_WORD = lazy_pattern(r"[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_]*)*")
_QUOTES = frozenset("'’")
_SHORTENED = {
    "abt": "about", "nite": "night", "tho": "though", "somethin": "something", "smthing": "something", "cus": "because",
    "u": "you", "ur": "your", "r": "are", "n": "and", "fam": "family", "b4": "before", "yr": "year", "yrs": "years", "thats": "that", "whos": "who", "whats": "what",
    "dont": "don", "doesnt": "doesn", "isnt": "isn", "arent": "aren", "didnt": "didn", "wont": "won", "cuz": "because", "ppl": "people", "everyones": "everyone", "halp": "help", "mths": "months", "theres": "there", "wasnt": "wasn", "tmrw": "tomorrow", "tmr": "tomorrow", "2moro": "tomorrow", "smn": "someone", "evry": "every", "vs": "versus", "wierd": "weird",
}  # fmt: skip
"""Words as they are typed in a chat; of those with an apostrophe, what is left without it."""

_DRAWN_OUT = lazy_pattern(r"(.)\1{2,}")
"""What a word has more of than it is spelt with: `in spaaaace`, `looong`."""

_SPELT_WITH_TWO = {
    "god": "good", "col": "cool", "spoky": "spooky", "crepy": "creepy", "swet": "sweet", "fel": "feel", "ned": "need", "to": "too",
}  # fmt: skip
"""Words that are spelt with two of the letter that was drawn out, by their form with one: `gooood`."""

_NUMERAL = lazy_pattern(r"[ivx]+")
_BREAKS = frozenset(',;.!?()“”"')


@dataclass(frozen=True, slots=True)
class Token:
    """Word of a text: folded, its stem, its place, and whether a comma or the like comes after it."""

    word: str
    stem: str
    start: int
    end: int
    comma: bool


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text, without the `'s` and `'t` that the lexicon's phrases lack too."""
    found: list[Token] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = analyzer.fold(match[0])
        word = _SHORTENED.get(word, word)
        if _DRAWN_OUT.search(word) and not (word.isdigit() or _NUMERAL.fullmatch(word)):
            short = _DRAWN_OUT.sub(r"\1", word)
            word = _SPELT_WITH_TWO.get(short, short)
        if word == "w" and not (found and found[-1].word == "b"):  # not `b&w`
            word = "with"
        before, after = text[max(start - 1, 0) : start], text[end : end + 1]
        if (word in {"s", "t"} and before in _QUOTES and before) or (
            word in ELISIONS and after in _QUOTES and after
        ):
            continue
        found.append(Token(word, stem_of(word), start, end, after in _BREAKS and bool(after)))
    return found
