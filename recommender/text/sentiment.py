"""Sentiment of a sentence by word lists: for reviews without a rating, and middling ones."""

from collections.abc import Sequence

_PRAISE = frozenset(
    """
    adored amazing astonishing beautiful beautifully best breathtaking brilliant charming
    compelling delight delightful enjoyed excellent exquisite fantastic favourite favorite funny
    gem glorious gorgeous great gripping hilarious lovely love loved luminous magnificent marvel
    marvellous masterpiece masterful mesmerising moving outstanding perfect perfectly poignant
    powerful profound recommend remarkable rich riveting spellbinding splendid stunning sublime
    superb tender terrific thrilling touching triumph unforgettable wonderful wonderfully
    magnifique chef-d'oeuvre superbe wunderbar grossartig meisterwerk hermosa maravillosa
    bellissimo stupendo capolavoro
    """.split()
)
_COMPLAINT = frozenset(
    """
    annoying awful bad badly bland bored boring cliche cliches cold confusing contrived
    disappointed disappointing disappointment dragged drags dreadful dull embarrassing fails
    flat forced forgettable frustrating horrible incoherent irritating lacks lazy lifeless
    mediocre mess messy nonsense overlong overrated pointless poor poorly predictable pretentious
    ridiculous shallow silly sloppy stupid tedious terrible thin tired tiresome unbelievable
    unconvincing uneven uninspired waste wasted weak worse worst
    ennuyeux ennui langweilig schlecht enttauscht aburrida aburrido noioso noiosa
    """.split()
)
_NEGATIONS = frozenset({"not", "never", "no", "hardly", "isn", "wasn", "don", "didn", "without"})
_CONTRASTS = frozenset({"although", "but", "except", "however", "though", "yet"})

NEGATION_REACH = 3
"""Words after a negation whose sentiment it inverts."""


def sentiment(words: Sequence[str]) -> int:
    """Return the number of praising minus complaining words, 0 if neutral; words folded."""
    total = 0
    for place, word in enumerate(words):
        value = (word in _PRAISE) - (word in _COMPLAINT)
        if value and _NEGATIONS & set(words[max(place - NEGATION_REACH, 0) : place]):
            value = -value
        total += value
    return total


def contrasted(words: Sequence[str]) -> bool:
    """Tell whether a sentence says "but", or a word like it."""
    return not _CONTRASTS.isdisjoint(words)


def leaning(words: Sequence[str]) -> int:
    """Return the sentiment of what a sentence comes to.

    "Great, but overlong" comes to the latter, and so does "great, but I never believed her": what
    follows is against what came before.
    """
    last = max((place for place, word in enumerate(words) if word in _CONTRASTS), default=-1)
    # "Though slow, it is lovely": what is conceded comes first, and there is no telling where it ends.
    if last <= 0:
        return sentiment(words)
    return sentiment(words[last + 1 :]) or -sentiment(words[:last])
