"""`matinee catalogue days`: days of release from a table or a calendar."""

import argparse
import sys
from pathlib import Path

from adapters.indexes.catalogue_index import load_titles
from adapters.runtime.process.clock import MachineClock, RandomIds
from bot.catalogue.importing.release_days import Defaults, import_days
from bot.domain.errors import UsageError
from bot.domain.films.film import ReleaseKind
from bot.domain.regions import region_code
from bot.maintenance.refresh import update_clubs
from bot.messages.phrases import counted
from bot.ports.store import Store

_MOST_TOLD = 20


async def import_days_of(options: argparse.Namespace, store: Store, folder: Path) -> None:
    """Import the file that the options name, and say what came of it.

    Raises UserError, StoreError, OSError.
    """
    if options.kind not in list(ReleaseKind):
        raise UsageError(f"--kind is one of {', '.join(ReleaseKind)}, not {options.kind!r}.")
    defaults = Defaults(region_code(options.region), ReleaseKind(options.kind))
    titles = await load_titles(store, folder)
    report = await import_days(options.path, defaults, store.catalogue, titles)
    await update_clubs(report.changed, store, MachineClock().now(), RandomIds())
    told = (
        f"Days: {counted(len(report.changed), 'film')} with new days, {report.known} unchanged, "
        f"{counted(len(report.skipped), 'row')} skipped."
    )
    lines = [told, *(f"  skipped: {row}" for row in report.skipped[:_MOST_TOLD])]
    if len(report.skipped) > _MOST_TOLD:
        lines.append(f"  and {len(report.skipped) - _MOST_TOLD} more")
    sys.stdout.write("".join(f"{line}\n" for line in lines))
