"""Labels of reasons as a reader would accept them; empty where a word tells nothing."""

from collections.abc import Mapping
from itertools import pairwise

from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.words.patterns import lazy_pattern
from recommender import Contribution
from recommender.text import analyzer, themes
from recommender.text.review_words import empty_terms

_SHORTEST = 4
"""Least letters of a word from a film's text that may be a reason."""

_POSSESSIVE = lazy_pattern(r"(?:['’]s)?[,.;:()]*$")
"""Characters that may follow a name in a text."""

_STOCK = frozenset(
    analyzer.terms(
        """
        academy adaptation adapted america american animated animation april august award
        based best book bros case centers century channel charles chronicles cinerama
        circuit co code columbia company concerns considered corporation cosmopolitan credit
        critics david debut december develops different direct discovers distributed
        distribution edward entertainment executive exhibitors famous feature features
        featuring february festival filmed final find first follows forced four franchise
        frank george goldwyn group harry help henry illumination includes including
        installment international jack james january john joseph july june known last left
        lionsgate loosely lost march mary mayer metro michael name named narrated narrator
        national nominated novel november october original paramount part paul peter
        pictures place platform play plays pre premiere premiered presentation presentations
        presents previous produced producer production productions received release released
        remake republic respectively richard robert role roles score screened second section
        september sequel sequences serial series set several short six sixty sound starred
        starring states stephen studio studios sundance supporting survives technicolor
        television tells theatrical third thomas three title tom tries two united universal
        unknown upcoming version walter warner white william world wrote year years
        """
    )
)
"""Words of nearly every encyclopaedia entry, common first names among them."""


def label(reason: Contribution, film: Film, liked: Mapping[FilmId, Film]) -> str:
    """Return a reason's label as a reader would accept it; empty where there is none.

    Of companions it is the title of the film that names the other, or is named by it: that both name
    a third is no claim on either.
    """
    source = liked.get(FilmId(reason.source or ""))
    match reason.kind:
        case "club":
            return reason.label if reason.source else ""
        case "nearness":
            return ""
        case "theme":
            return whole_theme(reason.label, film, source)
        case "companion":
            named = {film.film_id, FilmId(reason.source or "")}
            return source.title if source and FilmId(reason.label) in named else ""
        case "reviews" if reason.source and _is_plain(reason.label):
            return ""
        case "text":
            return reason.label if _says_something(reason, film, source) else ""
    return reason.label


def whole_theme(label: str, film: Film, source: Film | None) -> str:
    """Name a theme whole where one of its words carried the score: `slow burn`, not `burn`.

    Empty where the word stands in different themes: `home` of `childhood home` and `home video`
    is a reason for the score, but none that a reader would accept. Nor is a background that two films
    happen to share ("franchise", "black and white"), unless it was asked for.
    """
    words = analyzer.label_terms(label)
    whole = [theme for theme in film.themes if words <= analyzer.label_terms(theme)]
    if source is not None:
        theirs = {themes.canonical(theme) for theme in source.themes}
        shared = ((theme, themes.canonical(theme)) for theme in whole)
        whole = [
            theme for theme, its in shared if its in theirs and themes.kind(its) != "background"
        ]
    return themes.spelling(whole[0]) if whole else ""


def _says_something(reason: Contribution, film: Film, source: Film | None) -> bool:
    """Tell whether a word of a film's text says something about it; the wish's own may be short."""
    words = analyzer.label_terms(reason.label)
    if words & _STOCK or any(letter.isdigit() for letter in reason.label):
        return False
    if source is None:
        return True
    if sum(letter.isalpha() for letter in reason.label) < _SHORTEST or _is_plain(reason.label):
        return False
    return not _names(reason.label, film)


def _is_plain(label: str) -> bool:
    """Tell whether a label has words of evaluation and everyday life only: "perfect", "sells"."""
    return analyzer.label_terms(label) <= empty_terms()


def _names(label: str, film: Film) -> bool:
    """Tell whether a label is part of a name in a film's text: `Breeden` of `Robert Breeden`."""
    if not all(each[:1].isupper() for each in label.split()):
        return False
    return " " in label or any(
        label in (left, _POSSESSIVE.sub("", right))
        for left, right in pairwise(film.logline.split())
        if left[:1].isupper() and right[:1].isupper()
    )
