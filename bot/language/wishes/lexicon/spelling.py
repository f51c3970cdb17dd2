"""Words that are one edit away from a known one: `horor`, `comdey`, `japaneese`.

Known words are filed under each of their forms with one letter left out; two words within one edit
share such a form.
"""

from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz.distance import OSA

Misspellings = Mapping[str, tuple[str, ...]]
"""Known words by their forms with at most one letter left out."""

SHORTEST = 5
"""Letters of a word from which one edit is taken for a slip: `cold` is not `cord`."""

LONG = 9
"""Letters of a word from which two edits are taken for slips."""

_SURE_WITHOUT_ITS_FIRST = 7
"""Letters of a word from which its first may be the wrong one: `sinky` is not `kinky`."""


def misspellings(words: Iterable[str]) -> Misspellings:
    """File words under their forms with at most one letter left out, the first ones first."""
    found: dict[str, list[str]] = {}
    for word in dict.fromkeys(words):
        if len(word) >= SHORTEST:
            for form in _forms(word):
                found.setdefault(form, []).append(word)
    return {form: tuple(each) for form, each in found.items()}


def nearest(word: str, known: Misspellings) -> str | None:
    """Return the known word within one edit, of several the one that begins alike; None for none."""
    if len(word) < SHORTEST - 1 or not word.isalpha():
        return None
    near = dict.fromkeys(each for form in _forms(word) for each in known.get(form, ()))
    fitting = [
        each
        for each in near
        if OSA.distance(word, each, score_cutoff=1) <= 1
        and (each[0] == word[0] or len(each) >= _SURE_WITHOUT_ITS_FIRST)
    ]
    return min(
        fitting, key=lambda each: (each[0] != word[0], abs(len(each) - len(word))), default=None
    )


def nearest_long(word: str, known: Iterable[str]) -> str | None:
    """Return the first of the nearest long words that is within two edits and begins alike: `historicle`."""
    if len(word) < LONG or not word.isalpha():
        return None
    alike = (each for each in known if each[0] == word[0] and abs(len(each) - len(word)) <= 2)
    near = [(OSA.distance(word, each, score_cutoff=2), each) for each in alike]
    edits, meant = min(near, key=lambda each: each[0], default=(3, None))
    return meant if edits <= 2 else None


def _forms(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
