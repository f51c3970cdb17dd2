"""What Slack sends, decided on: what is answered in the acknowledgement, and what is begun after it."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from adapters.slack.ids import club_of
from adapters.slack.incoming import payloads
from adapters.slack.incoming.background import Background, Seen
from adapters.slack.incoming.payloads import Payload, Speaker
from adapters.slack.incoming.request_flow import Said, Talk, private
from adapters.slack.limits import ERROR, OPTION_VALUE
from adapters.slack.outgoing import modals
from adapters.slack.outgoing.actions import SHOW, option
from adapters.slack.outgoing.responses import Spot
from adapters.slack.outgoing.rich_text import Json
from bot.critics import looks_like_critique
from bot.domain.errors import StoreError, UsageError
from bot.domain.text import one_line
from bot.domain.visibility import Visibility
from bot.features.reviews.commands import ReviewCommand, ReviewsCommand
from bot.grammar.forms import FormErrors, fill, with_value
from bot.messages.codec import action_of
from bot.messages.commands import Command
from bot.messages.replies import Choice, Form, Paragraph, Plain, Reply
from bot.registry import COMMANDS
from bot.service import Bot
from bot.views.film_card import WRITE_FIELDS

log = logging.getLogger(__name__)

SUGGESTIONS = 24

WRITE = Form("Write a review", ReviewCommand(), ("film", *WRITE_FIELDS))
"""What the global shortcut opens."""

_OLD = "That is from another version of me. Type the command instead; send me the word help to see how."
_NOT_YOURS = (
    "Only whoever wrote that message can save it as their review. A critic's review with a byline "
    "can be saved by anybody."
)


class Conversation:
    """Decides what to do with what comes in. `bot_user`: Matinee's own user id."""

    def __init__(
        self,
        bot: Bot,
        talk: Talk,
        bot_user: str,
        prefix: str = "",
        now: Callable[[], float] = time.time,
    ) -> None:
        """Begin. `now`: seconds of Unix time."""
        self._bot = bot
        self._talk = talk
        self._bot_user = bot_user
        self._prefix = prefix
        self._now = now
        self._seen = Seen()
        self.background = Background()

    # Answered after the acknowledgement ---------------------------------------------------------

    def command(self, body: Payload) -> None:
        """Take a slash command."""
        line = payloads.line_of(body["command"], body.get("text") or "", self._prefix)
        self._say(payloads.of_command(body, self._now()), body, line)

    def message(self, body: Payload) -> None:
        """Take what was said to Matinee by mention or directly, with a file if one came along."""
        event = body["event"]
        if event.get("bot_id") or event.get("subtype") not in {None, "file_share"}:
            return
        text = payloads.without_address(event.get("text") or "", self._bot_user)
        line = f"/{payloads.words_of(text).lstrip('/')}"
        self._say(payloads.of_event(body), body, line, event.get("files") or ())

    def pressed(self, body: Payload) -> None:
        """Take a button that was pressed, or an option that was chosen."""
        speaker = payloads.of_interaction(body, self._now())
        for action in body["actions"]:
            if action["action_id"].startswith(SHOW):
                self._tell(speaker, body, _unfolded(action.get("value", "")))
                continue
            try:
                self._act(speaker, body, action)
            except UsageError as error:
                self._tell(speaker, body, private(str(error)))
            except ValueError:
                self._tell(speaker, body, private(_OLD))

    def shortcut(self, body: Payload) -> None:
        """Open the form for a review, or save a message as one."""
        speaker = payloads.of_interaction(body, self._now())
        message = body.get("message")
        if message is None:
            self._open(speaker, body, WRITE)
            return
        text = payloads.words_of(message.get("text") or "", within="review")
        if looks_like_critique(text):
            self._say(speaker, body, ReviewCommand(), text=text)
        elif message.get("user") == speaker.spot.user:
            self._say(speaker, body, ReviewCommand(text=text, mine=True))
        else:
            self._tell(speaker, body, private(_NOT_YOURS))

    def home_opened(self, body: Payload) -> None:
        """Show App Home to whoever has opened it."""
        event = body["event"]
        if event.get("tab", "home") == "home" and self._is_new(body):
            speaker = Speaker(Spot(body["team_id"], event["user"]), "")
            self.background.begin(self._talk.show_home(speaker, payloads.request_id(body)))

    def gone(self, body: Payload) -> None:
        """Take note that the workspace has shown Matinee the door."""
        tokens = body["event"].get("tokens")
        if tokens is not None and not tokens.get("bot"):
            return  # somebody's own token, which Matinee does not use
        log.error("Slack: Matinee was uninstalled or its token revoked; install it again to go on")
        self.background.begin(self._left(body["team_id"]))

    # Answered in the acknowledgement ------------------------------------------------------------

    def suggestions(self, body: Payload) -> Json:
        """Complete a film's title, from memory. What was typed can be taken as it stands."""
        typed = one_line(body.get("value") or "", OPTION_VALUE)
        club = club_of(payloads.of_interaction(body, 0.0).spot.team)
        found = self._bot.films.suggest(typed, SUGGESTIONS, club)
        as_typed = [option(f"“{typed}”, as typed", typed)] if typed else []
        return {"options": [*(option(each.label, each.value) for each in found), *as_typed]}

    async def sent(self, body: Payload) -> Json:
        """Take a modal that was filled in; return what to correct in it, if anything."""
        name, speaker = payloads.of_modal(body)
        try:
            form = action_of(name, COMMANDS)
        except ValueError:
            form = None
        if not isinstance(form, Form):
            return _wrong(body, {}, _OLD)
        opened = await self._bot.load_form(self._talk.caller(speaker), form)
        if isinstance(opened, Reply):
            return _wrong(body, {}, opened.summary)
        values = body["view"]["state"]["values"]
        try:
            command = fill(opened.command, modals.typed(values))
        except FormErrors as error:
            return _wrong(body, error.errors, str(error))
        self._say(speaker, body, command, modals.files(values))
        return {}

    # Begun --------------------------------------------------------------------------------------

    def _act(self, speaker: Speaker, body: Payload, action: Json) -> None:
        """Do what an action's id says; UsageError or ValueError where it cannot be done."""
        match action_of(action["action_id"], COMMANDS):
            case Form() as form:
                label = (action.get("text") or {}).get("text", "").removesuffix("…")
                self._open(speaker, body, Form(label, form.command, form.fields))
            case Choice(command=command, field=field):
                chosen = (action.get("selected_option") or {}).get("value", "")
                self._say(speaker, body, with_value(command, field, chosen))
            case ReviewsCommand() as page:
                self._say(payloads.turning(speaker, body), body, page)
            case command:
                self._say(speaker, body, command)

    def _say(
        self,
        speaker: Speaker,
        body: Payload,
        content: str | Command,
        files: Sequence[Mapping[str, Any]] = (),
        *,
        text: str | None = None,
    ) -> None:
        if self._is_new(body):
            said = Said(speaker, payloads.request_id(body), content, files, text)
            self.background.begin(self._carry_out(said, at_home=payloads.is_home(body)))

    async def _carry_out(self, said: Said, *, at_home: bool) -> None:
        await self._talk.say(said)
        if at_home:
            await self._talk.show_home(said.speaker, said.request_id)

    def _open(self, speaker: Speaker, body: Payload, form: Form) -> None:
        if self._is_new(body):
            self.background.begin(self._talk.open(speaker, body["trigger_id"], form))

    def _tell(self, speaker: Speaker, body: Payload, reply: Reply) -> None:
        if self._is_new(body):
            self.background.begin(self._talk.tell(speaker, reply))

    def _is_new(self, body: Payload) -> bool:
        return self._seen.is_new(payloads.request_id(body))

    async def _left(self, team: str) -> None:
        try:
            await self._bot.membership.left(club_of(team))
        except StoreError as error:
            log.warning("could not note that a workspace has left: %s", error)


def _unfolded(words: str) -> Reply:
    """Show a spoiler, though not in the line that a notification would show."""
    shown = Paragraph((Plain(words),))
    return Reply((shown,), "What was folded away.", Visibility.ONLY_YOU)


def _wrong(body: Payload, errors: Mapping[str, str], otherwise: str) -> Json:
    """Say below the fields of a modal what to correct: below the first, what concerns none."""
    there = [block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"]
    shown = {name: one_line(text, ERROR) for name, text in errors.items() if name in there}
    shown = shown or dict.fromkeys(there[:1], one_line(otherwise, ERROR))
    return {"response_action": "errors", "errors": shown} if shown else {}
