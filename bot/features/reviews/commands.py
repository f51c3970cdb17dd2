"""Commands about reviews: read, write, delete, undo, save a critic's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.ids import DraftId, ReviewId
from bot.domain.reviews.ratings import HalfStars
from bot.messages.commands import Command, Kind, option
from bot.messages.visibility import Visibility


@dataclass(frozen=True, slots=True)
class ReviewCommand(Command, name="review", visibility=Visibility.CLUB):
    """Read what the club thinks of a film, or, with a rating or words, write a review.

    `unsure`: words after the title that may be part of it or of the review. `whole`: whether fields
    left out are emptied instead of kept from the former review. `mine`: whether the text is the
    member's own, though it may look like a critic's. `trouble`: the error in the typed line, if
    any. `draft`: the draft that this completes. `readers`: who may read words that sound private.
    `confirm`: whether the member is asked before it is saved, as it was not given as a command.
    `shows_ending`: words that seem to give the ending away are shown, as the member has been asked.
    """

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
class ReviewsCommand(Command, name="reviews"):
    """Read all reviews of a film, all of a member's, your own, or the club's latest, a page at a time.

    `share` shows the member's own review of the film to the whole club, `to` as in sharing an answer;
    `turned`: given by a button of the list itself, whose place the answer takes. `leaning`: only of those
    who liked or disliked it, the strongest first.
    """

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
class OneReviewCommand(Command, name="one-review", reads_only=True, opened_by="reviews"):
    """Read one review, as its announcement offers it. `unfolded` and `turned`: as of a list."""

    review_id: ReviewId
    unfolded: bool = False
    turned: bool = False


@dataclass(frozen=True, slots=True)
class SeenByCommand(Command, name="seen-by", reads_only=True, opened_by="reviews"):
    """Say who of the club has seen a film, as far as they told, and who has not."""

    film: str = ""


@dataclass(frozen=True, slots=True)
class SaveCritiqueCommand(Command, name="save-critique", opened_by="review"):
    """Save a critic's review, word for word, under the critic's name."""

    film: str
    critic: str
    text: str
    rating: HalfStars | None = None


@dataclass(frozen=True, slots=True)
class DeleteReviewCommand(Command, name="delete-review", opened_by="reviews"):
    """Take back a review of one's own."""

    review_id: ReviewId


@dataclass(frozen=True, slots=True)
class UndoReviewCommand(Command, name="undo-review", opened_by="review"):
    """Go back to the version before the last change; the first version goes altogether.

    `version`: number of former versions when the button was made; a second press finds one less.
    """

    review_id: ReviewId
    version: int


@dataclass(frozen=True, slots=True)
class MakePrivateCommand(Command, name="make-private", opened_by="review"):
    """Keep a review from everybody else; without a film, the one that was changed last."""

    film: str = ""


@dataclass(frozen=True, slots=True)
class MakePublicCommand(Command, name="make-public", opened_by="review"):
    """Let the club read a review that was private; without a film, the one that was changed last."""

    film: str = ""


@dataclass(frozen=True, slots=True)
class WhoReadsCommand(Command, name="who-reads", reads_only=True, opened_by="review"):
    """Tell who can read a review of the member's own; without a film, the one that was changed last.

    `but`: the member from whom alone it is to be hidden; `only`: the one who alone is to read it. Neither can be.
    """

    film: str = ""
    but: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class FoldReviewCommand(Command, name="fold-review", opened_by="review"):
    """Mark a whole review as a spoiler; without a film, the one that was changed last."""

    film: str = ""


@dataclass(frozen=True, slots=True)
class RateCommand(Command, name="rate", reads_only=True, opened_by="review"):
    """Choose a rating for a film from a menu."""

    film: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class RateSeveralCommand(Command, name="rate-several", opened_by="review"):
    """Rate several films at once. `half_stars`: the rating of each film in turn; asked about first.

    `unrated`: films named among them without a rating. `readers`: who may read them, once that was asked.
    `texts`: what was said of each film in turn, if anything was.
    """

    films: tuple[str, ...]
    half_stars: tuple[HalfStars, ...]
    private: bool = False
    confirm: bool = True
    unrated: tuple[str, ...] = ()
    readers: str = ""
    texts: tuple[str, ...] = ()
