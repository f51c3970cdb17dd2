"""Film nights: one evening, from the first nomination to what those who came thought of the film."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from bot.domain.ids import FilmId, MemberId, NightId, PlaceId
from bot.domain.reviews.ratings import HalfStars

NOT_TONIGHT, FINE, YES_PLEASE = 0, 1, 2
"""Levels of a ballot."""

LEVEL_NAMES = MappingProxyType({NOT_TONIGHT: "not tonight", FINE: "fine", YES_PLEASE: "yes please"})

NO, IF_NEED_BE, YES = 0, 1, 2
"""Levels of an answer to a time at which a night may be held."""


class Stage(StrEnum):
    """dating, where its time is open -> nominating -> voting -> decided -> rating -> told; or cancelled from any of them."""

    DATING = "dating"
    NOMINATING = "nominating"
    VOTING = "voting"
    DECIDED = "decided"
    RATING = "rating"
    TOLD = "told"
    CANCELLED = "cancelled"


OVER = frozenset({Stage.TOLD, Stage.CANCELLED})
"""Stages of nights that are over."""

UNDECIDED = frozenset({Stage.DATING, Stage.NOMINATING, Stage.VOTING})
"""Stages of nights whose film is open."""

TO_BE_WATCHED = UNDECIDED | {Stage.DECIDED}
"""Stages of nights whose film is still to be watched."""


NEWS = (
    "dated", "moved", "vote", "extended", "host", "decided", "day", "hour", "rate", "told", "cancelled",
    "no event", "turn", "off by host", "off by admin", "unchosen", "end by host", "end by admin",
)  # fmt: skip
"""What is told of a night, each in a message of its own."""


class Rule(StrEnum):
    """Rule by which the ballots of a night choose its film.

    sum: the highest total of levels; approval: most levels above "not tonight"; ranked: Schulze's
    rule on the order of levels; turn: what the nominator whose turn it is likes best; draw: by chance,
    weighed by totals.
    """

    SUM = "sum"
    APPROVAL = "approval"
    RANKED = "ranked"
    TURN = "turn"
    DRAW = "draw"


@dataclass(frozen=True, slots=True)
class Night:
    """Film night of a club. Instants are UTC.

    `member_id`: the host; None where they left the club's data. `place`: where it is announced.
    `until`: when the stage ends; None where it does not end by itself. `films`: those to vote on, once
    voting began. `film_id`: the winner; `how`: what decided it, in words. `quorum`: ballots that a
    vote needs; `extended`: whether the vote was prolonged for lack of them. `fair`: whether ballots of
    those who gave way before weigh more. `slots`: instants (ISO 8601, UTC) among which members choose, until
    one is settled; `starts_at` is the first of them meanwhile. `every`: weeks until the next one of a standing
    night, 0 for a single one. `blind`: whether nobody sees how films stand before the vote has ended.
    `event`: whether it stands among the events of the club's server, too. `rotate`: whether hosts take turns.
    `reasons`: why each film that the room picker put on the ballot is there, in words. `regular_at`: when it would
    have begun, where it was moved: the next ones of a standing night follow from that.
    """

    night_id: NightId
    member_id: MemberId | None
    place: PlaceId
    created_at: datetime
    starts_at: datetime
    stage: Stage = Stage.NOMINATING
    until: datetime | None = None
    vote_until: datetime | None = None
    wish: str = ""
    rule: Rule = Rule.SUM
    films: tuple[FilmId, ...] = ()
    film_id: FilmId | None = None
    how: str = ""
    quorum: int = 1
    extended: bool = False
    fair: bool = True
    slots: tuple[str, ...] = ()
    every: int = 0
    blind: bool = True
    event: bool = False
    rotate: bool = False
    reasons: Mapping[FilmId, str] = field(default_factory=dict)
    regular_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it is neither over nor cancelled."""
        return self.stage not in OVER

    @property
    def host_chooses(self) -> bool:
        """Whether too few have voted, so that its host chooses the film: the vote's own end is before the night."""
        ended = self.until is None or self.until > self.starts_at
        return self.stage is Stage.VOTING and ended


@dataclass(frozen=True, slots=True)
class NightGuest:
    """Member's part in a night.

    `coming`: whether they said so, or that they cannot. `ballot`: a level for each film that they
    gave one. `weight`: of the ballot when it was counted; `gave_up`: how much less than their favourite
    they got, 0..1. `expected`: their predicted rating of the film, in half-stars. `won`: whether the film
    was their nomination. `dates`: a level for each slot of a night whose time is open.
    `interested`: whether they said so at the event of the server, when that was last read.
    `chose`: whether it was their turn to choose; `passed`: whether they left that turn to the next.
    `settling`: films of the room picker that they would settle for, with their predicted ratings in half-stars.
    `text`: their words with the rating; without one, on a night that was called off, why they did so.
    """

    night_id: NightId
    member_id: MemberId
    coming: bool
    direct: PlaceId
    at: datetime
    ballot: Mapping[FilmId, int] = field(default_factory=dict)
    weight: float = 1.0
    gave_up: float | None = None
    expected: float | None = None
    rating: HalfStars | None = None
    text: str = ""
    won: bool = False
    dates: Mapping[str, int] = field(default_factory=dict)
    interested: bool = False
    chose: bool = False
    passed: bool = False
    settling: Mapping[FilmId, HalfStars] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RoomPick:
    """Film that the room picker proposes for those who come.

    `why`: the reason in words, if there is one. `settling`: the members who would settle for it, with their
    predicted ratings in half-stars.
    """

    film_id: FilmId
    why: str = ""
    settling: Mapping[MemberId, HalfStars] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Nomination:
    """Film that a member wants the club to watch; it stays until it wins or is taken back."""

    member_id: MemberId
    film_id: FilmId
    at: datetime
