"""The work behind a request: what it says is taken to the core, and the answer to where it was said."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.chat.text_files import AttachmentError
from adapters.slack.api import TROUBLE, Api, reason
from adapters.slack.host.users import People, Person
from adapters.slack.ids import channel, club_of, direct, member_of
from adapters.slack.incoming.attachments import fetched
from adapters.slack.incoming.payloads import Speaker, carried
from adapters.slack.outgoing.home import HOME, belongs, home_view
from adapters.slack.outgoing.modals import modal
from adapters.slack.outgoing.responses import Answering
from bot.domain.visibility import Visibility
from bot.features.reviews.commands import ReviewCommand
from bot.messages.codec import action_id
from bot.messages.commands import Command
from bot.messages.replies import Actions, Block, Form, Paragraph, Plain, Quote, Reply
from bot.messages.requests import Caller, Request
from bot.service import Bot

log = logging.getLogger(__name__)

_EXPIRED = "That took too long, and Slack let go of it. Press again:"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said. `files` are still to be fetched from Slack, `text` came along by itself."""

    speaker: Speaker
    request_id: str
    content: str | Command
    files: Sequence[Mapping[str, Any]] = ()
    text: str | None = None


class Talk:
    """Talks with the members of one workspace on the core's behalf."""

    def __init__(self, bot: Bot, api: Api, answering: Answering, club_name: str) -> None:
        """Join the core with a workspace."""
        self._bot = bot
        self._api = api
        self._answering = answering
        self._club_name = club_name
        self._people = People(api)

    async def say(self, said: Said) -> None:
        """Take what was said to the core, and answer."""
        try:
            text, name = said.text, "message"
            if said.files:
                text, name = await fetched(said.files[0], self._api)
        except AttachmentError as error:
            await self.tell(said.speaker, _not_read(str(error), said.content))
            return
        caller = await self._known(said.speaker)
        request = Request(said.request_id, caller, said.content, text, name if text else "")
        await self.tell(said.speaker, await self._bot.handle(request))

    async def tell(self, speaker: Speaker, reply: Reply) -> None:
        """Answer a member."""
        await self._answering.answer(speaker.spot, reply)

    async def open(self, speaker: Speaker, trigger: str, form: Form) -> None:
        """Open a form as a modal, with what was stored for it."""
        opened = await self._bot.load_form(self.caller(speaker), form)
        if isinstance(opened, Reply):
            await self.tell(speaker, opened)
            return
        title = form.label or opened.label or "Matinee"
        view = modal(opened, title, carried(action_id(form), speaker.spot))
        try:
            await self._api.plain.views_open(trigger_id=trigger, view=view)
        except TROUBLE as error:
            log.info("a modal was not opened: %s", reason(error) or type(error).__name__)
            again = Form("Open the form", form.command, form.fields)
            await self.tell(speaker, private(_EXPIRED, Actions((again,))))

    async def show_home(self, speaker: Speaker, request_id: str) -> None:
        """Show a member App Home as it is now."""
        caller = await self._known(speaker)
        replies = [
            await self._bot.handle(Request(f"{request_id} {place}", caller, command))
            for place, command in enumerate(HOME)
            if belongs(command, caller)
        ]
        try:
            await self._api.patient.views_publish(
                user_id=speaker.spot.user, view=home_view(replies)
            )
        except TROUBLE as error:
            log.warning("App Home was not shown: %s", reason(error) or type(error).__name__)

    def caller(self, speaker: Speaker) -> Caller:
        """Return who speaks, as far as is known without asking Slack."""
        return self._caller(speaker, self._people.at_once(speaker.spot.user, speaker.name))

    async def _known(self, speaker: Speaker) -> Caller:
        return self._caller(speaker, await self._people.known(speaker.spot.user, speaker.name))

    def _caller(self, speaker: Speaker, person: Person) -> Caller:
        spot = speaker.spot
        at_home = direct(spot.team, spot.user)
        return Caller(
            club_of(spot.team),
            member_of(spot.user),
            person.name,
            at_home if spot.is_direct else channel(spot.team, spot.channel, spot.thread),
            at_home,
            person.roles,
            self._club_name,
        )


def private(text: str, *blocks: Block) -> Reply:
    """Say something to one member alone."""
    return Reply((Paragraph((Plain(text),)), *blocks), text, Visibility.ONLY_YOU)


def _not_read(why: str, content: str | Command) -> Reply:
    """Say why a file was not read, and give back what was written beside it."""
    typed = (
        content
        if isinstance(content, str)
        else content.text
        if isinstance(content, ReviewCommand)
        else ""
    )
    beside = (
        [Quote((Plain(typed),), (Plain("what you typed; nothing is saved yet"),))] if typed else []
    )
    return private(why, *beside)
