"""Decodes reviews that are sent as text files."""

LARGEST = 256 * 1024
"""Bytes; the longest review is 20,000 characters, so this is generous in every script."""


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
