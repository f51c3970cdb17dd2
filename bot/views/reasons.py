"""Reasons for a pick in words that convince a member; none where there is nothing convincing."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.regions import country, language
from bot.messages.phrases import joined
from bot.messages.spans import Emphasis, Plain, Span
from bot.views import reason_labels
from recommender import Contribution, Pick
from recommender.text import analyzer, themes

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
    "companion": "goes well with",
}
"""The wording of each kind of reason. A shared country, language or decade alone is none."""

_WEAK = ("companion", "genre", "reviews", "text")
"""Kinds used only where there are few other reasons, in this order: that films go well together says
more than a genre, and less than what they have in common."""

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


def why(
    pick: Pick,
    film: Film,
    liked: Mapping[FilmId, Film],
    known: Collection[str],
    akin: Callable[[str], Sequence[str]] = lambda _: (),
    most: int = MOST_REASONS,
    said: Collection[frozenset[str]] = (),
) -> tuple[Span, ...]:
    """Word what carried a pick's score, strongest first, by at most so many terms of its films and reviews.

    `known` are the films that were named, or are liked by the viewers: no other is an example. `akin`
    gives the pick's themes that are near to those of a film: they stand in where little is shared.
    `said` are the terms of reasons that the heading tells already: they are left out.
    """
    strong = [each for each in pick.reasons if each.value > 0 and each.label]
    strong = [each for each in strong if _convinces(each, pick, known)]
    told, carriers = _told(strong, film, liked, akin, most, said)
    examples = {film_id: each for film_id, each in liked.items() if film_id in known}
    sources = _source_titles(carriers, examples)
    through = (Plain(" · as in "), Emphasis((Plain(joined(sources)),))) if sources else ()
    return (Plain(f"{WHY}{told}"), *through) if told else ()


def shared_and_typed(picks: Sequence[Pick], typed: str) -> Collection[frozenset[str]]:
    """Return the terms of each reason that all of several picks have, and that was typed.

    Under "Japanese films in black and white" nobody needs to read "black and white" five times.
    """
    if len(picks) < 2:
        return ()
    words = analyzer.label_terms(typed)
    wished = (
        {analyzer.label_terms(each.label) for each in pick.reasons if not each.source}
        for pick in picks
    )
    return {each for each in set.intersection(*wished) if each and each <= words}


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
    most: int,
    said: Collection[frozenset[str]],
) -> tuple[str, list[list[Contribution]]]:
    """Word the strongest reasons, those of one kind together: `grief and ghosts; with Paul Mescal`.

    Also return the reasons behind each, from every film it applies to.
    """
    worded: dict[tuple[str, str], list[Contribution]] = {}
    for reason in reasons:
        if reason.kind in _LEADS and (label := reason_labels.label(reason, film, liked)):
            worded.setdefault((reason.kind, label), []).append(reason)
    strengths = {each: _strength(*each, found) for each, found in worded.items()}
    ordered = sorted(worded, key=lambda each: -strengths[each])
    chosen = _distinct([each for each in ordered if each[0] not in _WEAK], most)
    shared = len(chosen)
    for weak in _WEAK:
        if len(chosen) < _ENOUGH:
            of_kind = [each for each in ordered if each[0] == weak]
            chosen = _distinct([*chosen, *of_kind], _ENOUGH)
    chosen.sort(key=lambda each: each[0] == "companion")
    near: list[Contribution] = []
    if shared < _ENOUGH and not {"text", "reviews"} & {kind for kind, _ in chosen}:
        chosen, near = _with_kin(chosen, reasons, film, akin)
    telling = [each for each in chosen if analyzer.label_terms(each[1]) not in said]
    if len(telling) == 1 and telling[0][0] == "genre":
        telling = []
    if telling:
        return _sentence(telling), [worded.get(each, near) for each in telling]
    all_said = any(analyzer.label_terms(label) in said for _, label in chosen)
    return ("", []) if all_said else _last_resort(reasons)


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
    """Add the pick's themes that are near to those of the film it is nearest to.

    Genres give way, and beside what films share a companion, too; but a single near theme gives way to that: it
    is often a chance one.
    """
    near = next((each for each in reasons if each.kind == "nearness"), None)
    found = akin(near.source) if near and near.source else ()
    labels = [reason_labels.whole_theme(each, film, None) for each in found]
    kin = [("nearness", label) for label in labels if label and _is_noun(label)][:_ENOUGH]
    shared = [each for each in chosen if each[0] not in _WEAK]
    companions = [each for each in chosen if each[0] == "companion"]
    if near is None or not kin or (shared and companions and len(kin) < _ENOUGH):
        return list(chosen), []
    return _distinct([*(shared or companions), *kin], MOST_REASONS), [near]


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


def _last_resort(reasons: Sequence[Contribution]) -> tuple[str, list[list[Contribution]]]:
    """Word the strongest of the weak reasons, where there is no other.

    A similar year alone is not even one of these.
    """
    for reason in reasons:
        match reason.kind:
            case "club":
                return reason.label, [[reason]]
            case "country" if reason.source:
                return f"also from {country(reason.label)}", [[reason]]
            case "language" if reason.source:
                return f"also in {language(reason.label)}", [[reason]]
    return "", []


def _repeats(label: str, chosen: Iterable[str]) -> bool:
    """Tell whether a label repeats one already chosen: `home` after `childhood home`."""
    words = analyzer.label_terms(label)
    return any(words <= (other := analyzer.label_terms(each)) or words >= other for each in chosen)


def _source_titles(
    told: Sequence[Sequence[Contribution]], liked: Mapping[FilmId, Film]
) -> list[str]:
    """Return the liked film that carries the reasons most, and a second one that tells more of them.

    The second carries what the first does not, or else half of all: "by Michael Mann; tense" is as in Heat,
    not as in Alien. Films that are named already, by the club or as companions, are not named again.
    """
    named = {each.source for group in told for each in group if each.kind == "companion"}
    groups = [group for group in told if group[0].kind not in {"club", "companion"}]
    carried: dict[FilmId, list[float]] = {}
    for number, group in enumerate(groups):
        for each in group:
            if each.source and each.source not in named and FilmId(each.source) in liked:
                carried.setdefault(FilmId(each.source), [0.0] * len(groups))[number] += each.value
    if len(liked) < 2 or not carried:
        return []
    first = max(carried, key=lambda film_id: sum(carried[film_id]))
    rest = [number for number, value in enumerate(carried[first]) if not value]
    weights = {
        film_id: sum(each[number] for number in rest or range(len(groups)))
        for film_id, each in carried.items()
        if film_id != first and (rest or 2 * sum(value > 0 for value in each) >= len(groups))
    }
    second = [each for each in sorted(weights, key=lambda each: -weights[each]) if weights[each]]
    return [liked[each].title for each in (first, *second[:1])]
