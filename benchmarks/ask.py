"""Questions to a club's memory beside BM25 over sentences, in one run: the right sentence among the first three.

    python benchmarks/ask.py [--reviews FILE] [--questions FILE] [--show]

A line of reviews is `film | member | stars | words`, a line of questions `question => member, film: piece of the
right sentence`, several with ` / `. Half of the questions (odd lines) were looked at while words were
chosen, the others were not. A spoiler is an answer with words that are marked as one.
"""

import argparse
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from installed import installed
from recommender_quality import line

from bot.catalogue.club_index import film_document, review_document
from bot.catalogue.starter import starter_films
from bot.domain.ids import ClubId, FilmId, MemberId, ReviewId
from bot.domain.reviews.review import Review
from bot.domain.words.spoilers import split_spoilers
from recommender import BaseIndex, FilmDocument, Overlay, ask, sentences
from recommender.evaluation.metrics import estimate
from recommender.text import analyzer

OWN = Path(__file__).parent / "ask"
FIRST = 3
WRITTEN = datetime(2024, 1, 1, tzinfo=UTC)

Asked = Callable[[str], Sequence[tuple[str, str]]]
"""Returns pairs of review id and sentence for a question, best first."""


@dataclass(frozen=True, slots=True)
class Case:
    """Question with the pieces of the sentences that answer it, by review id."""

    question: str
    right: tuple[tuple[str, str], ...]

    def found(self, answers: Sequence[tuple[str, str]]) -> bool:
        """Whether a right sentence is among the first three."""
        return any(
            review_id == right and piece in text
            for review_id, text in answers[:FIRST]
            for right, piece in self.right
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--reviews", type=Path, default=OWN / "reviews.txt")
    parser.add_argument("--questions", type=Path, default=OWN / "questions.txt")
    parser.add_argument("--show", action="store_true", help="show the questions that go wrong")
    options = parser.parse_args()
    reviews = read_reviews(options.reviews)
    cases = read_cases(options.questions)
    known = {each.film_id for each in reviews}
    films = {film.film_id: film_document(film) for film in starter_films()}
    index = BaseIndex.build([films[each] for each in sorted(known & films.keys())])
    overlay = Overlay(index)
    overlay.put_films(_nameless(each) for each in sorted(known - films.keys()))
    overlay.put_all(review_document(each, {}) for each in reviews)
    print(f"{len(reviews)} reviews, {len(cases)} questions, right among the first {FIRST}\n")
    line("", ("looked at", "kept", "all"))
    for name, answers in _askers(overlay).items():
        hits = [case.found(answers(case.question)) for case in cases]
        line(name, [_share(each) for each in (hits[0::2], hits[1::2], hits)])
        if options.show and name == "Matinee":
            _show(cases, hits, answers)
    marked = [
        _plain(part) for each in reviews for part, hidden in split_spoilers(each.text) if hidden
    ]
    told = [_plain(text) for case in cases for _, text in _matinee(overlay, case.question)]
    print(
        f"\nmarked spoilers among {len(told)} answers:", sum(m in t for m in marked for t in told)
    )
    began = time.process_time()
    for case in cases:
        _matinee(overlay, case.question)
    print(f"processor time a question: {(time.process_time() - began) / len(cases) * 1000:.1f} ms")


def read_reviews(file: Path) -> list[Review]:
    """Read the reviews of a file; ids are `member, film`."""
    found = []
    for entry in file.read_text("utf-8").splitlines():
        if not entry.startswith("#"):
            film, member, stars, text = entry.split(" | ", 3)
            found.append(_review(film, member, round(2 * float(stars)), text))
    return found


def _nameless(film_id: str) -> FilmDocument:
    """Make a film that the catalogue lacks of its id."""
    title, _, year = film_id.rpartition("-")
    return FilmDocument(film_id, title.replace("-", " ").strip(), int(year))


def _review(film: str, member: str, half_stars: int, text: str) -> Review:
    return Review(
        ReviewId(f"{member}, {film}"),
        ClubId("bench:club"),
        FilmId(film),
        MemberId(member),
        WRITTEN,
        WRITTEN,
        rating=half_stars,
        text=text,
    )


def read_cases(file: Path) -> list[Case]:
    """Read the questions of a file."""
    entries = (
        each.split(" => ") for each in file.read_text("utf-8").splitlines() if each[:1] != "#"
    )
    return [
        Case(
            question, tuple((k, p) for k, p in (each.split(": ", 1) for each in right.split(" / ")))
        )
        for question, right in entries
    ]


def _askers(overlay: Overlay) -> dict[str, Asked]:
    return {
        "Matinee": partial(_matinee, overlay),
        **installed({"BM25 over sentences (bm25s)": partial(_bm25, overlay)}),
    }


def _matinee(overlay: Overlay, question: str) -> list[tuple[str, str]]:
    authors = {each.author_id for each in overlay.reviews()} & set(
        re.findall(r"\w+", question.lower())
    )
    return [
        (each.review_id, each.text)
        for each in ask(overlay, question, authors=authors, names=authors).found
    ]


def _bm25(overlay: Overlay) -> Asked:
    import bm25s

    pairs = [(each.review_id, text) for each in overlay.reviews() for text in sentences(each.text)]
    documents = [analyzer.words(text) for _, text in pairs]
    index = bm25s.BM25()
    index.index(
        bm25s.tokenize([" ".join(each) for each in documents], stopwords="en", show_progress=False),
        show_progress=False,
    )

    def answers(question: str) -> list[tuple[str, str]]:
        words = bm25s.tokenize(
            " ".join(analyzer.words(question)), stopwords="en", show_progress=False
        )
        found, _ = index.retrieve(words, k=FIRST, show_progress=False)
        return [pairs[int(each)] for each in found[0]]

    return answers


def _share(hits: Sequence[bool]) -> str:
    return estimate([float(each) for each in hits])


def _plain(text: str) -> str:
    return " ".join(analyzer.words(text))


def _show(cases: Sequence[Case], hits: Sequence[bool], answers: Asked) -> None:
    for case, hit in zip(cases, hits, strict=True):
        if not hit:
            print(f"  {case.question}")
            for review_id, text in answers(case.question)[:FIRST]:
                print(f"      {review_id}: {text}")


if __name__ == "__main__":
    main()
