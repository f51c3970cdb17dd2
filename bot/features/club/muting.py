"""Muting of a member, what is hidden, and what moderators did."""

from dataclasses import replace

from bot.catalogue.club_index import roster_of
from bot.delivery.amendments import amend_messages_of
from bot.domain.clubs.club import Roster
from bot.domain.clubs.moderation import ActKind, ModerationAct
from bot.domain.errors import UsageError
from bot.domain.films.film import Film
from bot.domain.ids import FilmId, MemberId
from bot.domain.reviews.review import Review
from bot.domain.words.text import one_line
from bot.features.club.commands import ModerateCommand
from bot.messages.phrases import author, review_spans, said, undo_button
from bot.messages.plain_text import plain
from bot.messages.replies import Actions, Block, Button, Heading, Paragraph, Quote, Reply
from bot.messages.spans import Plain, Usage, When
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import reference
from bot.request.lookup.members import member_named

SHOWN = 10
"""Hidden reviews, or acts, that are shown."""

_DID = {
    ActKind.HIDE: "hid",
    ActKind.UNHIDE: "showed again",
    ActKind.MUTE: "muted",
    ActKind.UNMUTE: "unmuted",
}


async def mute(command: ModerateCommand, context: Context, work: UnitOfWork) -> Reply:
    """Let nobody else read a member's words, or let them again; ratings count as before."""
    if not command.member:
        raise UsageError("Whom? Say it so: ", Usage(replace(command, film="", member="ben")))
    if command.film:
        raise UsageError("All of a member's words are muted, not those on one film: ", Usage(replace(command, film="")))  # fmt: skip
    member = await member_named(command.member, context, work)
    muted = command.action == "mute"
    if member.muted != muted:
        await work.members.save(replace(member, muted=muted))
        await work.reviews.touch(member.member_id)
        planning = context.planning(work)
        reviews = await work.reviews.of_member(member.member_id)
        await amend_messages_of([each.review_id for each in reviews], planning)
        kind = ActKind.MUTE if muted else ActKind.UNMUTE
        await note(kind, member.member_id, context, work)
    back = replace(command, action="unmute" if muted else "mute", member=member.member_id)
    text = (
        f"Muted: {member.name}. Their words are quoted nowhere, and nobody else reads them; their "
        "ratings count as before."
        if muted
        else f"{member.name} is heard again."
    )
    return said(text, actions=(undo_button(back),))


async def note(
    kind: ActKind,
    concerned: MemberId,
    context: Context,
    work: UnitOfWork,
    *,
    review: Review | None = None,
) -> None:
    """Note what a moderator did."""
    act = ModerationAct(
        context.ids.new(),
        context.member.member_id,
        context.now,
        kind,
        concerned,
        review.film_id if review else None,
        review.critic if review else None,
    )
    await work.moderation.note(act)


async def hidden(work: UnitOfWork) -> Reply:
    """List what is hidden and who is muted, with the ways back."""
    reviews = await work.reviews.hidden(SHOWN)
    roster = await roster_of(work)
    muted = [each for each in roster.values() if each.muted]
    if not (reviews or muted):
        return said("Nothing is hidden here, and nobody is muted.")
    films = await work.films.many([each.film_id for each in reviews])
    blocks: list[Block] = [Heading((Plain("Hidden here"),))]
    buttons: list[Button] = []
    for each in reviews:
        if (film := films.get(each.film_id)) is None:
            continue
        source = (author(each, roster), Plain(f" on {film.label}"))
        words = () if each.private else review_spans(each)
        blocks.append(Quote(words, source) if words else Paragraph(source))
        buttons.append(Button(f"Show {_whose(each, film, roster)}", _unhide(each, film)))
    for member in muted:
        blocks.append(Paragraph((Plain(f"{member.name} is muted."),)))
        again = ModerateCommand("unmute", member=member.member_id)
        buttons.append(Button(f"Unmute {one_line(member.name, 40)}", again))
    blocks.append(Actions(tuple(buttons)))
    return Reply(tuple(blocks), "What is hidden here.", Visibility.ONLY_YOU)


def _whose(review: Review, film: Film, roster: Roster) -> str:
    return one_line(f"{plain((author(review, roster),))} on {film.title}", 60)


def _unhide(review: Review, film: Film) -> ModerateCommand:
    command = ModerateCommand("unhide", reference(film))
    if review.critic:
        return replace(command, critic=review.critic)
    return replace(command, member=review.member_id)


async def acts(context: Context, work: UnitOfWork) -> Reply:
    """Tell what moderators did lately."""
    latest = await work.moderation.latest(SHOWN)
    if not latest:
        return said("No moderator has done anything here yet.")
    roster = await roster_of(work)
    films = await work.films.many([each.film_id for each in latest if each.film_id])
    blocks: list[Block] = [Heading((Plain("What moderators did"),))]
    for each in latest:
        told = f": {_name(each.member_id, roster)} {_DID[each.kind]} {_what(each, films, roster)}."
        blocks.append(Paragraph((When(each.at, context.zone), Plain(told))))
    return Reply(tuple(blocks), "What moderators did.", Visibility.ONLY_YOU)


def _name(member_id: MemberId, roster: Roster) -> str:
    member = roster.get(member_id)
    return member.name if member else "a former member"


def _what(act: ModerationAct, films: dict[FilmId, Film], roster: Roster) -> str:
    whose = act.critic or _name(act.concerned, roster)
    if act.film_id is None:
        return whose
    film = films.get(act.film_id)
    return f"{whose}'s review of {film.label if film else 'a film'}"
