"""Pictures for chats: a drawing becomes a PNG, by fonts that come along; loaded when one is first made."""

from functools import cache
from importlib import resources

from bot.messages.replies import Document
from bot.views.drawing import MEDIA_TYPE

_OWN = (
    "latin-normal", "greek-normal", "cyrillic-normal", "latin-ext-normal",
    "latin-italic", "greek-italic", "cyrillic-italic", "latin-ext-italic",
)  # fmt: skip
"""Fonts in the order in which letters are looked for; the first upright one is meant where nothing is said."""


def is_drawing(document: Document) -> bool:
    """Tell whether a file is a drawing."""
    return document.media_type == MEDIA_TYPE


def file_of(document: Document) -> tuple[str, bytes]:
    """Return a file's name and bytes as they are sent; a drawing as a PNG."""
    if is_drawing(document):
        return document.name.removesuffix(".svg") + ".png", png(document.content)
    return document.name, document.content.encode("utf-8", "replace")


def png(svg: str) -> bytes:
    """Turn a drawing into a PNG; takes some tens of milliseconds of processor time."""
    import resvg_py  # noqa: PLC0415 - loaded with the first picture

    made: bytes = bytes(
        resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=list(_fonts()))
    )
    return made


@cache
def _fonts() -> tuple[str, ...]:
    """Return the files of the fonts that come along."""
    own = resources.files("adapters.chat") / "fonts"
    return tuple(str(own / f"garamond-{name}.ttf") for name in _OWN)
