"""Report of an import, and what tells of it while it runs."""

from dataclasses import dataclass, field

from bot.catalogue.importing.files.reader import Skipped

BATCH = 1_000
"""Films stored in one transaction, so that a running bot never waits long for the database."""

UNFINISHED = "unfinished"
"""Beginning of a source's digest while it is being imported."""

MOST_LISTED = 50


@dataclass(slots=True)
class ImportReport:
    """Sources and counts of an import; `skipped` holds the first few of `skipped_count` rows."""

    sources: set[str] = field(default_factory=set)
    read: int = 0
    added: int = 0
    completed: int = 0
    unchanged: int = 0
    already: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    skipped_count: int = 0

    def skip(self, row: Skipped) -> None:
        """Count a row that could not be used."""
        self.skipped_count += 1
        if len(self.skipped) < MOST_LISTED:
            self.skipped.append(row)
