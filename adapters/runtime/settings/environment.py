"""Values of settings: the environment, a `.env` file, files of secrets.

The environment wins over the same name in `.env`. For each name, `NAME_FILE` may
name a file with the value instead, as containers pass secrets.
"""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

LARGEST_FILE = 64 * 1024
"""Bytes of a `.env` or a secret's file; more is a mistake."""


class SettingsError(ValueError):
    """Unusable setting; the text names it and the remedy."""


def expanded(text: str) -> Path:
    """Return the path with `~` and `~ana` expanded, where there is such a home."""
    with suppress(RuntimeError):
        return Path(text).expanduser()
    return Path(text)


def value_of(known: Mapping[str, str], name: str) -> str:
    """Return a setting's value, from itself or from the file that `NAME_FILE` names; empty if unset."""
    plain, path = known.get(name, ""), known.get(f"{name}_FILE", "")
    if plain and path:
        raise SettingsError(f"both {name} and {name}_FILE are set; keep one of them")
    if not path:
        return plain.strip()
    return _text(expanded(path), f"{name}_FILE").strip()


def _text(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise SettingsError(f"{name}: cannot read {path} ({error.strerror})") from error
    if len(data) > LARGEST_FILE:
        raise SettingsError(f"{name}: {path} is larger than {LARGEST_FILE // 1024} KiB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{name}: {path} is not UTF-8 text") from error


def dotenv(path: Path) -> dict[str, str]:
    """Return the assignments of a `.env` file; none where there is no file."""
    if not path.is_file():
        return {}
    lines = enumerate(_text(path, ".env").splitlines(), start=1)
    return dict(
        _assignment(line, f"{path} line {number}")
        for number, line in lines
        if line.strip() and not line.lstrip().startswith("#")
    )


def _assignment(line: str, where: str) -> tuple[str, str]:
    name, equals, value = line.strip().removeprefix("export ").partition("=")
    if not equals or not name.strip():
        raise SettingsError(f"{where}: expected NAME=value")
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        return name.strip(), value[1:-1]
    return name.strip(), value.split(" #", 1)[0].rstrip()
