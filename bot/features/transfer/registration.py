"""The commands of the transfer feature."""

from bot.features.transfer.answers import drop, look_up, match_row, read_days, take_likely
from bot.features.transfer.commands import (
    DropImportCommand,
    ImportCommand,
    LookUpRowsCommand,
    MatchRowCommand,
    ReadDaysCommand,
    SaveImportCommand,
    ShareImportCommand,
    ShowImportCommand,
    TakeLikelyCommand,
    UndoImportCommand,
)
from bot.features.transfer.grammar import parse_import
from bot.features.transfer.preview import bring_in, show
from bot.features.transfer.saving import save, share, undo
from bot.request.registration import Feature, Registration

TRANSFER = Feature(
    commands=(
        Registration(ImportCommand, bring_in, parse_import),
        Registration(ShowImportCommand, show),
        Registration(MatchRowCommand, match_row),
        Registration(TakeLikelyCommand, take_likely),
        Registration(ReadDaysCommand, read_days),
        Registration(LookUpRowsCommand, look_up),
        Registration(SaveImportCommand, save),
        Registration(ShareImportCommand, share),
        Registration(UndoImportCommand, undo),
        Registration(DropImportCommand, drop),
    )
)
