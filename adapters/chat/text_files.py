"""Files that members send: a review as text, or films from another service."""

from dataclasses import dataclass

LARGEST = 256 * 1024
"""Bytes; the longest review is 20,000 characters, so this is generous in every script."""


LARGEST_OF_FILMS = 20 * 1024 * 1024
"""Bytes of a file of films."""

_OF_FILMS = (".zip", ".csv", ".tsv", ".json")


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """File that came along with a request: `text` of a review, or `data` that holds films."""

    name: str
    text: str | None = None
    data: bytes | None = None


class AttachmentError(ValueError):
    """The file cannot be read; the text tells the member why and what to do."""


def decode_text(data: bytes, name: str) -> str:
    """Return the text of a file called `name`; AttachmentError if it is no text, or too long."""
    if len(data) > LARGEST:
        raise AttachmentError(
            f"{name} is larger than {LARGEST // 1024} KiB. A review holds up to 20,000 "
            "characters; cut it shorter."
        )
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise AttachmentError(
            f"{name} is not plain text. Save it as a text file (UTF-8) and try again."
        )
    if not text.strip():
        raise AttachmentError(f"{name} is empty. Nothing was saved.")
    return text


def largest(name: str) -> int:
    """Return the most bytes that a file of this name may have."""
    return LARGEST_OF_FILMS if _is_of_films(name) else LARGEST


def received_file(data: bytes, name: str) -> ReceivedFile:
    """Return a file by what its name says it is. Raises AttachmentError."""
    if not _is_of_films(name):
        return ReceivedFile(name, text=decode_text(data, name))
    if len(data) > LARGEST_OF_FILMS:
        raise AttachmentError(
            f"{name} is larger than {LARGEST_OF_FILMS // 1024**2} MiB. Send its parts one by one."
        )
    return ReceivedFile(name, data=data)


def _is_of_films(name: str) -> bool:
    return name.lower().endswith(_OF_FILMS)
