"""Fonts of pictures: those that come along, and those of a folder of the host's own."""

import re
from importlib import resources
from pathlib import Path

FONTS = "MATINEE_FONTS"
"""Variable of the environment with a folder of more fonts, for letters that those which come along lack."""

_KINDS = {".ttf", ".otf", ".ttc"}

_SLANTED = re.compile(r"bold|black|heavy|light|thin|italic|oblique", re.IGNORECASE)

_OWN = (
    "latin-normal", "greek-normal", "cyrillic-normal", "latin-ext-normal",
    "latin-italic", "greek-italic", "cyrillic-italic", "latin-ext-italic",
)  # fmt: skip
"""Fonts in the order in which letters are looked for; the first upright one is meant where nothing is said."""


def font_files(folder: str) -> tuple[str, ...]:
    """Return the fonts that come along, then those of a folder, if any: plain ones before bold and italic ones."""
    own = resources.files("adapters.chat") / "fonts"
    more = fonts_in(Path(folder)) if folder else []
    more.sort(key=lambda each: (bool(_SLANTED.search(each.name)), each.name))
    return (*(str(own / f"garamond-{name}.ttf") for name in _OWN), *map(str, more))


def fonts_in(folder: Path) -> list[Path]:
    """Return the fonts in a folder and the folders in it."""
    return [each for each in folder.rglob("*") if each.suffix.casefold() in _KINDS]
