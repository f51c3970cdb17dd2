"""The flow of a request: fetch its file, look up its sender, ask the core, send the response."""

import asyncio
import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from adapters.chat.interactions import private_reply
from adapters.chat.progress import ProgressNotes
from adapters.chat.text_files import AttachmentError, ReceivedFile
from adapters.slack.api import TROUBLE, Api, cause
from adapters.slack.host.beginning import Beginning
from adapters.slack.host.channels import ChannelDirectory
from adapters.slack.host.users import SlackUser, UserDirectory
from adapters.slack.ids import (
    channel,
    club_named,
    club_of,
    direct,
    member_of,
    place_of,
    workspace_of,
)
from adapters.slack.incoming.attachments import fetch_file
from adapters.slack.incoming.payloads import Sender, modal_metadata
from adapters.slack.outgoing.home import HomePage, home_view, sections
from adapters.slack.outgoing.modals import modal
from adapters.slack.outgoing.responses import Responses, ResponseTarget
from bot.domain.errors import StoreError
from bot.domain.ids import ClubId, MemberId, PlaceId
from bot.features.club.commands import SetupCommand
from bot.features.club.settings import SETUP_FIELDS
from bot.features.reviews.commands import ReviewCommand
from bot.language.critics import looks_like_critique
from bot.messages.codec import action_id
from bot.messages.commands import Command
from bot.messages.phrases import said
from bot.messages.replies import Actions, Form, Option, Quote, Reply
from bot.messages.requests import Caller, ChannelClub, Request
from bot.messages.spans import Channel, Plain
from bot.service import Bot

log = logging.getLogger(__name__)

_EVERYONE = re.compile(r"\b(?:everyone|everybody|all of us|us|we)\b", re.IGNORECASE)

_EXPIRED = "That took too long, and Slack let go of it. Press again:"


@dataclass(frozen=True, slots=True)
class SlackRequest:
    """A request from Slack. Its `files` are not fetched yet; `text` is an attachment at hand."""

    sender: Sender
    request_id: str
    content: str | Command
    files: Sequence[Mapping[str, Any]] = ()
    text: str | None = None


class RequestFlow:
    """Handles the requests of one workspace. `prefix` is that of its slash commands."""

    def __init__(
        self, bot: Bot, api: Api, responses: Responses, team: str, club_name: str, prefix: str = ""
    ) -> None:
        """Join the core with a workspace."""
        self._bot = bot
        self._api = api
        self._responses = responses
        self._team = team
        self._club_name = club_name
        self._beginning = Beginning(bot.membership, team)
        self._prefix = prefix
        self.users = UserDirectory(api, team)
        self._channels = ChannelDirectory(api)

    async def suggest(self, sender: Sender, typed: str, most: int) -> Sequence[Option]:
        """Suggest films for a typed beginning of a title; for none, those at hand."""
        caller = self.caller(sender)
        if not typed:
            return await self._bot.suggestions.at_hand(caller)
        return await self._bot.suggestions.typed(caller, typed, most)

    async def handle(self, request: SlackRequest) -> None:
        """Pass a request to the core, and send its reply."""
        try:
            file = ReceivedFile("message" if request.text else "", request.text)
            if request.files:
                file = await fetch_file(request.files[0], self._api)
        except AttachmentError as error:
            await self.respond(request.sender, _not_read(str(error), request.content))
            return
        content = request.content
        if content == ReviewCommand() and file.text is not None:
            content = ReviewCommand(mine=not looks_like_critique(file.text))
        if shut := await self._shut(content):
            await self.respond(request.sender, shut)
            return
        caller = await self._known_caller(request.sender)
        if takes_everyone(content):
            caller = replace(caller, present=await self._present(request.sender.target))
        reply = await self._bot.handle(
            Request(
                request.request_id,
                caller,
                content,
                file.text,
                file.name,
                file.data,
                ProgressNotes(partial(self.respond, request.sender), every=5.0, most=1),
            )
        )
        if reply.place:
            reply = await self._responses.show_in(reply.place, reply)
        await self.respond(request.sender, reply)

    async def names(self, users: Iterable[str]) -> dict[str, str]:
        """Return the names of users who are mentioned; without those that Slack does not say."""
        named = [(each, (await self.users.look_up(each)).name) for each in users]
        return {user: name for user, name in named if name}

    async def name(self, club_id: ClubId, member_id: MemberId) -> str | None:
        """Return the name of somebody who belongs to a club now; None if they do not. PlatformSilent.

        Of a channel's own club, that are those in the channel. The Directory port for Slack.
        """
        name = await self.users.name(club_id, member_id)
        _, own = workspace_of(club_id)
        if name is None or not own:
            return name
        return name if await self._channels.has(own, member_id.partition(":")[2]) else None

    async def channel_gone(self, channel_id: str) -> None:
        """Note that a channel was deleted, which may have been a club of its own."""
        try:
            own, within = club_of(self._team, channel_id), club_of(self._team)
            await self._bot.membership.channel_gone(own, within)
        except StoreError as error:
            log.warning("could not note that a channel is gone: %s", error)

    async def respond(self, sender: Sender, reply: Reply) -> None:
        """Send a reply to where the request was made; in App Home it is shown there."""
        if not sender.target.at_home:
            await self._responses.send(sender.target, reply)
            return
        await self.show_home(sender, HomePage(reply))
        await self._responses.hand_over(sender.target, reply)

    async def open_form(self, sender: Sender, trigger: str, form: Form) -> None:
        """Open a form as a modal, with the values of its stored command."""
        opened = await self._bot.forms.load(self.caller(sender), form)
        if isinstance(opened, Reply):
            await self.respond(sender, opened)
            return
        await self._show_form(sender, trigger, form, opened)

    async def save_message(self, sender: Sender, trigger: str, text: str) -> None:
        """Open the form for a message that a member saves as a review."""
        form = await self._bot.forms.of_message(self.caller(sender), text)
        if isinstance(form, Reply):
            await self.respond(sender, form)
            return
        await self.open_form(sender, trigger, form)

    async def _show_form(self, sender: Sender, trigger: str, form: Form, opened: Form) -> None:
        title = opened.label or form.label or "Matinee"
        view = modal(opened, title, modal_metadata(action_id(form), sender.target))
        try:
            await self._api.plain.views_open(trigger_id=trigger, view=view)
        except TROUBLE as error:
            log.info("a modal was not opened: %s", cause(error))
            again = Form("Open the form", form.command, form.fields)
            await self.respond(sender, private_reply(_EXPIRED, Actions((again,))))

    async def show_home(self, sender: Sender, page: HomePage) -> None:
        """Publish a member's App Home as it is now."""
        caller = await self._known_caller(sender)
        known = await self._bot.known(caller)
        if isinstance(known, Reply):
            replies = [known]
        else:
            replies = [
                await self._bot.handle(Request(f"home {command.name}", caller, command))
                for command in sections(page, known)
            ]
        try:
            await self._api.patient.views_publish(
                user_id=sender.target.user, view=home_view(page, replies, self._prefix)
            )
        except TROUBLE as error:
            log.warning("App Home was not shown: %s", cause(error))

    async def _shut(self, content: str | Command) -> Reply | None:
        """Refuse a channel that was picked for the club, where Matinee may not write."""
        if not isinstance(content, SetupCommand) or not content.channel:
            return None
        there = place_of(PlaceId(content.channel))
        if there is None or (await self._channels.look_up(there.channel)).may_post:
            return None
        told = said(
            "I may not write in ",
            Channel(PlaceId(content.channel)),
            ", so nothing was changed. Invite me there first: /invite @Matinee. Then choose it again.",
            actions=(Form("Choose again", content, SETUP_FIELDS),),
        )
        return replace(told, aside=True)

    async def _present(self, target: ResponseTarget) -> frozenset[MemberId] | None:
        """Return the members of the channel of a request; None where all of the club are meant."""
        if target.is_direct:
            return None
        users = await self._channels.members(target.channel)
        return None if users is None else frozenset(map(member_of, users))

    def caller(self, sender: Sender) -> Caller:
        """Return the caller as far as is known without a call to Slack."""
        return self._caller(sender, self.users.remembered(sender.target.user, sender.name))

    async def _known_caller(self, sender: Sender) -> Caller:
        target = sender.target
        if target.is_direct:
            user = await self.users.look_up(target.user, sender.name)
            await self._beginning.meet(target.user, user)
            return self._caller(sender, user)
        user, there = await asyncio.gather(
            self.users.look_up(target.user, sender.name), self._channels.look_up(target.channel)
        )
        await self._beginning.meet(target.user, user)
        caller = self._caller(sender, user)
        channel_club = self._channel_club(target, there.name)
        return replace(
            caller, may_post=there.may_post, closed=there.closed, channel_club=channel_club
        )

    def _channel_club(self, target: ResponseTarget, name: str) -> ChannelClub:
        """Return the club that the channel of a request could be of its own."""
        return ChannelClub(club_of(target.team, target.channel), club_of(target.team), name)

    def _caller(self, sender: Sender, user: SlackUser) -> Caller:
        target = sender.target
        direct_messages = direct(target.team, target.user)
        place = channel(target.team, target.channel, target.thread)
        return Caller(
            club_of(target.team),
            member_of(target.user),
            user.name,
            direct_messages if target.is_direct else place,
            direct_messages,
            user.roles,
            self._club_name,
            zone=user.zone,
            meant=club_named(target.club, target.team),
            channel_club=None
            if target.is_direct
            else self._channel_club(target, self._channels.remembered(target.channel).name),
            discreet=not target.aloud,
            aloud=target.aloud and not target.is_direct,
        )


def takes_everyone(content: str | Command) -> bool:
    """Tell whether a request may be for everyone who is in the channel."""
    if isinstance(content, str):
        return _EVERYONE.search(content) is not None
    members = getattr(content, "members", ())
    return isinstance(members, tuple) and any(e.casefold() == "everyone" for e in members)


def _not_read(why: str, content: str | Command) -> Reply:
    """Say why a file was not read, and repeat the text that was written beside it."""
    typed = content.text if isinstance(content, ReviewCommand) else content
    if not typed or not isinstance(typed, str):
        return private_reply(why)
    return private_reply(
        why, Quote((Plain(typed),), (Plain("what you typed; nothing is saved yet"),))
    )
