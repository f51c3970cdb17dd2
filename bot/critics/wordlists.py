"""Words that help to tell people's names from other capitalised words, in three languages."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(words.split())


PCONJUNCTIONS = word_set(
    """
    when while as but and so now then yet if because although though since after before meanwhile
    today quand lorsque mais et si puis wenn als aber und nun
    """
)
