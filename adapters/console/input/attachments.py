"""Files that a typed line names: `file:PATH` attaches a review's text, or a file of films."""

import re
from dataclasses import dataclass
from pathlib import Path

from adapters.chat.text_files import AttachmentError, ReceivedFile, largest, received_file
from adapters.runtime.settings.environment import expanded
from bot.features.transfer.commands import ImportCommand
from bot.messages.commands import Command

_FILE = re.compile(r"(?:^|(?<=\s))file:(?P<path>\"[^\"\n]+\"|'[^'\n]+'|[^\n|]+)", re.IGNORECASE)
_TAKES_FILE = re.compile(r"\s*[/!]?(?:review|import)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LineWithFile:
    """Line without its `file:PATH`, and that file, if it has one."""

    line: str
    file: ReceivedFile | None = None


_NOT_FROM_A_PIPE = (
    "Lines from a pipe read no files of this machine, for others may have written them. Start with "
    "matinee chat --files, if they are your own."
)


def attach(line: str, *, allowed: bool = True) -> LineWithFile:
    """Read the file that a line names before any `|` or newline. Raises AttachmentError.

    Where that is not allowed, naming one is an error.
    """
    found = (
        _FILE.search(re.split(r"[|\n]", line, maxsplit=1)[0]) if _TAKES_FILE.match(line) else None
    )
    if found is None:
        return LineWithFile(line)
    if not allowed:
        raise AttachmentError(_NOT_FROM_A_PIPE)
    path, length = _path(found["path"])
    rest = line[: found.start()] + line[found.start("path") + length :]
    return LineWithFile(rest.strip(), read_attached(path))


def named_file(command: Command, *, allowed: bool = True) -> ReceivedFile | None:
    """Read the file whose path a filled form gives, if it asks for one. Raises AttachmentError."""
    if isinstance(command, ImportCommand) and command.file:
        if not allowed:
            raise AttachmentError(_NOT_FROM_A_PIPE)
        return read_attached(_path(command.file)[0])
    return None


def _path(typed: str) -> tuple[Path, int]:
    """Return the path and its length as typed: up to its quote, else as far as a file exists."""
    if typed[0] in "\"'" and typed[-1] == typed[0] and len(typed) > 2:
        return expanded(typed[1:-1]), len(typed)
    whole = typed.rstrip()
    if _exists(whole):
        return expanded(whole), len(typed)
    first = typed.split(maxsplit=1)[0]
    return expanded(first), len(first)


def _exists(typed: str) -> bool:
    try:
        return expanded(typed).is_file()
    except (OSError, ValueError):
        return False


def _check_kind(path: Path) -> None:
    """Raise AttachmentError for a folder, or what else is there and no file."""
    if path.is_dir() or (path.exists() and not path.is_file()):
        raise AttachmentError(f"{path} is not a file. Name a text file, or a file of films.")


def read_attached(path: Path) -> ReceivedFile:
    """Read a file of this machine. Raises AttachmentError."""
    try:
        _check_kind(path)
        with path.open("rb") as file:
            data = file.read(largest(path.name) + 1)
    except AttachmentError:
        raise
    except FileNotFoundError:
        raise AttachmentError(f"There is no file {path}. Check the path and try again.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise AttachmentError(f"I couldn't read {path}: {reason}.") from None
    return received_file(data, path.name)
