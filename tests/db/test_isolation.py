"""Isolation: random work of three clubs with the same ids; each finds its own data only."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from bot.domain.clubs.club import MarkKind
from bot.domain.films.film import Film
from bot.domain.films.reminders import ReminderState
from bot.domain.ids import ClubId, DraftId, FilmId, MemberId, ReminderId, ReviewId
from bot.domain.words.text import storable
from bot.ports.store import UnitOfWork
from db.engines.open import open_store
from tests.db import make
from tests.db.model import ClubModel
from tests.postgresql import PostgresqlServer

T = TypeVar("T")

CLUBS = [ClubId(f"console:{name}") for name in ("demo", "DEMO", "demo'%_")]
MEMBERS = [MemberId(f"console:{name}") for name in ("ana", "ben")]
FILMS = [FilmId(f"film-{number}") for number in range(3)]

clubs = st.sampled_from(CLUBS)
members = st.sampled_from(MEMBERS)
films = st.sampled_from(FILMS)
names = st.sampled_from(["a", "b", "c"])
instants = st.integers(0, 3).map(make.later)
texts = st.text(max_size=12).map(storable)
flags = st.booleans()


class Clubs(RuleBasedStateMachine):
    """Carries out each step on the store and on a model."""

    new_database: Callable[[], AbstractContextManager[str]]  # on an empty database each time

    def __init__(self) -> None:
        """Begin with an empty database."""
        super().__init__()
        self.stack = ExitStack()
        url = self.stack.enter_context(type(self).new_database())
        self.runner = asyncio.Runner()
        self.store = self.runner.run(open_store(url))
        self.models = {club: ClubModel(club) for club in CLUBS}
        self.catalogue: dict[FilmId, Film] = {}
        self.count = 0

    def teardown(self) -> None:
        """Look at everything once more."""
        for model in self.models.values():
            self._read(model.club_id, partial(self._compare, model))
        self.runner.run(self.store.close())
        self.runner.close()
        self.stack.close()

    def _write(self, club: ClubId, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        async def within() -> T:
            async with self.store.writing(club) as unit:
                return await work(unit)

        return self.runner.run(within())

    def _read(self, club: ClubId, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        async def within() -> T:
            async with self.store.reading(club) as unit:
                return await work(unit)

        return self.runner.run(within())

    @initialize(film=films)
    def share_a_film(self, film: FilmId) -> None:
        self.put_on_the_catalogue(film, "Shared", 90)

    @rule(film=films, title=texts, minutes=st.integers(1, 300))
    def put_on_the_catalogue(self, film: FilmId, title: str, minutes: int) -> None:
        shared = make.film(film, title=title, minutes=minutes)
        self.catalogue[film] = shared
        self.runner.run(self.store.catalogue.put([shared], source="s", digest=title))

    @rule(club=clubs, film=films, title=texts, day=st.sampled_from(["2026-05-01", "2026-05-02"]))
    def save_a_film(self, club: ClubId, film: FilmId, title: str, day: str) -> None:
        own = make.film(film, title=title, club_id=club, releases=(make.release(day),))
        self.models[club].films[film] = own
        self._write(club, lambda work: work.films.save(own))

    @rule(
        club=clubs,
        member=members,
        film=films,
        critic=st.sampled_from([None, None, "N. Roper"]),
        at=instants,
        text=texts,
        rating=st.none() | st.integers(1, 10),
        kind=st.sampled_from(["", "", "deleted", "hidden", "private"]),
    )
    def save_a_review(  # noqa: PLR0917 - as many as a review has sides
        self,
        club: ClubId,
        member: MemberId,
        film: FilmId,
        critic: str | None,
        at: object,
        text: str,
        rating: int | None,
        kind: str,
    ) -> None:
        review = make.review(
            f"{film}/{critic or member}",
            club_id=club,
            film_id=film,
            member_id=member,
            critic=critic,
            changed_at=at,
            text=text,
            rating=rating,
            **({kind: True} if kind else {}),
        )
        stored = self._write(club, lambda work: work.reviews.save(review))
        assert stored == self.models[club].save(review)

    @rule(club=clubs, film=films, who=st.sampled_from([*MEMBERS, "N. Roper"]))
    def restore_previous(self, club: ClubId, film: FilmId, who: str) -> None:
        review_id = ReviewId(f"{film}/{who}")
        back = self._write(club, lambda work: work.reviews.restore_previous(review_id))
        assert back == self.models[club].restore_previous(review_id)

    @rule(club=clubs, member=members)
    def touch(self, club: ClubId, member: MemberId) -> None:
        self._write(club, lambda work: work.reviews.touch(member))
        self.models[club].touch(member)

    @rule(club=clubs, member=members, name=names, quotable=flags)
    def save_a_member(self, club: ClubId, member: MemberId, name: str, quotable: bool) -> None:
        saved = make.member(member, name, club_id=club, quotable=quotable)
        self.models[club].members[member] = saved
        self._write(club, lambda work: work.members.save(saved))

    @rule(club=clubs, member=members, film=films, kind=st.sampled_from(MarkKind), at=instants)
    def mark(
        self, club: ClubId, member: MemberId, film: FilmId, kind: MarkKind, at: object
    ) -> None:
        mark = make.mark(kind, member_id=member, film_id=film, at=at)
        self.models[club].marks[member, film, kind] = mark
        self._write(club, lambda work: work.marks.put(mark))

    @rule(club=clubs, member=members, film=films, kind=st.sampled_from(MarkKind))
    def unmark(self, club: ClubId, member: MemberId, film: FilmId, kind: MarkKind) -> None:
        was = self.models[club].marks.pop((member, film, kind), None) is not None
        assert self._write(club, lambda work: work.marks.remove(member, film, kind)) == was

    @rule(club=clubs, name=names, member=members, state=st.sampled_from(ReminderState))
    def remind(self, club: ClubId, name: str, member: MemberId, state: ReminderState) -> None:
        saved = make.reminder(name, club_id=club, member_id=member, state=state)
        self.models[club].reminders[ReminderId(name)] = saved
        self._write(club, lambda work: work.reminders.save(saved))

    @rule(club=clubs, name=names, at=instants)
    def plan(self, club: ClubId, name: str, at: object) -> None:
        self.count += 1
        planned = make.delivery(f"d{self.count}", club_id=club, subject=name, due_at=at)
        model = self.models[club]
        stands = self._write(club, lambda work: work.deliveries.plan(planned))
        assert stands == model.plan(name, planned.due_at)

    @rule(club=clubs, name=names)
    def cancel(self, club: ClubId, name: str) -> None:
        gone = self._write(club, lambda work: work.deliveries.cancel("reminder", name))
        assert gone == self.models[club].cancel(name)

    @rule(club=clubs, name=names, member=members, command=texts)
    def draft(self, club: ClubId, name: str, member: MemberId, command: str) -> None:
        saved = make.draft(name, member_id=member, command=command)
        self.models[club].drafts[DraftId(name)] = saved
        self._write(club, lambda work: work.drafts.put(saved))

    @rule(club=clubs, name=names)
    def drop_a_draft(self, club: ClubId, name: str) -> None:
        self.models[club].drafts.pop(DraftId(name), None)
        self._write(club, lambda work: work.drafts.remove(DraftId(name)))

    @rule(club=clubs, name=names, reply=texts)
    def answer_a_request(self, club: ClubId, name: str, reply: str) -> None:
        async def answer(work: UnitOfWork) -> str:
            if (known := await work.receipts.get(name)) is None:
                await work.receipts.put(name, reply, make.NOON)
            return known or reply

        known = self.models[club].receipts.setdefault(name, reply)
        assert self._write(club, answer) == (known or reply)

    @rule(club=clubs, seen=st.integers(0, 30))
    def look(self, club: ClubId, seen: int) -> None:
        model = self.models[club]
        changed = self._read(club, lambda work: work.reviews.changed_since(seen))
        assert changed == model.changed_since(seen)
        self._read(club, partial(self._compare, model))

    async def _compare(self, model: ClubModel, work: UnitOfWork) -> None:
        await self._compare_reviews(work, model)
        await self._compare_films(work, model)
        for member in MEMBERS:
            assert await work.members.get(member) == model.members.get(member)
            assert set(await work.reminders.of_member(member)) == model.reminders_of(member)
            drafts = {each for each in model.drafts.values() if each.member_id == member}
            assert set(await work.drafts.of(member)) == drafts
        assert {each.member_id: each for each in await work.members.all()} == model.members
        assert await work.marks.of(MEMBERS) == model.marks_of(MEMBERS)
        for name in ("a", "b", "c"):
            assert await work.receipts.get(name) == model.receipts.get(name)
            assert await work.reminders.get(ReminderId(name)) == model.reminders.get(
                ReminderId(name)
            )

    @staticmethod
    async def _compare_reviews(work: UnitOfWork, model: ClubModel) -> None:
        assert (await work.clubs.get()).revision == model.revision
        standing = model.standing()
        for film in FILMS:
            expected = [each for each in standing if each.film_id == film]
            assert await work.reviews.of_film(film) == expected
        for member in MEMBERS:
            expected = [each for each in standing if each.member_id == member]
            assert await work.reviews.of_member(member) == expected
        assert await work.reviews.films() == {each.film_id for each in standing if each.live}
        for review_id, versions in model.reviews.items():
            assert await work.reviews.get(review_id) == versions[-1]
            assert await work.reviews.versions(review_id) == versions[:-1]

    async def _compare_films(self, work: UnitOfWork, model: ClubModel) -> None:
        assert await work.films.many(FILMS) == {**self.catalogue, **model.films}
        assert {each.film_id: each for each in await work.films.own()} == model.films
        first, last = make.NOON.date(), make.NOON.date().replace(month=12)
        coming = [film for film, _ in await work.films.releases("GB", first, last)]
        assert {each.film_id: each for each in coming} == model.films


NewDatabase = Callable[[], AbstractContextManager[str]]


def _play(making: NewDatabase, examples: int, steps: int) -> None:
    class OnNewOnes(Clubs):
        new_database = staticmethod(making)

    run_state_machine_as_test(
        OnNewOnes,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            # A failure is printed whole; shrinking it would take minutes.
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def new_file(migrated: Path) -> NewDatabase:
    """Return what makes an empty database in a file."""

    @contextmanager
    def make_one() -> Iterator[str]:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{shutil.copy(migrated, folder)}"

    return make_one


@pytest.fixture
def new_on_server(server: PostgresqlServer, server_template: str) -> NewDatabase:
    """Return what empties the database on the server."""

    @contextmanager
    def make_one() -> Iterator[str]:
        yield server.url(server_template)
        server.empty(server_template)

    return make_one


def test_three_clubs_never_see_each_other(new_file: NewDatabase) -> None:
    _play(new_file, 8, 50)


def test_three_clubs_never_see_each_other_on_a_server(new_on_server: NewDatabase) -> None:
    _play(new_on_server, 4, 40)


@pytest.mark.long
def test_three_clubs_never_see_each_other_at_length(new_file: NewDatabase) -> None:
    _play(new_file, 1_000, 100)


@pytest.mark.long
def test_three_clubs_on_a_server_at_length(new_on_server: NewDatabase) -> None:
    _play(new_on_server, 200, 100)
