"""Rules of film nights on raters that were held out, in one run: who is pleased, and who never is.

    python benchmarks/night.py [--data FOLDER] [--groups N] [--people N] [--films N]

Groups of people choose among films that they all have rated. What a film is worth to a person is their own
rating, in deviations from their mean: a rater's, of MovieLens in FOLDER, else an invented one's. Ballots follow
from it: a film well above the person's average of those on the ballot is a yes, one well below a no.
`last` is the share of people who got the one film they liked least. Then groups hold twelve nights, never the same
film twice; `worst of 12` is the mean of whoever fared worst over all: the ledger is for them.

The room picker knows each person's ratings of the other half of all films, and the ratings of a club of
other people; of twelve films a week it offers the best, where chance offers any.

The two bounds choose by the ratings themselves, which no ballot tells: what any rule could reach for the mean,
and for the worst-off.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import recommender_data
from numpy.typing import NDArray
from recommender_quality import line

from bot.domain.ids import FilmId, MemberId, NightId, PlaceId
from bot.domain.nights import FINE, NOT_TONIGHT, YES_PLEASE, Night, NightGuest, Rule
from bot.features.nights.counting.ledger import NIGHTS, balances, weights
from bot.features.nights.counting.methods import Poll, decide, gave_up
from recommender import BaseIndex, Demand, Overlay, Profile, Query, ReviewDocument, recommend

WEEKS = 12
MARGIN = 0.35
"""Deviations from a person's average of a ballot from which a film is a yes, or a no."""

EAGER = 40
"""Raters who have rated most, of whom the groups of many nights are drawn."""

WEEKLY = 12
"""Films of a week from which the room picker chooses."""

Worth = NDArray[np.float64]
"""What each film (column) is worth to each person (row); NaN where they have not rated it."""

Group = NDArray[np.intp]
"""Rows of the people of a group."""

Slates = Sequence[Sequence[int]]
"""Columns of films for each night of a group, in the order in which they are offered."""

Choose = Callable[[Worth, NightId, Mapping[MemberId, float]], int]
"""Chooses a film, by its column, of a ballot's; by the weights of ballots."""


@dataclass(slots=True)
class Figures:
    """Outcomes of the nights of many groups."""

    mean: list[float] = field(default_factory=list)
    worst: list[float] = field(default_factory=list)
    last: list[bool] = field(default_factory=list)
    longest: list[float] = field(default_factory=list)

    def columns(self) -> list[str]:
        """Return the means, as shown."""
        return [f"{np.mean(each):.3f}" for each in (self.mean, self.worst, self.last, self.longest)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--groups", type=int, default=400)
    parser.add_argument("--people", type=int, default=4)
    parser.add_argument("--films", type=int, default=5)
    options = parser.parse_args()
    random = np.random.default_rng(21)
    raters = _held_out(options.data) if options.data else _invented(random)
    kind = "raters of MovieLens, held out" if options.data else "invented raters"
    print(f"groups of {options.people} {kind}, {options.films} films a night")
    rules = _rules(random)
    groups = list(_groups(raters.worth, 5 * options.groups, options.people, options.films, random))
    slates = [_by_chance(group, raters.worth, random)[:1] for group in groups]
    _table("one night", groups, slates, raters.worth, rules, options.films)
    many = WEEKLY + WEEKS
    groups = list(_groups(raters.worth, options.groups, options.people, many, random))
    slates = [_by_chance(group, raters.worth, random) for group in groups]
    _table(f"{WEEKS} nights", groups, slates, raters.worth, rules, options.films)
    if raters.overlay is not None:
        picked = [_by_picker(group, raters, random) for group in groups]
        some = {name: rules[name] for name in ("sum, ledger", "one vote each", "by chance")}
        title = f"{WEEKS} nights, films offered by the room picker"
        _table(title, groups, picked, raters.worth, some, options.films)


def _table(
    title: str,
    groups: Sequence[Group],
    slates: Sequence[Slates],
    worth: Worth,
    rules: Mapping[str, tuple[Choose, bool]],
    films: int,
) -> None:
    print(f"\n{title}: {len(groups)} groups")
    line("", ("mean", "worst member", "last", f"worst of {WEEKS}"))
    for name, (choose, fair) in rules.items():
        figures = _nights(groups, slates, worth, choose, fair=fair, films=films)
        line(name, figures.columns())


# Raters -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Raters:
    """Raters with what films are worth to them, and what the room picker knows."""

    worth: Worth
    film_ids: tuple[str, ...] = ()
    overlay: Overlay | None = None
    profiles: tuple[Profile, ...] = ()


def _invented(random: np.random.Generator, people: int = 150, films: int = 240) -> Raters:
    tastes, kinds = random.normal(0, 1, (people, 6)), random.normal(0, 1, (films, 6))
    liking = (
        tastes @ kinds.T / 2.5
        + random.normal(0, 0.7, films)
        + random.normal(0, 0.6, (people, films))
    )
    worth = (liking - liking.mean(axis=1, keepdims=True)) / liking.std(axis=1, keepdims=True)
    return Raters(worth)


def _held_out(folder: Path) -> Raters:
    """Split raters into a club and those held out, films into those known and those of the nights."""
    data = recommender_data.read(folder)
    index = BaseIndex.build(data.films)
    overlay = Overlay(index)
    ids = [film.film_id for film in data.films]
    random = np.random.default_rng(7)
    of_nights = random.random(len(ids)) < 0.5
    held = {user for user in data.users if random.random() < 0.4}
    overlay.put_all(
        ReviewDocument(
            f"{each.user}-{each.row}", ids[each.row], str(each.user), "", each.half_stars
        )
        for each in data.ratings
        if each.user not in held
    )
    users = sorted(held)
    stars = np.full((len(users), len(ids)), np.nan)
    for each in data.ratings:
        if each.user in held:
            stars[users.index(each.user), each.row] = each.half_stars
    known = [
        Profile(
            {
                ids[row]: int(stars[user, row])
                for row in np.flatnonzero(~np.isnan(stars[user]))
                if not of_nights[row]
            }
        )
        for user in range(len(users))
    ]
    mean = np.nanmean(stars, axis=1, keepdims=True)
    spread = np.nanstd(stars, axis=1, keepdims=True)
    worth = (stars - mean) / np.where(spread > 0, spread, 1)
    kept = np.flatnonzero(of_nights)
    return Raters(worth[:, kept], tuple(ids[row] for row in kept), overlay, tuple(known))


def _groups(
    worth: Worth, count: int, people: int, common: int, random: np.random.Generator
) -> list[Group]:
    """Draw groups of people who have rated at least so many films in common."""
    found: list[Group] = []
    rated = ~np.isnan(worth)
    eager = np.flatnonzero(rated.sum(axis=1) >= common)
    if common > WEEKLY:  # only those who have rated much have so many films in common
        eager = np.sort(eager[np.argsort(-rated[eager].sum(axis=1), kind="stable")[:EAGER]])
    for _ in range(200 * count):
        if len(found) == count:
            break
        group = random.choice(eager, people, replace=False)
        if rated[group].all(axis=0).sum() >= common:
            found.append(group)
    return found


# Films on the ballots ---------------------------------------------------------------------------


def _common(group: Group, worth: Worth) -> list[int]:
    return [int(each) for each in np.flatnonzero((~np.isnan(worth[group])).all(axis=0))]


def _by_chance(group: Group, worth: Worth, random: np.random.Generator) -> list[list[int]]:
    """Return an order of all films that the group has rated for each week: the first that are left count."""
    common = _common(group, worth)
    return [random.permutation(common).tolist() for _ in range(WEEKS)]


def _by_picker(group: Group, raters: Raters, random: np.random.Generator) -> list[list[int]]:
    """Return for each week the films in the room picker's order, of some drawn by chance."""
    column = {film_id: number for number, film_id in enumerate(raters.film_ids)}
    profiles = tuple(raters.profiles[each] for each in group)
    weeks: list[list[int]] = []
    assert raters.overlay is not None
    for order in _by_chance(group, raters.worth, random):
        drawn = order[: WEEKLY + WEEKS]
        wanted = frozenset(raters.film_ids[each] for each in drawn[:WEEKLY])
        query = Query(
            profiles=profiles, demands=(Demand("of the week", film_ids=wanted),), count=WEEKLY
        )
        best = [column[pick.film_id] for pick in recommend(raters.overlay, query).picks]
        weeks.append([*best, *(each for each in drawn if each not in best)])
    return weeks


# Nights -----------------------------------------------------------------------------------------


def _nights(
    groups: Sequence[Group],
    slates: Sequence[Slates],
    worth: Worth,
    choose: Choose,
    *,
    fair: bool,
    films: int,
) -> Figures:
    figures = Figures()
    for number, (group, weeks) in enumerate(zip(groups, slates, strict=True)):
        watched: set[int] = set()
        past: list[Night] = []
        guests: list[NightGuest] = []
        got: list[Worth] = []
        for week, order in enumerate(weeks):
            slate = [each for each in order if each not in watched][:films]
            on_ballot = worth[np.ix_(group, slate)]
            night = _night(number, week)
            members = [MemberId(str(each)) for each in group]
            balance = balances(past[:NIGHTS], guests) if fair else {}
            chosen = choose(on_ballot, night.night_id, weights(balance, members))
            watched.add(slate[chosen])
            got.append(on_ballot[:, chosen])
            figures.mean.append(float(on_ballot[:, chosen].mean()))
            figures.worst.append(float(on_ballot[:, chosen].min()))
            below = (on_ballot <= on_ballot[:, [chosen]]).sum(axis=1)
            figures.last += (below == 1).tolist()
            past.insert(0, night)
            guests += _noted(night, on_ballot, members, chosen)
        figures.longest.append(float(np.mean(got, axis=0).min()))
    return figures


def _night(group: int, week: int) -> Night:
    at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(weeks=week)
    return Night(NightId(f"{group}-{week}"), None, PlaceId("bench"), at, at)


def _noted(
    night: Night, on_ballot: Worth, members: Sequence[MemberId], chosen: int
) -> list[NightGuest]:
    poll = _poll(on_ballot, night.night_id, {}, members)
    blank = NightGuest(
        night.night_id, MemberId(""), coming=True, direct=PlaceId("bench"), at=night.starts_at
    )
    return [
        replace(blank, member_id=each, gave_up=gave_up(poll, each, FilmId(str(chosen))))
        for each in members
    ]


def _poll(
    on_ballot: Worth,
    night_id: NightId,
    weighed: Mapping[MemberId, float],
    members: Sequence[MemberId] = (),
) -> Poll:
    films = [FilmId(str(each)) for each in range(on_ballot.shape[1])]
    members = members or [MemberId(str(each)) for each in weighed]
    apart = on_ballot - on_ballot.mean(axis=1, keepdims=True)
    levels = np.where(apart > MARGIN, YES_PLEASE, np.where(apart < -MARGIN, NOT_TONIGHT, FINE))
    ballots = {
        member: dict(zip(films, row.tolist(), strict=True))
        for member, row in zip(members, levels, strict=True)
    }
    return Poll(night_id, films, ballots, dict(weighed))


def _rules(random: np.random.Generator) -> dict[str, tuple[Choose, bool]]:
    """Return each rule with whether the ledger weighs its ballots."""
    return {
        "sum, ledger": (_by(Rule.SUM), True),
        "sum": (_by(Rule.SUM), False),
        "approval": (_by(Rule.APPROVAL), False),
        "ranked (Schulze, of three levels)": (_by(Rule.RANKED), False),
        "ranked (Borda, of all places)": (
            lambda w, *_: _most(_places(w).sum(axis=0), random),
            False,
        ),
        "one vote each": (lambda w, *_: _most(_firsts(w), random), False),
        "one vote each, ledger": (_weighed_votes(random), True),
        "bound: best mean, ratings known": (lambda w, *_: int(w.mean(axis=0).argmax()), False),
        "bound: best worst-off, ratings known": (lambda w, *_: int(w.min(axis=0).argmax()), False),
        "by chance": (lambda w, *_: int(random.integers(w.shape[1])), False),
    }


def _by(rule: Rule) -> Choose:
    def choose(on_ballot: Worth, night_id: NightId, weighed: Mapping[MemberId, float]) -> int:
        return int(decide(_poll(on_ballot, night_id, weighed), rule).film_id)

    return choose


def _weighed_votes(random: np.random.Generator) -> Choose:
    def choose(on_ballot: Worth, _: NightId, weighed: Mapping[MemberId, float]) -> int:
        votes = np.bincount(on_ballot.argmax(axis=1), list(weighed.values()), on_ballot.shape[1])
        return _most(votes, random)

    return choose


def _firsts(on_ballot: Worth) -> Worth:
    return np.bincount(on_ballot.argmax(axis=1), minlength=on_ballot.shape[1]).astype(float)


def _places(on_ballot: Worth) -> Worth:
    return on_ballot.argsort(axis=1).argsort(axis=1).astype(float)


def _most(votes: Worth, random: np.random.Generator) -> int:
    """Return the film with the most votes, by chance of several."""
    return int(random.choice(np.flatnonzero(votes > votes.max() - 1e-9)))


if __name__ == "__main__":
    main()
