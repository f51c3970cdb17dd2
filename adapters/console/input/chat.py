"""Interactive chat: history, completion, pasted text kept whole, forms asked field by field."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app_or_none, run_in_terminal
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import FileHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from adapters.console.input.completion import film_completer, line_completer
from adapters.console.input.lines import Player
from adapters.console.input.session import Exchange, Session, notice
from adapters.runtime.process.supervisor import until
from bot.delivery.worker import Worker
from bot.domain.errors import MatineeError, UsageError
from bot.language.grammar.forms import Question, check_answered, questions
from bot.messages.commands import Kind
from bot.messages.replies import Choice, Form, Reply

log = logging.getLogger(__name__)

WELCOME = """\
Matinee. You are {member} in the film club {club}.
First try   /review All of Us Strangers   then   /recommend   or   /help
Tab completes; a number presses what is offered; /as ben: ben speaks; /quit.

"""


class InteractiveChat:
    """Prompt loop of one terminal, with forms and choices asked for one by one."""

    def __init__(self, session: Session, player: Player, folder: Path) -> None:
        """Keep the history of typed lines in `folder`."""
        self._session = session
        self._films = film_completer(session.suggest)
        self._player = player
        self._prompt: PromptSession[str] = PromptSession(
            history=FileHistory(_private(folder / "history")),
            completer=line_completer(session.suggest),
            key_bindings=_keys(),
            complete_while_typing=True,
        )
        self._question: PromptSession[str] = PromptSession()

    async def run(self, stopping: asyncio.Event) -> None:
        """Answer lines until the member leaves or `stopping` is set."""
        self._player.output.note(
            WELCOME.format(member=self._player.member, club=self._session.club)
        )
        await until(stopping, self._loop())

    async def _loop(self) -> None:
        while await self._prompt_once():
            pass

    async def _prompt_once(self) -> bool:
        """Answer one line; return whether to go on."""
        try:
            line = await self._prompt.prompt_async(self._message)
        except EOFError:
            return False
        opened = await self._session.opens(self._player.member, line)
        match opened:
            case Reply():
                self._player.output.answer(Exchange(self._player.member, line, opened))
            case Form():
                await self._fill(line, opened)
            case Choice():
                return await self._choose(line.strip(), opened)
            case None:
                return await self._player.step(line)
        return True

    def _message(self) -> StyleAndTextTuples:
        return [
            ("bold", self._player.member),
            ("", " in "),
            ("", self._session.club),
            ("ansicyan", "> "),
        ]

    async def _fill(self, line: str, form: Form) -> None:
        """Ask for one field after the other, then send the command."""
        member, command = self._player.member, form.command
        asked = (each for each in questions(form) if each.kind is not Kind.CHANNEL)
        for question in asked:  # of channels, a terminal has only one
            while True:
                typed = await self._ask(question)
                if typed is None:
                    self._player.output.answer(Exchange(member, line, notice("Left as it was.")))
                    return
                if question.choices and not typed.strip():
                    break  # no choice keeps the present value
                try:
                    read = await self._session.fill(member, command, {question.name: typed.strip()})
                except UsageError as error:
                    read = notice(str(error))
                if not isinstance(read, Reply):
                    command = read
                    break
                self._player.output.answer(Exchange(member, line, read))
        try:
            check_answered(form, command)
        except UsageError as error:
            self._player.output.answer(Exchange(member, line, notice(str(error))))
            return
        self._player.output.answer(await self._session.send(member, line, command))

    async def _ask(self, question: Question) -> str | None:
        """Ask for one field; None when the member cancels."""
        hint = _hint(question)
        message: StyleAndTextTuples = [
            ("bold", f"  {question.name.replace('_', ' ')}"),
            ("", f" ({hint}): " if hint else ": "),
        ]
        try:
            return await self._question.prompt_async(
                message,
                default="" if question.choices else question.now,
                completer=self._films if question.name == "film" else None,
            )
        except (EOFError, KeyboardInterrupt):
            return None

    async def _choose(self, key: str, choice: Choice) -> bool:
        """Ask for one of the options, and press it."""
        question = Question(
            choice.label, Kind.NUMBER, f"1 to {len(choice.options)}", (), "", choice.label
        )
        typed = await self._ask(question)
        if not typed or not typed.strip():
            return True
        return await self._player.step(f"{key.removeprefix('press ').strip()}.{typed.strip()}")


def _hint(question: Question) -> str:
    if not question.choices:
        empty = question.otherwise if not question.now else ""
        return "; ".join(part for part in (question.help, empty) if part)
    keeps = f"; Enter keeps {question.now}" if question.now else ""
    return f"{' / '.join(question.choices)}{keeps}"


async def above_the_prompt(show: Callable[[], None]) -> None:
    """Print above the line that is being typed, which stays as it is."""
    app = get_app_or_none()
    if app is not None and app.is_running:
        await run_in_terminal(show)
    else:
        show()


async def delivering(worker: Worker, stopping: asyncio.Event) -> None:
    """Run the worker; if it fails the chat goes on without deliveries."""
    try:
        await worker.run(stopping)
    except MatineeError as error:
        log.warning("reminders stopped: %s", error)
        await stopping.wait()


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("c-c")
    def _clear(event: KeyPressEvent) -> None:
        event.current_buffer.reset()

    return keys


def _private(path: Path) -> str:
    """Create the file, readable by its owner alone: it will hold what members wrote."""
    path.touch(mode=0o600, exist_ok=True)
    return str(path)
