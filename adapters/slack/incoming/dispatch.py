"""Dispatches Slack's payloads: a few are answered in the acknowledgement, the rest in background tasks."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from adapters.chat.background import BackgroundTasks, RecentRequests
from adapters.chat.commands import with_channels
from adapters.chat.interactions import pressed, private_reply, review_of_message, turns_page
from adapters.slack.incoming import payloads
from adapters.slack.incoming.payloads import Payload, Sender
from adapters.slack.incoming.request_flow import RequestFlow, SlackRequest
from adapters.slack.limits import ERROR, OPTION_VALUE
from adapters.slack.outgoing import modals
from adapters.slack.outgoing.actions import ASKED, SHOW, option
from adapters.slack.outgoing.home import CLOSE, HomePage
from adapters.slack.outgoing.responses import ResponseTarget
from adapters.slack.outgoing.rich_text import Json
from bot.domain.errors import StoreError, UsageError, UserError
from bot.domain.words.text import one_line
from bot.features.help.commands import HelpCommand
from bot.features.reviews.commands import ReviewCommand, ReviewsCommand
from bot.language.grammar.forms import FormErrors, check_answered
from bot.messages.commands import Command
from bot.messages.replies import Form, Paragraph, Reply
from bot.messages.spans import Plain
from bot.messages.visibility import Visibility
from bot.service import Bot
from bot.views.film_card import WRITE

SUGGESTIONS = 24

_NOT_SAVED = "Nothing is saved yet; your words are still here. Press again in a moment."

_OLD = "That is from another version of me. Type the command instead; send me the word help to see how."
_NOT_YOURS = (
    "Only whoever wrote that message can save it as their review. A critic's review with a byline "
    "can be saved by anybody."
)


class Dispatcher:
    """Dispatches the payloads of one workspace. `bot_user`: Matinee's own user id."""

    def __init__(
        self,
        bot: Bot,
        flow: RequestFlow,
        bot_user: str,
        prefix: str,
        background: BackgroundTasks,
        recent: RecentRequests,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Dispatch to this flow, in these tasks. `prefix`: of slash commands; `now`: seconds of Unix time."""
        self._bot = bot
        self._flow = flow
        self._bot_user = bot_user
        self._prefix = prefix
        self._now = now
        self._recent = recent
        self.background = background

    # Answered after the acknowledgement ---------------------------------------------------------

    def command(self, body: Payload) -> None:
        """Handle a slash command."""
        line = payloads.line_of(body["command"], body.get("text") or "", self._prefix)
        sender = payloads.of_command(body, self._now())
        if line.strip() == f"/{ReviewCommand.name}":
            self._open(sender, body, WRITE)
            return
        self._handle(sender, body, line)

    def message(self, body: Payload) -> None:
        """Handle a mention or a direct message, with its file if there is one."""
        event = body["event"]
        to_matinee = event["type"] == "app_mention" or event.get("channel_type") == "im"
        by_bot = event.get("bot_id") or event.get("subtype") not in {None, "file_share"}
        if by_bot or not to_matinee:
            return
        text = payloads.without_address(event.get("text") or "", self._bot_user)
        self._name_then(payloads.nameless(text), partial(self._said, body, text))

    def pressed(self, body: Payload) -> None:
        """Handle a pressed button or a chosen option."""
        sender = payloads.of_interaction(body, self._now())
        for action in body["actions"]:
            if action["action_id"] == CLOSE:
                self._show_home(sender, body, HomePage())
                continue
            if action["action_id"].startswith(SHOW):
                self._respond(sender, body, _unfolded(action.get("value", "")))
                continue
            try:
                self._act(sender, body, action)
            except UsageError as error:
                self._respond(sender, body, private_reply(str(error)))

    def shortcut(self, body: Payload) -> None:
        """Open the form for a review, or save a message as one."""
        sender = payloads.of_interaction(body, self._now())
        message = body.get("message")
        if message is None:
            self._open(sender, body, WRITE)
            return
        text = message.get("text") or ""
        self._name_then(payloads.nameless(text), partial(self._save_message, body, sender, text))

    def _save_message(
        self, body: Payload, sender: Sender, text: str, names: Mapping[str, str]
    ) -> None:
        text = payloads.words_of(text, "review", names)
        own = body["message"].get("user") == sender.target.user
        command = review_of_message(text, own=own)
        if command is None:
            self._respond(sender, body, private_reply(_NOT_YOURS))
        elif command.mine and text.strip():
            if self._is_new(body):
                self.background.begin(self._flow.save_message(sender, body["trigger_id"], text))
        else:
            self._handle(sender, body, command, text=text)

    def home_opened(self, body: Payload) -> None:
        """Show App Home to a member who has opened it."""
        event = body["event"]
        if event.get("tab", "home") == "home" and self._is_new(body):
            sender = Sender(ResponseTarget(body["team_id"], event["user"], at_home=True), "")
            self.background.begin(self._flow.show_home(sender, HomePage()))

    def channel_gone(self, body: Payload) -> None:
        """Note that a channel was deleted, which may have been a club of its own."""
        if self._is_new(body):
            going = self._flow.channel_gone(str(body["event"].get("channel", "")))
            self.background.begin(going)

    # Answered in the acknowledgement ------------------------------------------------------------

    async def suggestions(self, body: Payload) -> Json:
        """Return films for a typed beginning of a title, which is one too; for none, those at hand."""
        typed = one_line(body.get("value") or "", OPTION_VALUE)
        in_form = (body.get("view") or {}).get("type") == "modal"
        sender = payloads.of_modal(body)[1] if in_form else payloads.of_interaction(body, 0.0)
        found = await self._flow.suggest(sender, typed, SUGGESTIONS)
        as_typed = [option(f"“{typed}”, as typed", typed)] if typed else []
        return {"options": [*(option(each.label, each.value) for each in found), *as_typed]}

    async def submitted(self, body: Payload) -> Json:
        """Handle a submitted modal; return the errors to show in it, if any."""
        name, sender = payloads.of_modal(body)
        form = pressed(name)
        if not isinstance(form, Form):
            return refused(body, _OLD)
        opened = await self._bot.forms.load(self._flow.caller(sender), form)
        if isinstance(opened, Reply):
            return refused(body, opened.summary)
        values = body["view"]["state"]["values"]
        try:
            typed = modals.typed(values)
            command = await self._bot.forms.fill(self._flow.caller(sender), opened.command, typed)
            if isinstance(command, Command):
                check_answered(opened, command, has_file=bool(modals.files(values)))
        except FormErrors as error:
            return _errors(body, error.errors, str(error))
        if isinstance(command, Reply):
            return refused(body, command.summary)
        command = with_channels(command, modals.channels(values, sender.target.team))
        if self._recent.knows(payloads.request_id(body)):
            return {}  # pressed twice; the words are stored already
        try:
            command = await self._bot.forms.keep_words(self._flow.caller(sender), command)
        except (StoreError, UserError) as error:
            return refused(body, f"{_NOT_SAVED} {error}")
        self._handle(sender, body, command, modals.files(values))
        return {}

    # Names of those who are mentioned -----------------------------------------------------------

    def _name_then(self, users: Sequence[str], go_on: Callable[[Mapping[str, str]], None]) -> None:
        """Look up the names of users, if there are any, and go on with them."""
        if users:
            self.background.begin(self._named(users, go_on))
        else:
            go_on({})

    async def _named(
        self, users: Sequence[str], go_on: Callable[[Mapping[str, str]], None]
    ) -> None:
        go_on(await self._flow.names(users))

    def _said(self, body: Payload, text: str, names: Mapping[str, str]) -> None:
        """Handle what was said to Matinee in words."""
        words = payloads.words_of(text, names=names)
        files = body["event"].get("files") or ()
        content = words or (ReviewCommand() if files else HelpCommand())
        self._handle(payloads.of_event(body), body, content, files)

    # Background tasks ---------------------------------------------------------------------------

    def _act(self, sender: Sender, body: Payload, action: Json) -> None:
        """Do what an action's id says; raises UsageError for an option that does not fit."""
        chosen = (action.get("selected_option") or {}).get("value", "")
        if ASKED in action["action_id"]:
            sender = payloads.in_place(sender, body)
        match pressed(action["action_id"], chosen):
            case None:
                self._respond(sender, body, private_reply(_OLD))
            case Form() as form:
                label = (action.get("text") or {}).get("text", "").removesuffix("…")
                self._open(sender, body, replace(form, label=label))
            case ReviewsCommand(turned=True, film="") as page if sender.target.at_home:
                self._show_home(sender, body, HomePage(reviews=page))
            case page if not chosen and turns_page(page):
                self._handle(payloads.in_place(sender, body), body, page)
            case command:
                self._handle(sender, body, command)

    def _handle(
        self,
        sender: Sender,
        body: Payload,
        content: str | Command,
        files: Sequence[Mapping[str, Any]] = (),
        *,
        text: str | None = None,
    ) -> None:
        if self._is_new(body):
            request = SlackRequest(sender, payloads.request_id(body), content, files, text)
            self.background.begin(self._flow.handle(request))

    def _show_home(self, sender: Sender, body: Payload, page: HomePage) -> None:
        if self._is_new(body):
            self.background.begin(self._flow.show_home(sender, page))

    def _open(self, sender: Sender, body: Payload, form: Form) -> None:
        if self._is_new(body):
            self.background.begin(self._flow.open_form(sender, body["trigger_id"], form))

    def _respond(self, sender: Sender, body: Payload, reply: Reply) -> None:
        if self._is_new(body):
            self.background.begin(self._flow.respond(sender, reply))

    def _is_new(self, body: Payload) -> bool:
        return self._recent.is_new(payloads.request_id(body))


def _unfolded(text: str) -> Reply:
    """Return a spoiler's text for one member, without it in the summary that notifications show."""
    shown = Paragraph((Plain(text),))
    return Reply((shown,), "What was folded away.", Visibility.ONLY_YOU)


def refused(body: Payload, why: str) -> Json:
    """Return the answer to a submitted modal that shows `why` below its first field."""
    return _errors(body, {}, why)


def _errors(body: Payload, errors: Mapping[str, str], otherwise: str) -> Json:
    """Return errors to show below the fields of a modal; `otherwise` goes below the first one."""
    there = [block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"]
    shown = {name: one_line(text, ERROR) for name, text in errors.items() if name in there}
    shown = shown or dict.fromkeys(there[:1], one_line(otherwise, ERROR))
    return {"response_action": "errors", "errors": shown} if shown else {}
