"""Critics' reviews posted by members: read, shown, confirmed, saved under the critic's name."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.domain.errors import NotAllowed
from bot.domain.films.film import Film
from bot.domain.ids import ReviewId
from bot.domain.reviews.ratings import show_rating
from bot.domain.reviews.review import Review
from bot.features.releases.commands import AddReleaseCommand, RemindCommand
from bot.features.reviews.announcement import announce, follow
from bot.features.reviews.commands import ReviewCommand, SaveCritiqueCommand, UndoReviewCommand
from bot.language.critics import (
    Certainty,
    CreditRole,
    Critique,
    ReleaseNotice,
    find_titles,
    read_critique,
)
from bot.messages.phrases import release_place, said, titled, undo_button
from bot.messages.plain_text import long_day
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Button,
    Field,
    Fields,
    Footnote,
    Form,
    Heading,
    Paragraph,
    Reply,
    Style,
)
from bot.messages.spans import Plain
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.commands import DropDraftCommand, RecallCommand
from bot.request.context import Context
from bot.request.lookup.commands import AddFilmCommand
from bot.request.lookup.films import ADD_FIELDS, find, reference
from bot.request.lookup.namesakes import labels
from bot.request.stored_actions import draft_of

UNNAMED = "an unnamed critic"

MOST_OF_A_FILM, MOST_A_DAY = 5, 20
"""Critics' reviews that one member may bring in: of one film, and within 24 hours."""

A_DAY = timedelta(days=1)


async def show_critique(text: str, film: Film | None, context: Context, work: UnitOfWork) -> Reply:
    """Show the facts read in a critic's review, and ask for one confirmation."""
    critique = await read(text, film, context, work)
    film = film or critique.film.film
    command = SaveCritiqueCommand(
        film=reference(film) if film else critique.film.title or "",
        critic=critique.critic or "",
        text=text,
        rating=critique.rating.rating if critique.rating else None,
    )
    draft = draft_of(command, context)
    await work.drafts.put(draft)
    actions = tuple(_choices(critique, film, RecallCommand(draft.draft_id)))
    blocks: tuple[Block, ...] = (
        Heading((Plain("Is this a critic's review?"),)),
        Fields(tuple(_findings(critique, film, context))),
        *_other_film(critique),
        *_remarks(critique),
        Footnote(
            (
                Plain(
                    f"{len(text):,} characters, kept word for word. A critic's review is credited "
                    "to its author, counts apart from the members' score, and stays out of your taste."
                ),
            )
        ),
        Actions(actions),
    )
    who = critique.critic or UNNAMED
    about = film.label if film else "a film I am not sure of"
    asked = f"A review by {who} of {about}: save it?"
    return Reply(blocks, asked, Visibility.ONLY_YOU, asks=True)


def _other_film(critique: Critique) -> Iterator[Block]:
    """Yield a remark where the text is surely about another film than the one a member named."""
    film, other = critique.film.film, critique.film_by_text.film
    if film and other and other.film_id != film.film_id:
        seems, not_about = Plain("The text seems to be about "), Plain(", not about ")
        yield Paragraph((seems, titled(other), not_about, titled(film), Plain(".")))


async def read(text: str, film: Film | None, context: Context, work: UnitOfWork) -> Critique:
    """Read a critic's review, of a film that a member named or of any of the club's films."""
    titles = find_titles(text, context.titles)
    return read_critique(titles, await work.films.many(titles.film_ids), film)


def _findings(critique: Critique, film: Film | None, context: Context) -> Iterator[Field]:
    """Yield the fields that were read, a line each."""
    yield Field("Film", (Plain(film.label if film else critique.film.title or "not sure"),))
    yield Field("Critic", (Plain(critique.critic or "not named"),))
    people = [
        f"{each.name} ({each.character})" if each.character else each.name
        for each in critique.people
        if each.role is CreditRole.ACTOR
    ]
    directors = [each.name for each in critique.people if each.role is CreditRole.DIRECTOR]
    origin = critique.based_on
    based_on = (
        f"a {origin.kind}{f', {origin.title},' if origin.title else ''} by {origin.author}"
        if origin and origin.author
        else ""
    )
    rating = show_rating(critique.rating.rating, context.member.scale) if critique.rating else ""
    lines = {
        "Directed by": ", ".join(directors),
        "With": ", ".join(people),
        "Based on": based_on,
        "Festival": ", ".join(critique.festivals),
        "Rating": rating,
    }
    yield from (Field(name, (Plain(line),)) for name, line in lines.items() if line)
    for notice in critique.releases:
        yield Field("Release", (Plain(_release_text(notice)),))


def _release_text(notice: ReleaseNotice) -> str:
    where = release_place(notice.region, notice.kind) if notice.region else f"{notice.kind}"
    return f"{where}: {long_day(notice.day) if notice.day else notice.written}"


def _remarks(critique: Critique) -> Iterator[Block]:
    """Yield the disagreements with the catalogue, and the doubts."""
    for each in critique.disagreements:
        told = f"The text says {each.written}, the catalogue {each.known} ({each.field})."
        yield Paragraph((Plain(told),))
    for doubt in critique.doubts:
        yield Paragraph((Plain(doubt.why),))


def _choices(critique: Critique, film: Film | None, kept: RecallCommand) -> Iterator[Action]:
    """Yield the next steps: confirm, or first name the film or the critic."""
    if film is not None:
        yield Button(f"Save as {_whose(critique)}", kept, Style.PRIMARY)
    elif critique.film.certainty is Certainty.ASKS:
        films = [each.film for each in critique.film.candidates[:5]]
        for label, each in zip(labels(films), films, strict=True):
            yield Button(f"It is about {label}", replace(kept, film=reference(each)))
    if film is None:
        yield Form("Name the film", replace(kept, film=critique.film.title or ""), ("film",))
        yield Form("Add it", _unknown_film(critique, kept), ADD_FIELDS)
    if critique.critic is None:
        yield Form("Name the critic", kept, ("critic",))
    yield Button("It is my own review", replace(kept, mine=True))
    yield Button("Drop it", DropDraftCommand(kept.draft))


def _unknown_film(critique: Critique, kept: RecallCommand) -> AddFilmCommand:
    directors = [each.name for each in critique.people if each.role is CreditRole.DIRECTOR]
    finding = critique.film
    return AddFilmCommand(finding.title or "", finding.year, ", ".join(directors), draft=kept.draft)


def _whose(critique: Critique) -> str:
    return f"{critique.critic}'s review" if critique.critic else f"by {UNNAMED}"


async def save(command: SaveCritiqueCommand, context: Context, work: UnitOfWork) -> Reply:
    """Save a critic's review; the same critic's review of a film is kept once."""
    found = await find(command, context, work, guess=False)
    if isinstance(found, Reply):
        return found
    film, critic = found.film, command.critic or UNNAMED
    former = await work.reviews.by_critic(critic, film.film_id)
    if former and not former.deleted and former.member_id != context.member.member_id:
        raise NotAllowed(f"Somebody here has brought in {critic}'s review of {film.label} already.")
    await _check_share(film, former, context, work)
    blank = Review(
        review_id=former.review_id if former else ReviewId(context.ids.new()),
        club_id=context.club.club_id,
        film_id=film.film_id,
        member_id=context.member.member_id,
        created_at=former.created_at if former else context.now,
        changed_at=context.now,
        hidden=former.hidden if former else False,
    )
    saved = await work.reviews.save(
        replace(blank, critic=critic, text=command.text, rating=command.rating)
    )
    if (former is None or former.deleted) and not saved.hidden:
        await announce(saved, context, work)
    else:
        await follow(saved, context, work)
    version = len(await work.reviews.versions(saved.review_id))
    critique = await read(command.text, film, context, work)
    actions = (
        *_release_actions(critique, film, context),
        Button("Show the club's card", ReviewCommand(reference(film))),
        undo_button(UndoReviewCommand(saved.review_id, version)),
    )
    hidden = " A moderator has hidden it from the others." if saved.hidden else ""
    return said(f"Saved {critic}'s review of ", titled(film), f".{hidden}", actions=actions)


async def _check_share(
    film: Film, former: Review | None, context: Context, work: UnitOfWork
) -> None:
    """Raise NotAllowed for one more critic's review than a member may bring in."""
    if former is not None and not former.deleted:
        return
    theirs = [
        each for each in await work.reviews.of_member(context.member.member_id) if each.critic
    ]
    if sum(each.film_id == film.film_id for each in theirs) >= MOST_OF_A_FILM:
        raise NotAllowed(
            f"You have brought in {MOST_OF_A_FILM} critics' reviews of {film.label} already. "
            "Take one back with Undo, or leave the next to somebody else."
        )
    if sum(context.now - each.created_at < A_DAY for each in theirs) >= MOST_A_DAY:
        raise NotAllowed(
            f"You have brought in {MOST_A_DAY} critics' reviews within a day. Bring this one tomorrow."
        )


def _release_actions(critique: Critique, film: Film, context: Context) -> Iterator[Action]:
    """Offer to note release days that the catalogue lacks, and reminders of future ones."""
    known = {(each.region, each.kind): each.day for each in film.releases}
    for notice in critique.releases:
        if notice.region is None or notice.day is None:
            continue
        where = release_place(notice.region, notice.kind)
        if (notice.region, notice.kind) not in known:
            add = AddReleaseCommand(film.film_id, notice.region, notice.kind, notice.day)
            yield Button(f"Note {where}: {long_day(notice.day)}", add)
        elif known[notice.region, notice.kind] > context.now.date():
            remind = RemindCommand(reference(film), notice.kind, notice.region)
            yield Button(f"Remind me: {where}", remind)
