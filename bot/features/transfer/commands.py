"""Commands that bring a member's films in from another service, and take them back."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.ids import ImportId
from bot.messages.commands import Command, Kind, option


@dataclass(frozen=True, slots=True)
class ImportCommand(Command):
    """Bring your ratings, reviews and watchlist from Letterboxd, IMDb, Trakt and others.

    `import_id`, `stored`: the import that this continues, and how many of its rows are stored.
    """

    name: ClassVar[str] = "import"

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
class ImportStep(Command):
    """Base of the commands on buttons under an import, which only its own member may press."""

    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "import"

    import_id: ImportId


@dataclass(frozen=True, slots=True)
class ShowImportCommand(ImportStep):
    """Show what an import would do; `whole`: all its rows, as a file."""

    name: ClassVar[str] = "import-show"
    reads_only: ClassVar[bool] = True

    whole: bool = False


@dataclass(frozen=True, slots=True)
class MatchRowCommand(ImportStep):
    """Say which film a row of an import means; no film leaves the row out."""

    name: ClassVar[str] = "import-match"

    number: int
    film: str = ""


@dataclass(frozen=True, slots=True)
class TakeLikelyCommand(ImportStep):
    """Say that all titles without a year mean the one film that bears them here."""

    name: ClassVar[str] = "import-likely"


@dataclass(frozen=True, slots=True)
class ReadDaysCommand(ImportStep):
    """Say how an import writes days that can be read two ways; no order leaves them out."""

    name: ClassVar[str] = "import-days"

    order: str = ""


@dataclass(frozen=True, slots=True)
class LookUpRowsCommand(ImportStep):
    """Look up the films of an import that are not known at the live source.

    `after`: number of the last row that was looked up before.
    """

    name: ClassVar[str] = "import-look-up"

    after: int = -1


@dataclass(frozen=True, slots=True)
class SaveImportCommand(ImportStep):
    """Save the films of an import that are ready."""

    name: ClassVar[str] = "import-save"


@dataclass(frozen=True, slots=True)
class ShareImportCommand(ImportStep):
    """Let the club read the reviews that an import brought in.

    `after`, `shared`: number of the last row that was dealt with, and reviews shared so far.
    """

    name: ClassVar[str] = "import-share"

    after: int = -1
    shared: int = 0


@dataclass(frozen=True, slots=True)
class UndoImportCommand(ImportStep):
    """Take back what an import saved, but for what has been changed since."""

    name: ClassVar[str] = "import-undo"


@dataclass(frozen=True, slots=True)
class DropImportCommand(ImportStep):
    """Forget an import that was not saved."""

    name: ClassVar[str] = "import-drop"
