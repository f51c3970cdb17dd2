"""Rendering of a reply's actions, each with the key that presses it."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from adapters.console.input.keys import KeyRow
from adapters.console.output.spans import DIM, plain_text
from adapters.console.output.terminal import Look
from bot.messages.replies import Action, Button, Choice, Form, Style


def actions_below(row: KeyRow, look: Look) -> Iterator[RenderableType]:
    """Render the reply's own actions: buttons and forms on one line, choices below it."""
    direct = tuple((key, each) for key, each in row if not isinstance(each, Choice))
    if direct:
        yield line_of(direct, look)
    for key, action in row:
        if isinstance(action, Choice):
            yield _key(key, action, look)
            yield _options(key, action, look)


def line_of(row: KeyRow, look: Look) -> Text:
    """Render actions next to one another."""
    return flow(labels_of(row, look), look)


def labels_of(row: KeyRow, look: Look) -> list[Text]:
    """Render each action by its key and its label."""
    return [_key(key, action, look) for key, action in row]


def flow(parts: Sequence[Text], look: Look) -> Text:
    """Join parts on as few lines as they fit, none of them broken."""
    line, used = Text(), 0
    for part in parts:
        if used and used + 2 + part.cell_len > look.width - 4:
            line.append("\n")
            used = 0
        elif used:
            line.append("  ")
            used += 2
        line.append_text(part)
        used += part.cell_len
    return line


def _key(key: str, action: Action, look: Look) -> Text:
    danger = isinstance(action, Button) and action.style is Style.DANGER
    primary = isinstance(action, Button) and action.style is Style.PRIMARY
    label = plain_text(_named(action, look), look, "red" if danger else "bold" if primary else "")
    return Text.assemble((f"[{key}]", "cyan"), " ", label)


def _named(action: Action, look: Look) -> str:
    """Label an action; an ellipsis marks a form, which asks for more first."""
    return action.label + (look.text("…") if isinstance(action, Form) else "")


def _options(key: str, choice: Choice, look: Look) -> RenderableType:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    for place, option in enumerate(choice.options, start=1):
        detail = Text(f"  {look.text(option.detail)}" if option.detail else "", style=DIM)
        label = Text.assemble(plain_text(option.label, look), detail)
        grid.add_row(Text(f"[{key}.{place}]", style="cyan"), label)
    return Padding(grid, (0, 0, 0, 2))
