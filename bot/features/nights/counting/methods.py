"""Counting of ballots: pure functions from levels to a winner, with everything that decided it.

A ballot gives films a level: 2 yes please, 1 fine, 0 not tonight. A film that it does not name is fine.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import fsum

from bot.domain.ids import FilmId, MemberId, NightId
from bot.domain.nights import FINE, NOT_TONIGHT, YES_PLEASE, Rule

BY_LOT = "drawn by lot"
"""Reason of a result that a draw decided."""

BY_HOST = "chosen by the host"
"""Reason of a film that no vote decided."""

_EPSILON = 1e-9
"""Totals closer than this are equal: weights are fractions."""


@dataclass(frozen=True, slots=True)
class Poll:
    """Ballots of a night, by member, over its films.

    `weights`: of ballots, 1 where none is given. `won_at`: when any nomination of a film's nominator last
    won; films of nominators who never won are missing. `turns`: members, the next to choose first.
    """

    night_id: NightId
    films: Sequence[FilmId]
    ballots: Mapping[MemberId, Mapping[FilmId, int]]
    weights: Mapping[MemberId, float] = field(default_factory=dict)
    won_at: Mapping[FilmId, datetime] = field(default_factory=dict)
    turns: Sequence[MemberId] = ()

    def level(self, member_id: MemberId, film_id: FilmId) -> int:
        """Return the level that a member gives a film."""
        return self.ballots[member_id].get(film_id, FINE)

    def weight(self, member_id: MemberId) -> float:
        """Return the weight of a member's ballot."""
        return self.weights.get(member_id, 1.0)

    @property
    def plain(self) -> "Poll":
        """The same ballots, all of which weigh 1."""
        return replace(self, weights={})

    def total(self, film_id: FilmId) -> float:
        """Return the sum of a film's levels, weighted."""
        return fsum(self.weight(each) * self.level(each, film_id) for each in self.ballots)

    def count(self, film_id: FilmId, level: int) -> int:
        """Count the ballots that give a film this level."""
        return sum(self.level(each, film_id) == level for each in self.ballots)


@dataclass(frozen=True, slots=True)
class PollResult:
    """Result of a poll. `how`: the tie-breaker that decided, if any; `draw`: the text that a draw hashed.

    `tied`: the films among which a draw decided, in the order in which they are numbered from 0.
    """

    film_id: FilmId
    how: str = ""
    draw: str = ""
    tied: Sequence[FilmId] = ()


def decide(poll: Poll, rule: Rule) -> PollResult:
    """Return the winner by a rule; ValueError without films."""
    if not poll.films:
        raise ValueError("a poll needs films")
    return _by_chance(poll) if rule is Rule.DRAW else _untied(leaders(poll, rule), poll)


def leaders(poll: Poll, rule: Rule) -> list[FilmId]:
    """Return the winners by a rule, several if tied; for a draw, the films of the highest total."""
    match rule:
        case Rule.APPROVAL:
            return _best(poll.films, lambda film: _approval(poll, film))
        case Rule.RANKED:
            return _schulze(poll)
        case Rule.TURN if poll.turns:
            chooser = poll.turns[0]
            liked = _best(poll.films, lambda film: poll.level(chooser, film))
            return _best(liked, poll.total)
    return _best(poll.films, poll.total)


def ranking(poll: Poll) -> list[FilmId]:
    """Return the films by their totals, then by the fewest "not tonight", the best first."""
    return sorted(
        poll.films, key=lambda film: (-poll.total(film), poll.count(film, NOT_TONIGHT), film)
    )


def _approval(poll: Poll, film_id: FilmId) -> float:
    return fsum(
        poll.weight(each) for each in poll.ballots if poll.level(each, film_id) > NOT_TONIGHT
    )


def _best(films: Collection[FilmId], score: Callable[[FilmId], float]) -> list[FilmId]:
    scores = {film: score(film) for film in films}
    top = max(scores.values())
    return [film for film, value in scores.items() if value > top - _EPSILON]


def _prefer(poll: Poll, one: FilmId, other: FilmId) -> float:
    """Return the weight of the ballots that rank one film above another."""
    return fsum(
        poll.weight(each)
        for each in poll.ballots
        if poll.level(each, one) > poll.level(each, other)
    )


def _schulze(poll: Poll) -> list[FilmId]:
    """Return the winners by the strongest paths of pairwise majorities (Schulze 2011)."""
    films = list(poll.films)
    path: dict[tuple[FilmId, FilmId], float] = {}
    for one in films:
        for other in films:
            if one != other:
                ahead, behind = _prefer(poll, one, other), _prefer(poll, other, one)
                path[one, other] = ahead if ahead > behind + _EPSILON else 0.0
    for middle in films:
        for one in films:
            for other in films:
                if len({one, middle, other}) == 3:
                    through = min(path[one, middle], path[middle, other])
                    path[one, other] = max(path[one, other], through)
    return [
        one
        for one in films
        if all(path[one, other] >= path[other, one] - _EPSILON for other in films if other != one)
    ]


def _untied(films: Sequence[FilmId], poll: Poll) -> PollResult:
    """Break a tie: fewest "not tonight", head to head, the nominator who waits longest, a draw."""
    if len(films) == 1:
        return PollResult(films[0])
    left = _best(films, lambda film: -poll.count(film, NOT_TONIGHT))
    if len(left) == 1:
        return PollResult(left[0], "a tie, and this one had the fewest against it")
    beaten = _best(left, lambda film: _wins(film, left, poll))
    if len(beaten) == 1:
        return PollResult(beaten[0], "a tie, and more of you prefer this one to the other")
    waited = _best(
        beaten, lambda film: -poll.won_at[film].timestamp() if film in poll.won_at else 0
    )
    if len(waited) == 1 and any(film in poll.won_at for film in beaten):
        return PollResult(
            waited[0], "a tie, and it goes to whose nomination has not won for longest"
        )
    text, tied = draw_text(poll), sorted(waited)
    return PollResult(tied[_number(text) % len(tied)], f"a tie, {BY_LOT}", text, tied)


def _wins(film_id: FilmId, films: Collection[FilmId], poll: Poll) -> int:
    return sum(
        _prefer(poll, film_id, other) > _prefer(poll, other, film_id) + _EPSILON
        for other in films
        if other != film_id
    )


def _by_chance(poll: Poll) -> PollResult:
    """Draw one of the lots: each film has as many as the sum of its levels.

    Weights do not count here: a draw that all can do again would have to tell whose ballot is whose.
    """
    text, films = draw_text(poll), sorted(poll.films)
    lots = [film for film in films for _ in range(round(poll.plain.total(film)))] or films
    return PollResult(lots[_number(text) % len(lots)], BY_LOT, text)


def draw_text(poll: Poll) -> str:
    """Return the text whose SHA-256 decides a draw: the night, and all ballots without names, sorted."""
    ballots = sorted(
        ",".join(f"{film}={poll.level(each, film)}" for film in sorted(poll.films))
        for each in poll.ballots
    )
    return "|".join([poll.night_id, *ballots])


def _number(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)


def gave_up(poll: Poll, member_id: MemberId, winner: FilmId) -> float:
    """Return how far below their favourite a member's ballot has the winner: 0 level with it, 1 all levels."""
    favourite = max(poll.level(member_id, film) for film in poll.films)
    return (favourite - poll.level(member_id, winner)) / (YES_PLEASE - NOT_TONIGHT)
