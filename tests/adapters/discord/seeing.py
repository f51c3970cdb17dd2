"""What a member sees of a message, and what they could press on it."""

from tests.adapters.discord.bodies import EPHEMERAL, walk
from tests.adapters.discord.payloads import Json
from tests.adapters.discord.reading import read


def seen(message: Json) -> str:
    """Read all text of a message, its marks left out, its spoilers unopened."""
    texts = [each["content"] for each in walk(message["components"]) if each["type"] == 10]
    whole = "\n".join([message["content"], *texts])
    return "".join(piece.text for piece in read(whole) if "hidden" not in piece.marks).strip()


def ephemeral(message: Json) -> bool:
    """Whether only who asked sees a message."""
    return bool(message["flags"] & EPHEMERAL)


def button(message: Json, label: str) -> str:
    """Return the id of the button of this label."""
    buttons = {each["label"]: each for each in walk(message["components"]) if each["type"] == 2}
    assert label in buttons, f"no button {label!r} among {sorted(buttons)}"
    name: str = buttons[label]["custom_id"]
    return name


def menu(message: Json, placeholder: str) -> Json:
    """Return the menu whose name begins so."""
    menus = {each["placeholder"]: each for each in walk(message["components"]) if each["type"] == 3}
    found = [each for name, each in menus.items() if name.startswith(placeholder)]
    assert found, f"no menu {placeholder!r} among {sorted(menus)}"
    return found[0]


def value(message: Json, placeholder: str, label: str) -> str:
    """Return the value of one option of a menu."""
    options = {each["label"]: each["value"] for each in menu(message, placeholder)["options"]}
    found: str = options[label]
    return found
