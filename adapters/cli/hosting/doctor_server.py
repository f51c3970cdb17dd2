"""`matinee doctor` for a database on a PostgreSQL server."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.engine import make_url

from adapters.runtime.health.presence import presence_findings
from adapters.runtime.health_report import Finding, Verdict
from bot.domain.deliveries import DeliveryState
from bot.domain.errors import StoreError
from db.engines.postgresql.engine import require_driver
from db.engines.postgresql.examine import ServerContents, examine_server
from db.migrations import SCHEMA


def server_findings(database: str, now: datetime) -> Iterator[Finding]:
    """Check the server, the schema, the policies and the deliveries, changing nothing."""
    try:
        require_driver()
        found = examine_server(make_url(database))
    except StoreError as error:
        yield Finding("database", Verdict.BAD, str(error))
        return
    if found.schema is None:
        yield Finding("database", Verdict.NOTE, "It is empty; the first start makes its tables.")
        return
    yield Finding("database", Verdict.OK, f"{found}.")
    yield _schema(found.schema)
    yield _policies(found)
    yield from _deliveries(found)
    yield from presence_findings(found.connections, now)


def _schema(present: str) -> Finding:
    if present == SCHEMA:
        return Finding("schema", Verdict.OK, f"{present}, as this program has it.")
    if present > SCHEMA:
        text = f"{present}, of a newer Matinee; this one knows {SCHEMA}. Start the newer program."
        return Finding("schema", Verdict.BAD, text)
    text = f"{present}; the next start brings it to {SCHEMA}. Make a backup before."
    return Finding("schema", Verdict.NOTE, text)


def _policies(found: ServerContents) -> Finding:
    if found.secured:
        return Finding("policies", Verdict.OK, "Every table shows a club its own rows alone.")
    text = "Some tables lack theirs, as after a restore; the next start makes them."
    return Finding("policies", Verdict.NOTE, text)


def _deliveries(found: ServerContents) -> Iterator[Finding]:
    waiting = sum(
        found.states.get(each, 0)
        for each in (DeliveryState.PLANNED, DeliveryState.CLAIMED, DeliveryState.UNCERTAIN)
    )
    yield Finding("deliveries", Verdict.OK, f"{waiting} to be said.")
    if dead := found.states.get(DeliveryState.DEAD, 0):
        text = f"{dead} given up. See them: matinee deliveries list --state dead"
        yield Finding("dead", Verdict.NOTE, text)
