"""Commands about picks: recommend, and mark a film as seen or never to be suggested."""

from dataclasses import dataclass, field

from bot.domain.ids import FilmId
from bot.messages.commands import Command, Kind, option


@dataclass(frozen=True, slots=True)
class RecommendCommand(Command, name="recommend", reads_only=True):
    """Pick what to watch next: for you, for a mood, like a film, or for everyone in the room.

    `share` shows them to the whole club: those `shown` to the member before. `instead` is the mood that is meant if the members,
    named without an @, are none: as in `heist with tilda swinton`. `without` is what was ruled out: `no
    musicals`. `opened` is the id of the one pick that is shown, with all that can be done with it; `reason`: only why it was picked. `for_good`: it was said of all picks to come. `page` 2 are the
    picks that follow those of page 1.
    """

    like: tuple[str, ...] = option(
        Kind.FILM, "films that the picks should be like", (), label="Like these films"
    )
    mood: str = option(
        Kind.WORDS, "a mood in your own words: tender, a little ghostly, not gory", ""
    )
    members: tuple[str, ...] = option(
        Kind.MEMBERS, "who watches with you; or everyone", (), label="Who watches with you"
    )
    more: str = option(Kind.WORDS, "more of this, please", "", label="More of")
    less: str = option(Kind.WORDS, "less of that", "", label="Less of")
    since: str = option(
        Kind.TEXT, "a decade (90s), a year (1994), or watchlist", "", label="From when"
    )
    max_minutes: int | None = option(
        Kind.NUMBER, "at most this many minutes long", None, label="Minutes at most"
    )
    count: int = option(Kind.NUMBER, "how many picks, 1 to 10", 5, label="How many picks")
    unlike: tuple[str, ...] = option(
        Kind.FILM, "films that the picks should be unlike", (), label="Unlike these films"
    )
    fame: str = option(
        Kind.CHOICE,
        "films that many know, or that few do",
        "",
        choices=("popular", "obscure"),
        label="Known by many or by few",
    )
    hits: bool = option(
        Kind.YES_NO,
        "how often such picks hit here, beside popularity alone",
        default=False,
        label="How often such picks hit",
    )
    share: bool = False
    instead: str = field(default="", compare=False)
    without: str = ""
    shown: tuple[str, ...] = ()
    opened: str = ""
    reason: bool = False
    for_good: bool = False
    page: int = 1

    @classmethod
    def examples(cls) -> tuple[Command, ...]:
        """Return examples, simplest first."""
        return (
            cls(),
            cls(like=("Carol", "Weekend")),
            cls(mood="tender and ghostly", less="bleak", max_minutes=100),
            cls(mood="scary but not gory, no musicals"),
            cls(members=("everyone",), since="90s"),
            cls(fame="obscure", unlike=("Carol",)),
            cls(hits=True),
        )

    def usage(self) -> tuple[str, str]:
        """Return the mood, then one clause for every other option."""
        clauses = {
            "": self.mood,
            "like ": ", ".join(self.like),
            "with ": " ".join(m if m == "everyone" else f"@{m}" for m in self.members),
            "more ": self.more,
            "less ": self.less,
            "no ": self.without,
            "from ": self.since,
            "under ": f"{self.max_minutes}m" if self.max_minutes else "",
            "count ": str(self.count) if self.count != 5 else "",
            "unlike ": ", ".join(self.unlike),
        }
        parts = [self.fame, *(f"{word}{text}" for word, text in clauses.items() if text)]
        return self.name, " ".join([*filter(None, parts), *(["hits"] if self.hits else [])])


@dataclass(frozen=True, slots=True)
class MarkFilmCommand(Command, name="mark", opened_by="recommend"):
    """Mark a film as seen or never to be suggested, or take the mark back."""

    film_id: FilmId
    mark: str
    remove: bool = False


@dataclass(frozen=True, slots=True)
class MarkTitleCommand(Command, name="mark-title", opened_by="recommend"):
    """Mark a film, named as it was typed, and perhaps others as seen or never to be suggested."""

    film: str = ""
    mark: str = "seen"
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LovedFilmsCommand(
    Command, name="loved-films", opened_by="recommend", form_title="Films you love"
):
    """Say which films one loves, so that the first picks have something to go by."""

    first: str = option(Kind.FILM, "one you could see again tonight", "", label="A film you love")
    second: str = option(Kind.FILM, "one of another kind", "", label="Another")
    third: str = option(Kind.FILM, "one from another country or time", "", label="A third")
    fourth: str = option(Kind.FILM, "one that few people know", "", label="A fourth")
    fifth: str = option(Kind.FILM, "one that everybody should see", "", label="A fifth")
