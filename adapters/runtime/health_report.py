"""What a look at one thing has found, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How bad it is."""

    OK = "ok"
    NOTE = "note"
    BAD = "BAD"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `text` says what to do unless it is well."""

    name: str
    verdict: Verdict
    text: str
