"""Roles and row-level security: which rows a transaction may touch, whatever its statements say.

The user who migrates owns the tables. Transactions take on a role that owns nothing: `_club` sees the
rows of the club that the transaction names, and shared films; `_outbox` sees deliveries, queues and
reminders; `_host` sees everything. A transaction that names no club sees no row. The owner, too, sees
rows only while it says that it migrates.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, text

from db.schema import metadata
from db.schema.connections import connections
from db.schema.deliveries import deliveries, fair_queue, reminders
from db.schema.films import films, releases
from db.schema.installations import install_states, installations
from db.transactions import Across

CLUB_SETTING = "matinee.club"
"""Setting of a transaction: the id of its club."""
OWNER_SETTING = "matinee.owner"
"""Setting of a transaction of the tables' owner that may see all rows: a migration, a backup, a move."""

CLUB = "club"
ROLES = (CLUB, *Across)

_OWN = f"club_id = current_setting('{CLUB_SETTING}', true)"
_MIGRATING = f"current_setting('{OWNER_SETTING}', true) = 'on'"
_ALL = "SELECT, INSERT, UPDATE, DELETE"
_SHARED = frozenset({films.name, releases.name})
_OF_HOST = frozenset({connections.name, installations.name, install_states.name})
"""Tables that no transaction of a club sees, whatever it says."""
_OF_OUTBOX = {
    deliveries.name: "SELECT, UPDATE",
    fair_queue.name: "SELECT, INSERT, UPDATE",
    reminders.name: "SELECT",
}
_VERSION_TABLE = "alembic_version"


@dataclass(frozen=True, slots=True)
class Policy:
    """Row-level security policy: rows of a table that a role may see and write."""

    table: str
    name: str
    role: str
    command: str
    using: str
    check: str | None

    @property
    def statement(self) -> str:
        """The statement that makes it."""
        check = f" WITH CHECK ({self.check})" if self.check else ""
        return (
            f'CREATE POLICY {self.name} ON "{self.table}" FOR {self.command} TO "{self.role}"'
            f" USING ({self.using}){check}"
        )


def role_name(owner: str, role: str) -> str:
    """Return the name of a role on the server: it begins with the owner of the tables."""
    return f"{owner}_{role}"


def owner_of(connection: Connection) -> str:
    """Return the role that owns the tables; the connected role where there are no tables yet."""
    found = connection.execute(
        text(
            "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = to_regclass(:table)"
        ).execution_options(across_clubs=True),
        {"table": _VERSION_TABLE},
    ).scalar_one_or_none()
    return str(found or connection.execute(text("SELECT current_user")).scalar_one())


def policies(owner: str) -> Iterator[Policy]:
    """Yield every policy that there should be."""
    for table in metadata.sorted_tables:
        yield Policy(table.name, "owner", owner, "ALL", _MIGRATING, _MIGRATING)
        host = role_name(owner, Across.HOST)
        yield Policy(table.name, "host", host, "ALL", _as(host), _as(host))
        club = role_name(owner, CLUB)
        if table.name in _OF_HOST:
            continue
        if "club_id" not in table.c:
            yield Policy(table.name, "shared", club, "SELECT", "true", None)
            continue
        yield Policy(table.name, "own", club, "ALL", _OWN, _OWN)
        if table.name in _SHARED:
            yield Policy(table.name, "shared", club, "SELECT", "club_id = ''", None)
        if table.name in _OF_OUTBOX:
            outbox = role_name(owner, Across.OUTBOX)
            yield Policy(table.name, "outbox", outbox, "ALL", _as(outbox), _as(outbox))


def _as(role: str) -> str:
    """Return the condition that the transaction has taken on a role: being a member is not enough."""
    quoted = role.replace("'", "''")
    return f"current_user = '{quoted}'"


def grants(owner: str) -> Iterator[tuple[str, str, str]]:
    """Yield rights, table and role of every grant."""
    for table in metadata.sorted_tables:
        yield _ALL, table.name, role_name(owner, Across.HOST)
        if table.name not in _OF_HOST:
            yield _rights_of_club(table), table.name, role_name(owner, CLUB)
        if table.name in _OF_OUTBOX:
            yield _OF_OUTBOX[table.name], table.name, role_name(owner, Across.OUTBOX)
    for role in ROLES:
        yield "SELECT", _VERSION_TABLE, role_name(owner, role)


def _rights_of_club(table: Table) -> str:
    return _ALL if "club_id" in table.c else "SELECT"


def is_secured(connection: Connection, owner: str) -> bool:
    """Return whether every table has exactly its policies, forced."""
    rows = connection.execute(
        text(
            "SELECT p.tablename, p.policyname, p.cmd, p.roles[1] FROM pg_policies p"
            " JOIN pg_class c ON c.oid = to_regclass(quote_ident(p.tablename))"
            " WHERE p.schemaname = current_schema() AND c.relrowsecurity AND c.relforcerowsecurity"
        ).execution_options(across_clubs=True)
    ).all()
    wanted = {(each.table, each.name, each.command, each.role) for each in policies(owner)}
    return wanted <= {(str(row[0]), str(row[1]), str(row[2]), str(row[3])) for row in rows}


def secure(connection: Connection, owner: str) -> None:
    """Make the roles, force row-level security on every table, and grant each role its rights.

    All but the roles in one round trip: nobody can use the tables meanwhile.
    """
    for role in ROLES:
        _make_role(connection, role_name(owner, role))
    statements = [
        f'ALTER TABLE "{table.name}" {change} ROW LEVEL SECURITY'
        for table in metadata.sorted_tables
        for change in ("ENABLE", "FORCE")
    ]
    for policy in policies(owner):
        statements.append(f'DROP POLICY IF EXISTS {policy.name} ON "{policy.table}"')
        statements.append(policy.statement)
    for rights, name, role in grants(owner):
        statements.append(f'GRANT {rights} ON "{name}" TO "{role}"')
    _run(connection, "; ".join(statements))


def _make_role(connection: Connection, name: str) -> None:
    known = text("SELECT 1 FROM pg_roles WHERE rolname = :name")
    if connection.execute(known, {"name": name}).first() is None:
        _run(connection, f'CREATE ROLE "{name}" NOLOGIN')
        _run(connection, f'GRANT "{name}" TO CURRENT_USER')
    usage = 'GRANT USAGE ON SCHEMA "{}" TO "{}"'
    schema = connection.execute(text("SELECT current_schema()")).scalar_one()
    _run(connection, usage.format(schema, name))


def _run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement, execution_options={"no_parameters": True})
