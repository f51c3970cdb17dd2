"""Documents of a reply, saved in a folder: a terminal cannot attach files."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

from adapters.chat.pictures import file_of
from bot.messages.replies import Document, Reply


def save_documents(reply: Reply, folder: Path) -> Iterator[str]:
    """Save each document of a reply, replacing a former one of its name; yield a line about each."""
    for block in reply.blocks:
        if isinstance(block, Document):
            yield _save(block, folder)


def _save(document: Document, folder: Path) -> str:
    name, data = file_of(document)
    path = folder / (_bare(name) or "file.txt")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        return f"{path} could not be written: {error.strerror}. --json shows the whole file."
    return f"Saved as {path}"


def _bare(name: str) -> str:
    """Drop any folder from a name, so that a reply cannot choose where it is written."""
    bare = PureWindowsPath(PurePosixPath(name).name).name
    return "" if bare in {".", ".."} else bare
