"""Discord's limits, in one table. Characters are counted in UTF-16, which is the stricter way."""

# A message
CONTENT = 2_000
COMPONENTS = 40  # counted with those inside others
TEXT = 4_000  # characters of all texts together
TEXT_BYTES = 9_000  # Discord answers 500 somewhat above 10,000 bytes of text in UTF-8
FILES = 10
FILE_BYTES = 10 * 1024 * 1024
ALT_TEXT = 1_024
ADDRESS = 2_048

# Buttons and menus
BUTTONS_IN_A_ROW = 5
BUTTON_LABEL = 80
CUSTOM_ID = 100
OPTIONS = 25
OPTION_TEXT = 100
PLACEHOLDER = 150

# A form
FORM_TITLE = 45
FORM_LABELS = 5
LABEL = 45
LABEL_DESCRIPTION = 100
INPUT = 4_000
INPUT_PLACEHOLDER = 100
RADIO_OPTIONS = 10
CHECKBOXES = 10

# A command
COMMANDS = 100
COMMAND_OPTIONS = 25
NAME = 32
DESCRIPTION = 100
COMMAND_TEXT = (
    8_000  # names, descriptions and values of a command together, in its longest language
)
CHOICES = 25
CHOICE = 100


def units(text: str) -> int:
    """Count a text's characters in UTF-16: most emoji are two."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def fitted(text: str, most: int) -> str:
    """Fold white space and shorten to `most` characters, with an ellipsis; never half a letter."""
    folded = " ".join(text.split())
    if units(folded) <= most:
        return folded
    kept = folded[: most - 1]
    while units(kept) > most - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"
