"""Settings of a member, and of the club for its admins: shown and changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import time

from bot.delivery.planning import PlanningContext, replan
from bot.delivery.weekly import plan_week
from bot.domain.clubs.club import Club, Member, SpoilerPolicy
from bot.domain.errors import UsageError
from bot.domain.ids import ClubId, PlaceId
from bot.domain.regions import AS_CLUB, country, is_as_club, region_code, zone_name
from bot.domain.reviews.ratings import Scale
from bot.features.club.admins import admins_of
from bot.features.club.channel_club import check_channel, owner_actions, owner_notes
from bot.features.club.checklist import first_steps, greet_channel
from bot.features.club.commands import SettingsCommand, SetupCommand
from bot.features.privacy.commands import PrivacyCommand
from bot.messages.commands import Command
from bot.messages.phrases import OR_TYPE_IT, joined
from bot.messages.plain_text import plain
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Button,
    Choice,
    Field,
    FieldNote,
    Fields,
    Footnote,
    Form,
    Heading,
    Option,
    Reply,
)
from bot.messages.spans import Channel, Plain, Span, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import MemberClub, UnitOfWork
from bot.request.club.private_club import name_of
from bot.request.commands import ChooseClubCommand
from bot.request.context import Context

MOST_CLUBS = 25
"""Clubs among which a member may choose the one that is meant in private."""

SETUP_FIELDS = ("channel", "region", "zone", "hour", "announce", "weekly")
"""Fields of the form of the club's settings."""

_SCALES = {
    Scale.STARS: "★★★★½",
    Scale.FIVE: "4.5/5",
    Scale.TEN: "9/10",
    Scale.PERCENT: "90 %",
}
_SPOILERS = {
    SpoilerPolicy.FOLD: "marked text is folded",
    SpoilerPolicy.SEEN: "scores and reviews unlock once you've seen the film",
    SpoilerPolicy.OFF: "nothing is folded",
}


async def settings(command: SettingsCommand, context: Context, work: UnitOfWork) -> Reply:
    """Show a member's settings, after changing those that were given."""
    member = await work.members.get(context.member.member_id) or context.member
    changed = replace(
        member,
        region=_own(command.region, member.region, region_code),
        zone=_own(command.zone, member.zone, zone_name),
        scale=command.scale or member.scale,
        quotable=member.quotable if command.quotable is None else command.quotable,
        direct=member.direct if command.direct is None else command.direct,
        fallback=member.fallback if command.fallback is None else command.fallback,
        vote_reminders=member.vote_reminders if command.votes is None else command.votes,
    )
    if changed != member:
        await work.members.save(changed)
    if changed.zone != member.zone:
        planning = context.planning(work)
        await replan(planning, member_id=member.member_id)
    if changed.quotable != member.quotable:
        await work.reviews.touch(member.member_id)
    return _settings_card(changed, context)


def _own(typed: str, present: str | None, read: Callable[[str], str]) -> str | None:
    """Return what a member set: as before where nothing was typed, None to go by the club again."""
    if not typed:
        return present
    return None if is_as_club(typed) else read(typed)


async def setup(command: SetupCommand, context: Context, work: UnitOfWork) -> Reply:
    """Show the club's settings, after changing those that were given."""
    club = await work.clubs.get()
    weekly = club.weekly if command.weekly is None else command.weekly
    check_channel(command, club)
    channel = _this_channel(context) if command.here else club.channel
    if command.channel:
        channel = _chosen_channel(command.channel, context)
    if command.weekly and command.here is None:
        channel = channel or _this_channel(context)  # the list has to stand somewhere
    changed = replace(
        club,
        name=club.name or context.caller.club_name,
        region=region_code(command.region) if command.region else club.region,
        zone=zone_name(command.zone) if command.zone else club.zone,
        hour=time.fromisoformat(command.hour) if command.hour else club.hour,
        spoilers=command.spoilers or club.spoilers,
        announce_reviews=club.announce_reviews if command.announce is None else command.announce,
        channel=None if command.here is False else channel,
        weekly=weekly,
    )
    if command != SetupCommand():
        await work.clubs.save(changed)
        planning = PlanningContext(work, changed, context.ids, context.now)
        await replan(planning)
        await plan_week(planning)
    told = changed.channel is not None and changed.channel != club.channel
    if told:
        await greet_channel(changed, planning)
    steps = await first_steps(changed, context, work)
    return _setup_card(changed, steps, await admins_of(work), context, told=told)


async def present_settings(form: Form, context: Context, work: UnitOfWork) -> Form:
    """Fill the form of a member's settings with those of now; where none is set, it names the club's."""
    command = form.command
    if not isinstance(command, SettingsCommand):
        return form
    member = await work.members.get(context.member.member_id) or context.member
    club = context.club
    present = replace(
        command,
        region=command.region or member.region or "",
        zone=command.zone or member.zone or context.member.zone or "",
        quotable=member.quotable if command.quotable is None else command.quotable,
        direct=member.direct if command.direct is None else command.direct,
        fallback=member.fallback if command.fallback is None else command.fallback,
    )
    region = FieldNote("region", otherwise=f"{AS_CLUB}: {country(club.region)}")
    zone = FieldNote("zone", otherwise=f"{AS_CLUB}: {club.zone}")
    return replace(form, command=present, notes=(region, zone, *form.notes))


async def present_setup(form: Form, _: Context, work: UnitOfWork) -> Form:
    """Fill the form of the club's settings with those of now."""
    command = form.command
    if not isinstance(command, SetupCommand):
        return form
    club = await work.clubs.get()
    present = replace(
        command,
        region=command.region or club.region,
        zone=command.zone or club.zone,
        hour=command.hour or f"{club.hour:%H:%M}",
        announce=club.announce_reviews if command.announce is None else command.announce,
        weekly=club.weekly if command.weekly is None else command.weekly,
        channel=command.channel or club.channel or "",
    )
    return replace(form, command=present)


def _chosen_channel(chosen: str, context: Context) -> PlaceId:
    """Return the channel that was picked; UsageError for a place of another platform."""
    if chosen.partition(":")[0] != context.club.club_id.partition(":")[0]:
        raise UsageError("That is no channel of this club. Choose one from the list.")
    return PlaceId(chosen)


def _this_channel(context: Context) -> PlaceId:
    """Return the channel that the command was given in; UsageError if it cannot be the club's."""
    caller = context.caller
    if caller.place == caller.direct:
        raise UsageError(
            "Nobody else reads here. Give this in the channel that shall be the club's."
        )
    if not caller.may_post:
        raise UsageError(
            "I may not write in this channel, so it cannot be the club's. Let me see it and write "
            "in it first, then give this again. Nothing was changed."
        )
    return caller.place


def _settings_card(member: Member, context: Context) -> Reply:
    club = context.club
    rows = {
        "Region": f"{country(member.region)}"
        if member.region
        else f"{country(club.region)} ({AS_CLUB})",
        "Time zone": member.zone or f"{club.zone} ({AS_CLUB})",
        "Ratings": _SCALES[member.scale],
        "Your sentences": _sentences(member),
        "Reminders": f"{_where(member)}; at {club.hour:%H:%M} (the club's hour)",
        "Late in a vote": "I remind you" if member.vote_reminders else "I do not remind you",
    }
    several = len(context.clubs) > 1
    if several:
        rows["In private"] = f"we talk about {club.name or 'this club'}"
    scales = tuple(Option(shown, scale) for scale, shown in _SCALES.items())
    actions: tuple[Action, ...] = (
        Form("Change", SettingsCommand(), ("region", "zone", "quotable", "direct", "fallback")),
        Choice("Ratings", scales, SettingsCommand(), "scale"),
        Button(
            "Don't remind me to vote" if member.vote_reminders else "Remind me to vote",
            SettingsCommand(votes=not member.vote_reminders),
        ),
        *([_other_clubs(context.clubs)] if several else []),
    )
    example = SettingsCommand("US", "America/New_York", quotable=False)
    return _card("Your settings here", rows, example, Actions(actions))


def _other_clubs(clubs: Sequence[MemberClub]) -> Choice:
    """Offer the clubs of a member, to change the one that is meant in private."""
    options = tuple(Option(name_of(each), each.club_id) for each in clubs[:MOST_CLUBS])
    return Choice("The club in private", options, ChooseClubCommand(ClubId("")), "club_id")


def _sentences(member: Member) -> str:
    if member.muted:
        return "are read by nobody else: a moderator has muted you"
    return "may be quoted" if member.quotable else "are not quoted"


def _where(member: Member) -> str:
    if not member.direct:
        return "in the channel"
    return f"as a direct message{'; in the channel if that fails' if member.fallback else ''}"


def _setup_card(
    club: Club, steps: Sequence[Block], admins: Sequence[Member], context: Context, *, told: bool
) -> Reply:
    here = "this channel" if club.channel == context.caller.place else "another channel"
    rows = {
        "Region": country(club.region),
        "Time zone": club.zone,
        "Reminders at": f"{club.hour:%H:%M}",
        "Channel": (Channel(club.channel, here),) if club.channel else "where a command is typed",
        "Spoilers": _SPOILERS[club.spoilers],
        "New reviews": "get a line in the channel" if club.announce_reviews else "not announced",
        "Out this week": _weekly(club),
        **({"Club admins": joined([each.name for each in admins])} if admins else {}),
    }
    spoilers = tuple(Option(shown, policy) for policy, shown in _SPOILERS.items())
    actions = (
        Form("Change", SetupCommand(), SETUP_FIELDS[1:] if club.within else SETUP_FIELDS),
        Choice("Spoilers", spoilers, SetupCommand(), "spoilers"),
        *owner_actions(context),
    )
    here_too = None if club.within else True
    example = SetupCommand(club.region, club.zone, f"{club.hour:%H:%M}", here=here_too)
    card = _card(_title(club), rows, example, Actions(actions))
    stored = (
        Plain("What is stored, who reads it, and how to take the club along: "),
        Usage(PrivacyCommand()),
    )
    note: list[Block] = [Footnote(stored)]
    if told:
        note.append(Footnote((Plain("I say so in the channel, so that you see it works."),)))
    note += owner_notes(context)
    return replace(card, blocks=(*card.blocks[:1], *steps, *card.blocks[1:], *note))


def _title(club: Club) -> str:
    return f"The settings of {club.name}" if club.within and club.name else "The club's settings"


def _weekly(club: Club) -> tuple[Span, ...]:
    if not club.weekly:
        return (Plain("is not posted"),)
    if club.channel:
        return (Plain("is posted on Mondays"),)
    return (Plain("waits for a channel: "), Usage(SetupCommand(here=True)))


def _card(
    title: str, rows: Mapping[str, str | tuple[Span, ...]], example: Command, actions: Actions
) -> Reply:
    fields = tuple(
        Field(name, (Plain(value),) if isinstance(value, str) else value)
        for name, value in rows.items()
    )
    blocks: tuple[Block, ...] = (
        Heading((Plain(title),)),
        Fields(fields),
        Footnote((Plain(OR_TYPE_IT), Usage(example))),
        actions,
    )
    summary = "; ".join(f"{field.name}: {plain(field.spans)}" for field in fields)
    return Reply(blocks, f"{title}. {summary}.", Visibility.ONLY_YOU)
