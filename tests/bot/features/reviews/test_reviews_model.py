"""Members write, change, undo, delete, and are hidden at random: always as a plain model says."""

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.club_index import film_document
from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.domain.films.film import Film
from bot.domain.ids import ClubId, FilmId, MemberId, ReviewId
from bot.features.reviews.commands import DeleteReviewCommand, UndoReviewCommand
from bot.ports.store import UnitOfWork
from recommender import BaseIndex
from tests.conftest import open_room
from tests.support import Room, text

MEMBERS = ("ana", "ben", "cleo")
FILMS = {"Her": FilmId("her-2013"), "Carol": FilmId("carol-2015")}
WORDS = ("Warm and orange.", "Cold to me.", "I stayed for the coats.")


@dataclass(frozen=True)
class State:
    """A review as the model has it."""

    rating: int | None = None
    words: str = ""
    deleted: bool = False
    hidden: bool = False


@dataclass
class Kept:
    """The review that stands, and the ones before it."""

    now: State
    before: list[State] = field(default_factory=list)

    def change(self, state: State) -> None:
        self.before.append(self.now)
        self.now = state


Model = dict[tuple[str, str], Kept]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["write"] * 4 + ["undo", "undo", "delete", "hide", "unhide", "twice"]),
        st.sampled_from(MEMBERS),
        st.sampled_from(sorted(FILMS)),
        st.none() | st.integers(1, 10),
        st.sampled_from(["", *WORDS]),
    ),
    max_size=25,
)


@dataclass(frozen=True, repr=False)
class Corpus:
    """A few films with their indexes, built once."""

    films: list[Film]
    titles: TitleIndex
    index: BaseIndex


@pytest.fixture(scope="module")
def corpus(starter: tuple[Film, ...]) -> Corpus:
    films = [*starter[-30:], *(film for film in starter if film.film_id in FILMS.values())]
    return Corpus(
        films, TitleIndex(map(TitledFilm.of, films)), BaseIndex.build(map(film_document, films))
    )


@settings(max_examples=10, deadline=None)
@given(steps=STEPS)
def test_reviews_are_as_the_model_says(
    steps: list[tuple[str, str, str, int | None, str]], corpus: Corpus
) -> None:
    async def play() -> None:
        with TemporaryDirectory() as folder:
            async with open_room(Path(folder), corpus.films, corpus.titles, corpus.index) as room:
                for name in MEMBERS:
                    await room.say(name, "/help")
                model: Model = {}
                for step in steps:
                    await take(step, room, model)
                    await compare(room, model)

    asyncio.run(play())


async def take(step: tuple[str, str, str, int | None, str], room: Room, model: Model) -> None:
    """Do one step in the room and in the model."""
    kind, member, film, rating, words = step
    kept = model.get((member, film))
    match kind:
        case "write" if rating or words:
            line = f'/review "{film}"' + (f" {rating}/10" if rating else "") + f" | {words}"
            await room.say(member, line)
            model[member, film] = written(kept, rating, words)
        case "hide" | "unhide":
            await room.say("ana", f'/moderate {kind} "{film}" @{member}', admin=True)
            hide = kind == "hide"
            if kept and not kept.now.deleted and kept.now.hidden != hide:
                kept.change(replace(kept.now, hidden=hide))
        case "delete" if kept:
            await room.say(member, DeleteReviewCommand(await review_id(room, member, film)))
            if not kept.now.deleted:
                kept.change(replace(kept.now, deleted=True))
        case "undo" | "twice" if kept:
            command = UndoReviewCommand(await review_id(room, member, film), len(kept.before))
            await room.say(member, command)
            if kind == "twice":
                await room.say(member, command)
            undone(kept)


def written(kept: Kept | None, rating: int | None, words: str) -> Kept:
    if kept is None:
        return Kept(State(rating, words))
    base = State(hidden=kept.now.hidden) if kept.now.deleted else kept.now
    kept.change(replace(base, rating=rating or base.rating, words=words or base.words))
    return kept


def undone(kept: Kept) -> None:
    if kept.now.hidden:
        return
    if kept.before:
        kept.now = kept.before.pop()
    else:
        kept.now = replace(kept.now, deleted=True)


async def review_id(room: Room, member: str, film: str) -> ReviewId:
    async with room.store.reading(ClubId(room.club)) as work:
        review = await work.reviews.by(MemberId(f"test:{member}"), FILMS[film])
    assert review is not None
    return review.review_id


async def compare(room: Room, model: Model) -> None:
    """Hold what is stored, and what others are shown, against the model."""
    async with room.store.reading(ClubId(room.club)) as work:
        for member in MEMBERS:
            for film, film_id in FILMS.items():
                await compare_one(work, member, film_id, model.get((member, film)))
    for film in FILMS:
        standing = [
            kept.now
            for (_, title), kept in model.items()
            if title == film and not (kept.now.deleted or kept.now.hidden)
        ]
        card = text(await room.say("dev", f'/review "{film}"'))
        ratings = [state.rating for state in standing if state.rating]
        if ratings:
            mean = sum(ratings) / len(ratings) / 2
            noun = "rating" if len(ratings) == 1 else "ratings"
            assert f"{mean:.1f}/5 from {len(ratings)} {noun}" in card
        listed = text(await room.say("dev", f'/reviews "{film}"'))
        for words in WORDS:
            assert listed.count(words) == sum(state.words == words for state in standing)


async def compare_one(work: UnitOfWork, member: str, film_id: FilmId, kept: Kept | None) -> None:
    review = await work.reviews.by(MemberId(f"test:{member}"), film_id)
    if kept is None:
        assert review is None
        return
    assert review is not None
    stored = State(review.rating, review.text, review.deleted, review.hidden)
    assert stored == kept.now
    assert len(await work.reviews.versions(review.review_id)) == len(kept.before)
