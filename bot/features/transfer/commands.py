"""Commands that bring a member's films in from another service, and take them back."""

from dataclasses import dataclass

from bot.domain.ids import ImportId
from bot.messages.commands import Command, Kind, option


@dataclass(frozen=True, slots=True)
class ImportCommand(Command, name="import"):
    """Bring your ratings, reviews and watchlist from Letterboxd, IMDb, Trakt and others.

    `import_id`, `stored`: the import that this continues, and how many of its rows are stored.
    """

    file: str = option(
        Kind.FILE, "the file that the service gives you, as it is (.zip, .csv, .json)", ""
    )
    import_id: ImportId | None = None
    stored: int = 0
    columns: str = option(
        Kind.TEXT, "columns of a table of your own: title=Filme, rating=Nota, watched=Data", ""
    )

    def usage(self) -> tuple[str, str]:
        """Return the columns, if any: a file cannot be typed on every platform."""
        return self.name, f"columns {self.columns}" if self.columns else ""


@dataclass(frozen=True, slots=True)
class ImportStep(Command, opened_by="import"):
    """Base of the commands on buttons under an import, which only its own member may press."""

    import_id: ImportId


@dataclass(frozen=True, slots=True)
class ShowImportCommand(ImportStep, name="import-show", reads_only=True):
    """Show what an import would do; `whole`: all its rows, as a file."""

    whole: bool = False


@dataclass(frozen=True, slots=True)
class MatchRowCommand(ImportStep, name="import-match"):
    """Say which film a row of an import means; no film leaves the row out."""

    number: int
    film: str = ""


@dataclass(frozen=True, slots=True)
class TakeLikelyCommand(ImportStep, name="import-likely"):
    """Say that all titles without a year mean the one film that bears them here."""


@dataclass(frozen=True, slots=True)
class ReadDaysCommand(ImportStep, name="import-days"):
    """Say how an import writes days that can be read two ways; no order leaves them out."""

    order: str = ""


@dataclass(frozen=True, slots=True)
class LookUpRowsCommand(ImportStep, name="import-look-up"):
    """Look up the films of an import that are not known at the live source.

    `after`: number of the last row that was looked up before.
    """

    after: int = -1


@dataclass(frozen=True, slots=True)
class SaveImportCommand(ImportStep, name="import-save"):
    """Save the films of an import that are ready."""


@dataclass(frozen=True, slots=True)
class ShareImportCommand(ImportStep, name="import-share"):
    """Let the club read the reviews that an import brought in.

    `after`, `shared`: number of the last row that was dealt with, and reviews shared so far.
    """

    after: int = -1
    shared: int = 0


@dataclass(frozen=True, slots=True)
class UndoImportCommand(ImportStep, name="import-undo"):
    """Take back what an import saved, but for what has been changed since."""


@dataclass(frozen=True, slots=True)
class DropImportCommand(ImportStep, name="import-drop"):
    """Forget an import that was not saved."""
