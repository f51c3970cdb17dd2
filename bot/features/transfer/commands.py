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


@dataclass(frozen=True, slots=True)
class ShowImportCommand(Command):
    """Show what an import would do; `whole`: all its rows, as a file."""

    name: ClassVar[str] = "import-show"
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "import"

    import_id: ImportId
    whole: bool = False

    @property
    def writes(self) -> bool:
        """Always false: it only reads."""
        return False


@dataclass(frozen=True, slots=True)
class MatchRowCommand(Command):
    """Say which film a row of an import means; no film leaves the row out."""

    name: ClassVar[str] = "import-match"
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "import"

    import_id: ImportId
    number: int
    film: str = ""


@dataclass(frozen=True, slots=True)
class SaveImportCommand(Command):
    """Save the films of an import that are ready."""

    name: ClassVar[str] = "import-save"
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "import"

    import_id: ImportId


@dataclass(frozen=True, slots=True)
class ShareImportCommand(Command):
    """Let the club read the reviews that an import brought in."""

    name: ClassVar[str] = "import-share"
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "import"

    import_id: ImportId


@dataclass(frozen=True, slots=True)
class UndoImportCommand(Command):
    """Take back what an import saved, but for what has been changed since."""

    name: ClassVar[str] = "import-undo"
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "import"

    import_id: ImportId


@dataclass(frozen=True, slots=True)
class DropImportCommand(Command):
    """Forget an import that was not saved."""

    name: ClassVar[str] = "import-drop"
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "import"

    import_id: ImportId
