"""Progress of long commands, on a terminal only: the step, how much is done, how long it will take."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from bot.ports.progress import Progress, unshown


@contextmanager
def showing_progress(stream: TextIO | None = None) -> Iterator[Progress]:
    """Show a bar on standard error, or this stream, that goes away when the command has ended."""
    stream = stream or sys.stderr
    if not stream.isatty():
        yield unshown
        return
    from rich import progress as rich  # noqa: PLC0415 - slow to load, and only for a terminal
    from rich.console import Console  # noqa: PLC0415 - the same

    columns = (
        *(rich.TextColumn("{task.description}"), rich.BarColumn(), rich.TaskProgressColumn()),
        *(rich.TimeElapsedColumn(), rich.TextColumn("left:"), rich.TimeRemainingColumn()),
    )
    # What the command says in the meantime belongs above the bar, if both are on the terminal; else
    # it stays on standard output.
    console = Console(file=stream)
    above = sys.stdout.isatty()
    with rich.Progress(
        *columns, console=console, transient=True, redirect_stdout=above, redirect_stderr=False
    ) as bar:
        task = bar.add_task("Starting", total=None)
        step = ""

        def show(at_work: str, done: int, total: int) -> None:
            nonlocal step
            if at_work != step:
                step = at_work
                bar.reset(task, total=total or None, description=step)
            bar.update(task, completed=done, total=total or None)

        yield show
