"""Health report: findings of `matinee doctor`, and the remedy of each."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Severity of a finding."""

    OK = "ok"
    NOTE = "note"
    BAD = "BAD"


@dataclass(frozen=True, slots=True)
class Finding:
    """Result of one check; `text` gives the remedy unless the verdict is OK."""

    name: str
    verdict: Verdict
    text: str
