"""The commands of the transfer feature."""

from bot.features.transfer.commands import (
    DropImportCommand,
    ImportCommand,
    MatchRowCommand,
    SaveImportCommand,
    ShareImportCommand,
    ShowImportCommand,
    UndoImportCommand,
)
from bot.features.transfer.preview import bring_in, drop, match_row, show
from bot.features.transfer.saving import save, share, undo
from bot.request.registration import Feature, Registration

TRANSFER = Feature(
    commands=(
        Registration(ImportCommand, bring_in),
        Registration(ShowImportCommand, show),
        Registration(MatchRowCommand, match_row),
        Registration(SaveImportCommand, save),
        Registration(ShareImportCommand, share),
        Registration(UndoImportCommand, undo),
        Registration(DropImportCommand, drop),
    )
)
