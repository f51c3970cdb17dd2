"""Pictures for chats: a drawing becomes a PNG, by fonts that come along and those of the host's folder."""

import os
import subprocess
import sys
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from adapters.chat.font_files import FONTS, font_files
from bot.messages.replies import Document
from bot.views.drawing import MEDIA_TYPE

KEPT, SECONDS = 16, 30
"""Pictures that are kept, as each preview asks for a shared one; longest time for one."""


def is_drawing(document: Document) -> bool:
    """Tell whether a file is a drawing."""
    return document.media_type == MEDIA_TYPE


def file_of(document: Document) -> tuple[str, bytes]:
    """Return a file's name and bytes as they are sent; a drawing as a PNG."""
    if is_drawing(document):
        return document.name.removesuffix(".svg") + ".png", png(document.content)
    return document.name, document.content.encode("utf-8", "replace")


@lru_cache(KEPT)
def png(svg: str) -> bytes:
    """Turn a drawing into a PNG, in a process of its own: about 100 ms, in which a caller's thread waits.

    Raises CalledProcessError or TimeoutExpired where it cannot be drawn.
    """
    place = Path(str(find_spec("resvg_py").origin)).parents[1]  # type: ignore[union-attr]  # it is installed
    program = Path(__file__).with_name("draw.py")
    fonts = font_files(os.environ.get(FONTS, ""))
    command = [sys.executable, "-I", "-S", str(program), str(place), *fonts]
    data = svg.encode("utf-8", "replace")
    done = subprocess.run(command, input=data, capture_output=True, check=True, timeout=SECONDS)  # noqa: S603 - a program of our own
    return done.stdout
