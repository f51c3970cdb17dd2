"""Reasons for a pick in words that convince a member; none where there is nothing convincing."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from bot.domain.films import Film
from bot.domain.ids import FilmId
from bot.domain.regions import country, language
from bot.messages.phrases import joined
from bot.messages.spans import Emphasis, Plain, Span
from recommender import Contribution, Pick
from recommender.text import analyzer, themes
from recommender.text.review_words import empty_terms

WHY = "Why: "
"""Beginning of the line that tells why a film was picked."""

MOST_REASONS = 3
"""Most words and names in one line of reasons: one says two or three aloud, not four."""

_LEADS: Mapping[str, str] = {
    "theme": "",
    "genre": "",
    "director": "by",
    "writer": "written by",
    "cast": "with",
    "club": "liked here by those who liked",
    "reviews": "members write of",
    "text": "it speaks of",
    "nearness": "by way of",
}
"""The wording of each kind of reason. A shared country, language or decade alone is none."""

_WEAK = ("genre", "reviews", "text")
"""Kinds used only where there are few other reasons."""

_ENOUGH = 2
"""Stronger reasons from which on the weak ones are left out."""

_INCIDENTAL = frozenset(
    map(
        analyzer.phrase,
        (
            *("crime", "ensemble", "family", "family film", "flashbacks", "funny", "marriage"),
            *("moving", "murder", "one day", "one night", "short film"),
        ),
    )
)
_INCIDENTAL_WEIGHT = 0.3
"""Themes that hold of hundreds of films which have nothing else in common, and their weight when
reasons are chosen; the score counts them in full."""

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
    pick: Pick,
    film: Film,
    liked: Mapping[FilmId, Film],
    known: Collection[str],
    akin: Callable[[str], Sequence[str]] = lambda _: (),
) -> tuple[Span, ...]:
    """Word what carried a pick's score, strongest first, by terms of its films and reviews.

    `known` are the films that were named, or are liked by the viewers: no other is an example. `akin`
    gives the pick's themes that are near to those of a film: they stand in where little is shared.
    """
    strong = [each for each in pick.reasons if each.value > 0 and each.label]
    strong = [each for each in strong if _convinces(each, pick, known)]
    told, carriers = _told(strong, film, liked, akin)
    examples = {film_id: each for film_id, each in liked.items() if film_id in known}
    sources = _source_titles(carriers, examples)
    through = (Plain(" · as in "), Emphasis((Plain(joined(sources)),))) if sources else ()
    return (Plain(f"{WHY}{told}"), *through) if told else ()


def _convinces(reason: Contribution, pick: Pick, known: Collection[str]) -> bool:
    """Tell whether a reason may be shown: it comes from the wish, or from a known film."""
    if reason.source == pick.film_id:
        return False
    return not reason.source or reason.source in known


def _told(
    reasons: Sequence[Contribution],
    film: Film,
    liked: Mapping[FilmId, Film],
    akin: Callable[[str], Sequence[str]],
) -> tuple[str, list[Contribution]]:
    """Word the strongest reasons, those of one kind together: `grief and ghosts; with Paul Mescal`.

    Also return the reasons used, each from every film it applies to.
    """
    worded: dict[tuple[str, str], list[Contribution]] = {}
    for reason in reasons:
        if reason.kind in _LEADS and (label := _label(reason, film, liked)):
            worded.setdefault((reason.kind, label), []).append(reason)
    strengths = {each: _strength(*each, found) for each, found in worded.items()}
    ordered = sorted(worded, key=lambda each: -strengths[each])
    chosen = _distinct([each for each in ordered if each[0] not in _WEAK], MOST_REASONS)
    shared = len(chosen)
    for weak in _WEAK:
        if len(chosen) < _ENOUGH:
            of_kind = [each for each in ordered if each[0] == weak]
            chosen = _distinct([*chosen, *of_kind], _ENOUGH)
    carriers = [reason for each in chosen for reason in worded[each]]
    if shared < _ENOUGH and not {"text", "reviews"} & {kind for kind, _ in chosen}:
        chosen, near = _with_kin(chosen, reasons, film, akin)
        carriers += near
    if len(chosen) == 1 and chosen[0][0] == "genre":
        chosen = []
    return (_sentence(chosen), carriers) if chosen else _last_resort(reasons)


def _strength(kind: str, label: str, reasons: Iterable[Contribution]) -> float:
    """Return how much a reason says for a pick, summed over the films it comes through."""
    incidental = kind == "theme" and themes.canonical(label) in _INCIDENTAL
    return sum(each.value for each in reasons) * (_INCIDENTAL_WEIGHT if incidental else 1.0)


def _distinct(labels: Iterable[tuple[str, str]], most: int) -> list[tuple[str, str]]:
    """Return the first `most` reasons of which none repeats another."""
    chosen: list[tuple[str, str]] = []
    for kind, label in labels:
        if len(chosen) < most and not _repeats(label, (each for _, each in chosen)):
            chosen.append((kind, label))
    return chosen


def _with_kin(
    chosen: Sequence[tuple[str, str]],
    reasons: Sequence[Contribution],
    film: Film,
    akin: Callable[[str], Sequence[str]],
) -> tuple[list[tuple[str, str]], list[Contribution]]:
    """Add the pick's themes that are near to those of the film it is nearest to; genres give way."""
    near = next((each for each in reasons if each.kind == "nearness"), None)
    labels = (
        [_theme(each, film, None) for each in akin(near.source)] if near and near.source else []
    )
    kin = [("nearness", label) for label in labels if label and _is_noun(label)][:_ENOUGH]
    if near is None or not kin:
        return list(chosen), []
    kept = [each for each in chosen if each[0] != "genre"]
    return _distinct([*kept, *kin], MOST_REASONS), [near]


def _is_noun(label: str) -> bool:
    """Tell whether a telling theme can follow "by way of": tones, as "romantic", cannot."""
    theme = themes.canonical(label)
    return theme not in _INCIDENTAL and themes.kind(theme) not in {"tone", "background"}


def _sentence(chosen: Sequence[tuple[str, str]]) -> str:
    """Join reasons, those with one lead together, in order of their strongest."""
    by_lead: dict[str, list[str]] = {}
    for kind, label in chosen:
        by_lead.setdefault(_LEADS[kind], []).append(label)
    return "; ".join(f"{lead} {joined(each)}".strip() for lead, each in by_lead.items())


def _last_resort(reasons: Sequence[Contribution]) -> tuple[str, list[Contribution]]:
    """Word the strongest of the weak reasons, where there is no other.

    A similar year alone is not even one of these.
    """
    for reason in reasons:
        match reason.kind:
            case "club":
                return reason.label, [reason]
            case "companion" if reason.source:
                return "a companion piece", [reason]
            case "country" if reason.source:
                return f"also from {country(reason.label)}", [reason]
            case "language" if reason.source:
                return f"also in {language(reason.label)}", [reason]
    return "", []


def _label(reason: Contribution, film: Film, liked: Mapping[FilmId, Film]) -> str:
    """Return a reason's label as a reader would accept it; empty where there is none."""
    source = liked.get(FilmId(reason.source or ""))
    match reason.kind:
        case "club":
            return reason.label if reason.source else ""
        case "nearness":
            return ""
        case "theme":
            return _theme(reason.label, film, source)
        case "reviews" if reason.source and _is_plain(reason.label):
            return ""
        case "text":
            return reason.label if _says_something(reason, film, source) else ""
    return reason.label


def _theme(label: str, film: Film, source: Film | None) -> str:
    """Name a theme whole where one of its words carried the score: `slow burn`, not `burn`.

    Empty where the word stands in different themes: `home` of `childhood home` and `home video`
    is a reason for the score, but none that a reader would accept.
    """
    words = analyzer.label_terms(label)
    whole = [theme for theme in film.themes if words <= analyzer.label_terms(theme)]
    if source is not None:
        its = {themes.canonical(theme) for theme in source.themes}
        whole = [theme for theme in whole if themes.canonical(theme) in its]
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
