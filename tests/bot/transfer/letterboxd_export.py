"""Exports of Letterboxd, made up in their documented shape, with the troubles of real ones.

Each export comes with what is right: the films that each of its titles can mean.
"""

import csv
import io
import random
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.catalogue.titles.normalise import normalise
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.imports import FilmEntry, RowState
from bot.transfer.matching import Match

HEADER = ("Date", "Name", "Year", "Letterboxd URI")
WORDS = (
    "<b>Cold</b> &amp; blue, and <i>so</i> long.",
    'The diner, "the" scene.\n\nAnd then: the rain.',
    "Ich weiß nicht … 🎬 <blockquote>quoted</blockquote>",
    "=SUM(A1:A9) is not what it adds up to",
    'Two hours, <a href="https://example.org">read this</a>; it\'s fine',
)
STRANGERS = (
    "Six Minutes Past Noon", "The Lift to Floor Nine", "Brot und Licht", "A Short Film About Gravel",
    "Kitchen, 1974", "Two Swimmers", "The Pigeon's Lawyer", "Untitled (Blue)", "Night Bus 94", "Ö",
)  # fmt: skip
"""Shorts and the like, which no catalogue holds."""

SERIES = (
    "Chernobyl",
    "Over the Garden Wall",
    "Small Axe",
    "The Queen's Gambit",
    "Band of Brothers",
)


@dataclass
class Export:
    """Export in its files, and the films that each title and year of it can mean: none for a stranger."""

    films: dict[tuple[str, int | None], set[FilmId]] = field(default_factory=dict)
    tables: dict[str, list[Sequence[object]]] = field(default_factory=dict)
    troubles: dict[tuple[str, int | None], str] = field(default_factory=dict)

    def right(self, title: str, year: int | None) -> set[FilmId]:
        """Return the films that may rightly be meant."""
        return self.films[normalise(title), year]

    def packed(self) -> bytes:
        """Return the ZIP."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, rows in self.tables.items():
                text = io.StringIO()
                csv.writer(text).writerows(rows)
                archive.writestr(f"letterboxd-ana-2026-11-01/{name}", text.getvalue())
        return out.getvalue()

    def rows(self) -> int:
        """Count the rows about films."""
        return sum(len(rows) - 1 for rows in self.tables.values())


def respelled(title: str, chance: random.Random) -> str:
    """Write a title as another list may: other punctuation, numbers, accents, "and"."""
    ways = [
        title.replace(": ", " - "),
        title.replace(": ", " – "),
        title.replace(" and ", " & "),
        title.replace(" & ", " and "),
        title.replace("'", "’"),
        title.replace("Part II", "Part 2").replace("Part One", "Part 1"),
        "".join(
            letter
            for letter in unicodedata.normalize("NFKD", title)
            if not unicodedata.combining(letter)
        ),
        title.replace(".", ""),
        title.replace(", ", " "),
        re.sub(r" (?:III|3)$", " 3", title),
        re.sub(r"-", " ", title),
    ]
    others = [each for each in dict.fromkeys(ways) if each != title]
    return chance.choice(others) if others else title


def _told(film: Film, chance: random.Random) -> tuple[str, int | None, str]:
    """Return a film's title and year as Letterboxd has them, and what is the trouble with that."""
    year = film.year or 1900
    match chance.choices(range(5), (74, 9, 10, 6, 1))[0]:
        case 1 if len(film.titles) > 1:
            return chance.choice(film.titles[1:]), year, "another title"
        case 2 if (other := respelled(film.title, chance)) != film.title:
            return other, year, "another spelling"
        case 3:
            return film.title, year + chance.choice((-1, 1)), "a year apart"
        case 4:
            return film.title, None, "no year"
    return film.title, year, "plain"


def letterboxd_export(
    shelf: Iterable[Film], others: Iterable[Film], chance: random.Random, *, rewatches: float = 0.3
) -> Export:
    """Make up the export of somebody who has seen the films of the shelf, and films of elsewhere.

    All of each other's title and year is entered, so that namesakes are known to be such.
    """
    export = Export()
    seen: list[tuple[str, int | None]] = []
    for film, known in (*((each, True) for each in shelf), *((each, False) for each in others)):
        title, year, trouble = (
            _told(film, chance) if known else (film.title, film.year, "elsewhere")
        )
        means = export.films.setdefault((normalise(title), year), set())
        means |= {film.film_id} if known else set()
        export.troubles[normalise(title), year] = trouble
        seen.append((title, year))
    for title in (*STRANGERS, *SERIES):
        year = 1990 + chance.randrange(30)
        if (normalise(title), year) not in export.films:
            export.films[normalise(title), year] = set()
            export.troubles[normalise(title), year] = "elsewhere"
            seen.append((title, year))
    chance.shuffle(seen)
    _write(export, seen, chance, rewatches)
    return export


def _write(
    export: Export,
    seen: Sequence[tuple[str, int | None]],
    chance: random.Random,
    rewatches: float,
) -> None:
    """Write the tables: most were seen and rated, some are wanted, some were seen again."""
    diary = ("Rating", "Rewatch", "Tags", "Watched Date")
    review = ("Rating", "Rewatch", "Review", "Tags", "Watched Date")
    tables: dict[str, list[Sequence[object]]] = {
        "profile.csv": [("Date Joined", "Username", "Email Address")],
        **{name: [HEADER] for name in ("watched.csv", "watchlist.csv", "likes/films.csv")},
        "ratings.csv": [(*HEADER, "Rating")],
        "diary.csv": [(*HEADER, *diary)],
        "reviews.csv": [(*HEADER, *review)],
        "deleted/reviews.csv": [(*HEADER, *review)],
        "orphaned/diary.csv": [(*HEADER, *diary)],
    }
    tables["profile.csv"].append(("2015-01-01", "ana", "ana@example.org"))
    for number, (title, year) in enumerate(seen):
        day = date(2016, 1, 1) + timedelta(days=number % 3600)
        film = (day, title, year, f"https://boxd.it/{number:x}")
        if chance.random() < 0.15:
            tables["watchlist.csv"].append(film)
            continue
        tables["watched.csv"].append(film)
        rating = chance.choice(("", *(f"{half / 2:g}" for half in range(1, 11))))
        if rating:
            tables["ratings.csv"].append((*film, rating))
        if chance.random() < 0.1:
            tables["likes/films.csv"].append(film)
        times = 1 + (chance.random() < rewatches) + (chance.random() < rewatches / 5)
        for time in range(times if chance.random() < 0.8 else 0):
            seen_on = day + timedelta(days=time * 200)
            entry = (seen_on, title, year, f"https://boxd.it/e{number:x}{time}", rating)
            again = "Yes" if time else ""
            tables["diary.csv"].append((*entry, again, "", seen_on))
            if chance.random() < 0.2:
                words = chance.choice(WORDS) * chance.choice((1, 1, 8))
                tables["reviews.csv"].append((*entry, again, words, "tag, other", seen_on))
                if time:
                    tables["deleted/reviews.csv"].append((*entry, again, "gone", "", seen_on))
    export.tables = tables
    best: list[Sequence[object]] = [
        ("Letterboxd list export v7",),
        ("Date", "Name", "Tags", "URL", "Description"),
        ("2020-01-01", "The best", "", "https://boxd.it/l1", "Two\nlines"),
        (),
        ("Position", "Name", "Year", "URL", "Description"),
    ]
    best += [(place, title, year, "", "") for place, (title, year) in enumerate(seen[:20], 1)]
    tables["lists/the-best.csv"] = best


@dataclass
class Judged:
    """How entries were matched: of films on the shelf, and wrong ones; each with its trouble."""

    right: int = 0
    asked: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Share of the entries of films on the shelf that were matched rightly, without a question."""
        return self.right / max(1, self.right + len(self.asked) + len(self.missed))


def judged(export: Export, entries: Sequence[FilmEntry], matches: Sequence[Match]) -> Judged:
    """Compare matches with what is right."""
    found = Judged()
    for entry, match in zip(entries, matches, strict=True):
        key = (normalise(entry.title), entry.year)
        right = export.films.get(key, set())
        told = f"{entry.title} ({entry.year}) [{export.troubles.get(key, '?')}]"
        match match.state:
            case RowState.READY if {match.film_id} == right:
                found.right += 1
            case RowState.READY:
                found.wrong.append(f"{told} -> {match.film_id}")
            case RowState.UNCLEAR | RowState.LIKELY if right:
                offered = "" if right & {*match.candidates} else " without the right one"
                found.asked.append(f"{told}{offered}")
            case RowState.UNKNOWN if right:
                found.missed.append(told)
    return found
