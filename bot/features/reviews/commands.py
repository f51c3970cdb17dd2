"""Commands about reviews: read, write, delete, undo, save a critic's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from bot.domain.ids import DraftId, ReviewId
from bot.domain.ratings import HalfStars
from bot.domain.visibility import Visibility
from bot.messages.commands import Command, Kind, option


@dataclass(frozen=True, slots=True)
class ReviewCommand(Command):
    """Read what the club thinks of a film, or, with a rating or words, write a review.

    `unsure`: words after the title that may be part of it or of the review. `whole`: whether fields
    left out are emptied instead of kept from the former review. `mine`: whether the text is the
    member's own, though it may look like a critic's. `trouble`: the error in the typed line, if
    any. `draft`: the draft that this completes. `readers`: who may read words that sound private.
    `confirm`: whether the member is asked before it is saved, as it was not given as a command.
    `shows_ending`: words that seem to give the ending away are shown, as the member has been asked.
    """

    name: ClassVar[str] = "review"
    visibility: ClassVar[Visibility] = Visibility.CLUB

    film: str = option(Kind.FILM, "title, link or id of the film", "")
    rating: HalfStars | None = option(Kind.RATING, "4, 4.5/5, 9/10, ★★★★½ or 90 %", None)
    text: str = option(
        Kind.TEXT, "what you thought of it; ||spoilers|| between bars", "", label="Your review"
    )
    spoiler: bool = option(
        Kind.YES_NO, "the whole review gives things away", default=False, label="Gives things away"
    )
    private: bool = option(
        Kind.YES_NO,
        "only you can read it; it feeds only your own picks",
        default=False,
        label="Only for you",
    )
    rewatch: bool = option(
        Kind.YES_NO, "you had seen it before", default=False, label="Seen before"
    )
    abandoned: bool = option(
        Kind.YES_NO, "you did not finish it", default=False, label="Did not finish"
    )
    abandoned_after: int | None = option(
        Kind.NUMBER, "minutes after which you stopped", None, label="Stopped after (minutes)"
    )
    watched_on: date | None = option(
        Kind.PAST_DATE, "the day you saw it: yesterday, 26 January", None, label="Seen on"
    )
    file: str = option(Kind.FILE, "a long review as a text file, yours or a critic's", "")
    unsure: str = ""
    whole: bool = False
    mine: bool = False
    trouble: str = ""
    draft: DraftId | None = None
    readers: str = ""
    confirm: bool = False
    shows_ending: bool = False

    @property
    def is_review(self) -> bool:
        """Whether it holds a review to save, rather than names a film to read about."""
        return bool(
            self.rating
            or self.text
            or self.abandoned
            or self.rewatch
            or self.watched_on
            or self.file
        )

    @property
    def writes(self) -> bool:
        """Whether it may write: an ambiguous line waits in a draft, and a flag alone changes a review that is there."""
        return self.is_review or bool(self.unsure) or self.flags_alone

    @property
    def flags_alone(self) -> bool:
        """Whether all that it says of its film is who may read a review of it, or that it gives things away."""
        flags = self.private or self.spoiler
        return flags and bool(self.film.strip()) and not (self.is_review or self.unsure)

    def answers(self, fields_: Collection[str]) -> bool:
        """Tell whether a form holds a review, or names the film where it only asks for that."""
        return self.is_review if set(fields_) - {"film"} else bool(self.film.strip())

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (
            cls("All of Us Strangers"),
            cls("Aftersun", HalfStars(9), "It stayed with me for a week."),
            cls("Her", text="Warm, sad and very orange. ||She leaves.||"),
            cls("Past Lives", abandoned=True, abandoned_after=40, private=True),
        )

    def usage(self) -> tuple[str, str]:
        """Return the film, the rating, the text behind it or behind a `|`, then the flags."""
        flags = {
            "--spoiler": self.spoiler,
            "--rewatch": self.rewatch,
            f"--dnf {self.abandoned_after or ''}".rstrip(): self.abandoned,
            f"--on {self.watched_on}": self.watched_on,
            "--private": self.private,
        }
        parts = [
            self.film,
            self.unsure,
            f"{self.rating / 2:g}/5" if self.rating else "",
            "|" if self.text and not self.rating else "",
            self.text,
            *(flag for flag, given in flags.items() if given),
        ]
        return self.name, " ".join(part for part in parts if part)


OWN = "me"
"""The member of `ReviewsCommand` who gives it."""

EVERYONE = "everyone"
"""The member of `ReviewsCommand` that means all: the latest reviews of the club."""


class Leaning(StrEnum):
    """Which ratings are wanted: those of films that were liked, or disliked."""

    LIKED = "liked"
    DISLIKED = "disliked"


@dataclass(frozen=True, slots=True)
class ReviewsCommand(Command):
    """Read all reviews of a film, all of a member's, your own, or the club's latest, a page at a time.

    `share` shows the member's own review of the film to the whole club, `to` as in sharing an answer;
    `turned`: given by a button of the list itself, whose place the answer takes. `leaning`: only of those
    who liked or disliked it, the strongest first.
    """

    name: ClassVar[str] = "reviews"

    film: str = option(Kind.FILM, "reviews of this film", "")
    member: str = option(Kind.MEMBER, "reviews by this member", "", label="By whom")
    page: int = 1
    unfolded: bool = False
    share: bool = False
    turned: bool = False
    to: str = ""
    leaning: Leaning | None = None

    @property
    def writes(self) -> bool:
        """Whether a copy is to be posted; else it only reads."""
        return self.share

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (
            cls("Weekend"),
            cls(member="ben"),
            cls(),
        )


@dataclass(frozen=True, slots=True)
class SeenByCommand(Command):
    """Say who of the club has seen a film, as far as they told, and who has not."""

    name: ClassVar[str] = "seen-by"
    reads_only: ClassVar[bool] = True
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "reviews"

    film: str = ""


@dataclass(frozen=True, slots=True)
class SaveCritiqueCommand(Command):
    """Save a critic's review, word for word, under the critic's name."""

    name: ClassVar[str] = "save-critique"
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "review"

    film: str
    critic: str
    text: str
    rating: HalfStars | None = None


@dataclass(frozen=True, slots=True)
class DeleteReviewCommand(Command):
    """Take back a review of one's own."""

    name: ClassVar[str] = "delete-review"
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "reviews"

    review_id: ReviewId


@dataclass(frozen=True, slots=True)
class UndoReviewCommand(Command):
    """Go back to the version before the last change; the first version goes altogether.

    `version`: number of former versions when the button was made; a second press finds one less.
    """

    name: ClassVar[str] = "undo-review"
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "review"

    review_id: ReviewId
    version: int


@dataclass(frozen=True, slots=True)
class MakePrivateCommand(Command):
    """Keep a review from everybody else; without a film, the one that was changed last."""

    name: ClassVar[str] = "make-private"
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "review"

    film: str = ""


@dataclass(frozen=True, slots=True)
class MakePublicCommand(Command):
    """Let the club read a review that was private; without a film, the one that was changed last."""

    name: ClassVar[str] = "make-public"
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "review"

    film: str = ""


@dataclass(frozen=True, slots=True)
class WhoReadsCommand(Command):
    """Tell who can read a review of the member's own; without a film, the one that was changed last.

    `but`: the member from whom alone it is to be hidden; `only`: the one who alone is to read it. Neither can be.
    """

    name: ClassVar[str] = "who-reads"
    reads_only: ClassVar[bool] = True
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "review"

    film: str = ""
    but: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class FoldReviewCommand(Command):
    """Mark a whole review as a spoiler; without a film, the one that was changed last."""

    name: ClassVar[str] = "fold-review"
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "review"

    film: str = ""


@dataclass(frozen=True, slots=True)
class RateCommand(Command):
    """Choose a rating for a film from a menu."""

    name: ClassVar[str] = "rate"
    reads_only: ClassVar[bool] = True
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "review"

    film: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class RateSeveralCommand(Command):
    """Rate several films at once. `half_stars`: the rating of each film in turn; asked about first.

    `unrated`: films named among them without a rating. `readers`: who may read them, once that was asked.
    """

    name: ClassVar[str] = "rate-several"
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "review"

    films: tuple[str, ...]
    half_stars: tuple[HalfStars, ...]
    private: bool = False
    confirm: bool = True
    unrated: tuple[str, ...] = ()
    readers: str = ""
