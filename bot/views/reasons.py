"""Reasons for a pick in words that convince a member; none where there is nothing convincing."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from bot.domain.films import Film
from bot.domain.ids import FilmId
from bot.domain.regions import country, language
from bot.messages.phrases import joined
from bot.messages.replies import Emphasis, Plain, Span
from recommender import Contribution, Pick
from recommender.text import analyzer

MOST_REASONS = 4
"""Most words and names in one line of reasons."""

_LEADS: Mapping[str, str] = {
    "theme": "",
    "genre": "",
    "director": "by",
    "cast": "with",
    "club": "liked here by those who liked",
    "reviews": "members write of",
    "text": "it speaks of",
}
"""The wording of each kind of reason. A shared country, language or decade alone is none."""

_WEAK = ("genre", "reviews", "text")
"""Kinds used only where there are few other reasons."""

_SHORTEST = 4
"""Least letters of a word from a film's text that may be a reason."""

_POSSESSIVE = re.compile(r"(?:['’]s)?[,.;:()]*$")
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


def why(
    pick: Pick, film: Film, liked: Mapping[FilmId, Film], known: Collection[str]
) -> tuple[Span, ...]:
    """Word what carried a pick's score, strongest first, by terms of its films and reviews.

    `known` are the films that were named, or are liked by the viewers: no other is an example.
    """
    strong = [each for each in pick.reasons if each.value > 0 and each.label]
    strong = [each for each in strong if _convinces(each, pick, known)]
    told, carriers = _told(strong, film, liked)
    examples = {film_id: each for film_id, each in liked.items() if film_id in known}
    sources = _source_titles(carriers, examples)
    through = (Plain(" · as in "), Emphasis((Plain(joined(sources)),))) if sources else ()
    return (Plain(f"Why: {told}"), *through) if told else ()


def _convinces(reason: Contribution, pick: Pick, known: Collection[str]) -> bool:
    """Tell whether a reason may be shown: it comes from the wish, or from a known film."""
    if reason.source == pick.film_id:
        return False
    return not reason.source or reason.source in known


def _told(
    reasons: Sequence[Contribution], film: Film, liked: Mapping[FilmId, Film]
) -> tuple[str, list[Contribution]]:
    """Word the strongest reasons, kind by kind: `grief and ghosts; with Paul Mescal`.

    Also return the reasons used, each from every film it applies to.
    """
    chosen: dict[str, str] = {}
    carriers: list[Contribution] = []
    for kinds in (_LEADS.keys() - set(_WEAK), *({kind} for kind in _WEAK)):
        enough = MOST_REASONS if len(kinds) > 1 else MOST_REASONS // 2
        for reason in (each for each in reasons if each.kind in kinds):
            label = _label(reason, film, liked)
            if label and len(chosen) < enough and not _repeats(label, chosen):
                chosen[label] = reason.kind
            if chosen.get(label) == reason.kind:
                carriers.append(reason)
    if not chosen:
        return _last_resort(reasons)
    by_lead: dict[str, list[str]] = {}
    for kind, lead in _LEADS.items():
        by_lead.setdefault(lead, []).extend(label for label in chosen if chosen[label] == kind)
    told = (f"{lead} {joined(each)}".strip() for lead, each in by_lead.items() if each)
    return "; ".join(told), carriers


def _last_resort(reasons: Sequence[Contribution]) -> tuple[str, list[Contribution]]:
    """Word the strongest of the weak reasons, where there is no other.

    A similar year alone is not even one of these.
    """
    for reason in reasons:
        match reason.kind:
            case "club":
                return reason.label, [reason]
            case "country":
                return f"also from {country(reason.label)}", [reason]
            case "language":
                return f"also in {language(reason.label)}", [reason]
    return "", []


def _label(reason: Contribution, film: Film, liked: Mapping[FilmId, Film]) -> str:
    """Return a reason's label as a reader would accept it; empty where there is none."""
    source = liked.get(FilmId(reason.source or ""))
    match reason.kind:
        case "club":
            return reason.label if reason.source else ""
        case "theme":
            return _theme(reason.label, film, source)
        case "text":
            return reason.label if _says_something(reason, film, source) else ""
    return reason.label


def _theme(label: str, film: Film, source: Film | None) -> str:
    """Name a theme whole where one of its words carried the score: `slow burn`, not `burn`.

    Empty where the word stands in different themes: `home` of `childhood home` and `home video`
    is a reason for the score, but none that a reader would accept.
    """
    words = analyzer.label_terms(label)
    themes = [theme for theme in film.themes if words <= analyzer.label_terms(theme)]
    if source is not None:
        themes = [theme for theme in themes if theme in source.themes]
    return themes[0] if themes else ""


def _says_something(reason: Contribution, film: Film, source: Film | None) -> bool:
    """Tell whether a word of a film's text says something about it; the wish's own may be short."""
    words = analyzer.label_terms(reason.label)
    if words & _STOCK or any(letter.isdigit() for letter in reason.label):
        return False
    if source is None:
        return True
    if sum(letter.isalpha() for letter in reason.label) < _SHORTEST:
        return False
    return not _names(reason.label, film)


def _names(label: str, film: Film) -> bool:
    """Tell whether a label is part of a name in a film's text: `Breeden` of `Robert Breeden`."""
    if not all(each[:1].isupper() for each in label.split()):
        return False
    return " " in label or any(
        label in (left, _POSSESSIVE.sub("", right))
        for left, right in pairwise(film.logline.split())
        if left[:1].isupper() and right[:1].isupper()
    )


def _repeats(label: str, chosen: Iterable[str]) -> bool:
    """Tell whether a label repeats one already chosen: `home` after `childhood home`."""
    words = analyzer.label_terms(label)
    return any(words <= (other := analyzer.label_terms(each)) or words >= other for each in chosen)


def _source_titles(reasons: Iterable[Contribution], liked: Mapping[FilmId, Film]) -> list[str]:
    """Return the one or two liked films that carry the reasons most."""
    weights: dict[str, float] = {}
    for reason in reasons:
        if reason.source and reason.kind != "club" and FilmId(reason.source) in liked:
            weights[reason.source] = weights.get(reason.source, 0.0) + reason.value
    if len(liked) < 2:
        return []
    loudest = sorted(weights, key=lambda film_id: -weights[film_id])[:2]
    return [liked[FilmId(film_id)].title for film_id in loudest]
