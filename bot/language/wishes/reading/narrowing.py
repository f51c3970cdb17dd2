"""Narrowing of a notion to what was typed: its theme of that name, or films whose text has the word."""

from dataclasses import replace

from bot.language.wishes.lexicon.entries import Term
from bot.language.wishes.wish import Understood
from recommender import BaseIndex, Demand
from recommender.index.names import film_count
from recommender.scoring.query import SAID
from recommender.text import analyzer, themes
from recommender.text.fields import THEME_WORDS

_MOST_TERMS = 12
_ENOUGH_FILMS, _ENOUGH_OF_A_SUBJECT = 20, 5
"""Films that have a theme, from which its name alone is looked for first; moods have many names."""


def narrowed(part: Understood, index: BaseIndex) -> Understood:
    """Prefer, of a notion's terms, the theme that was typed, where enough films have it."""
    part = _named_as_typed(part, index)
    least = _ENOUGH_OF_A_SUBJECT if part.entry.kind == "after" else _ENOUGH_FILMS
    own = _own_theme(part.typed, index, least)
    if own is None:
        return _spoken_of(part, index)
    if part.entry.all or all(own not in demand.any_of[:_MOST_TERMS] for demand in part.demands):
        return part
    return replace(part, demands=tuple(_only(own, demand) for demand in part.demands))


def has_own_theme(part: Understood, index: BaseIndex) -> bool:
    """Tell whether a theme has the name that was typed."""
    return _own_theme(part.typed, index, _ENOUGH_OF_A_SUBJECT) is not None


def _own_theme(typed: str, index: BaseIndex, least: int) -> Term | None:
    """Return the theme that was typed, in either number, if enough films have it."""
    name = analyzer.phrase(typed).removeprefix("about ")
    forms = (name, f"{name}s", f"{name}es", analyzer.stem(name))
    return next((("tag", each) for each in forms if film_count(index, "tag", each) >= least), None)


def _spoken_of(part: Understood, index: BaseIndex) -> Understood:
    """Prefer, where too few films have the theme that was typed, those whose text has the word: `tennis`."""
    entry, typed = part.entry, part.typed.lower().removeprefix("about ")
    if entry.all or not entry.soft or not entry.label.startswith(("about ", "for ")):
        return part
    if _own_theme(typed, index, _ENOUGH_OF_A_SUBJECT):
        return part
    if not typed.isalpha() or not film_count(index, "text", analyzer.stem(typed)):
        return part
    return replace(part, demands=_also(part, (SAID, typed)))


def spoken_first(part: Understood, word: str, index: BaseIndex) -> Understood:
    """Prefer, among films of the notion nearest to a word, those that say it themselves: `lighthouse`."""
    said = ((SAID, word), ("title", word), (THEME_WORDS, word))
    known = film_count(index, "text", analyzer.stem(word)) or film_count(index, "title", word)
    if not known or any(each.excluded for each in part.demands):
        return part
    near = _also(part, ("text", word), (THEME_WORDS, word))  # where no theme names the notion
    return replace(part, demands=(*near, Demand(word, said, soft=True)))


def _also(part: Understood, *terms: Term) -> tuple[Demand, ...]:
    """Return the demands of a part, met by films that have one of these terms, too."""
    return tuple(
        replace(each, any_of=tuple(dict.fromkeys((*each.any_of, *terms)))) if each.any_of else each
        for each in part.demands
    )


def _named_as_typed(part: Understood, index: BaseIndex) -> Understood:
    """Name a subject by the word that was typed, not by its notion: `about libraries`, not `about writers`."""
    entry, typed = part.entry, part.typed.lower().removeprefix("about ")
    near_double = bool(entry.noun) and themes.canonical(typed) != typed
    about = entry.label.startswith("about ") or near_double
    # `dumped` and `heartbroken` name no subject.
    happened = typed.endswith(("ed", "broken")) and not typed.endswith("eed")
    if not (entry.soft and about and typed.isalpha()) or happened:
        return part
    if analyzer.stem(typed) in map(analyzer.stem, analyzer.words(entry.label)):
        return part
    if index.term("text", analyzer.stem(typed)) < 0:  # a word of another language, or a rare one
        return part
    theme = _own_theme(typed, index, _ENOUGH_OF_A_SUBJECT)
    label = f"about {theme[1] if theme else typed}"
    demands = tuple(replace(each, label=label) for each in part.demands)
    named = replace(entry, label=label, noun="", kind="after")
    return replace(part, entry=named, demands=demands)


def _only(own: Term, demand: Demand) -> Demand:
    if own not in demand.any_of or demand.excluded:
        return demand
    others = tuple(term for term in (*demand.any_of, *demand.wide) if term != own)
    return replace(demand, any_of=(own,), wide=others)
