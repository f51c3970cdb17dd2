"""Clubs never see each other: look at a statement for tables of clubs that it does not narrow."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Delete, Insert, Select, Table, TextClause, Update
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import (
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    ClauseElement,
    ClauseList,
    ColumnClause,
    CompilerElement,
    Grouping,
)
from sqlalchemy.sql.selectable import Alias, FromClause, Join

from db.schema import metadata

OWNED = frozenset(name for name, table in metadata.tables.items() if "club_id" in table.c)
"""The tables whose rows belong to clubs."""


def unguarded(statement: ClauseElement, values: Sequence[Mapping[str, Any]] = ()) -> set[str]:
    """Return the names of tables of clubs that the statement does not compare on `club_id`."""
    if statement.get_execution_options().get("across_clubs"):  # type: ignore[attr-defined]  # untyped there
        return set()
    if isinstance(statement, TextClause):
        return {name for name in OWNED if name in statement.text.split()}
    return set(_leaks(statement, frozenset(), values))


def _leaks(
    statement: ClauseElement,
    outer: frozenset[FromClause],
    values: Sequence[Mapping[str, Any]] = (),
) -> Iterator[str]:
    if isinstance(statement, Insert):
        yield from _insert_leaks(statement, values)
        tables: set[FromClause] = set()
    elif isinstance(statement, Select):
        tables = {leaf for each in statement.get_final_froms() for leaf in _leaves(each)} - outer
    elif isinstance(statement, Update | Delete):
        tables = {statement.table}
    else:
        return
    compared = _compared(getattr(statement, "whereclause", None))
    yield from (_name(each) for each in tables if _owned(each) and each not in compared)
    for inner in _selects_in(statement):
        yield from _leaks(inner, outer | tables)


def _insert_leaks(statement: Insert, values: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    table = statement.table
    if not _owned(table):
        return
    names = {name for given in values for name in given} | set(statement._select_names or ())
    conflict = getattr(statement, "_post_values_clause", None)
    target = conflict.inferred_target_elements if conflict is not None else ["club_id"]
    if (values and "club_id" not in names) or "club_id" not in target:
        yield _name(table)


def _compared(clause: CompilerElement | None) -> frozenset[FromClause]:
    """Return the tables whose selected rows all have the club's id, or the empty one."""
    if isinstance(clause, Grouping):
        return _compared(clause.element)
    if isinstance(clause, BooleanClauseList):
        parts = [_compared(each) for each in clause.clauses]
        if clause.operator is operators.or_:
            return frozenset.intersection(*parts)
        return frozenset().union(*parts)
    if isinstance(clause, BinaryExpression) and isinstance(clause.left, ColumnClause):
        column = clause.left
        if column.name == "club_id" and column.table is not None and _is_club(clause):
            return frozenset({column.table})
    return frozenset()


def _is_club(clause: BinaryExpression[Any]) -> bool:
    right = clause.right
    if clause.operator is operators.eq:
        return _is_club_value(right)
    if clause.operator is operators.in_op and isinstance(right, Grouping):
        listed = right.element
        return isinstance(listed, ClauseList) and all(map(_is_club_value, listed.clauses))
    return False


def _is_club_value(value: ClauseElement) -> bool:
    return isinstance(value, BindParameter) and (value.key == "of_club" or value.value == "")


def _selects_in(element: ClauseElement) -> Iterator[Select[Any]]:
    for child in element.get_children():
        if isinstance(child, Select):
            yield child
        elif isinstance(child, ClauseElement):
            yield from _selects_in(child)


def _leaves(source: FromClause) -> Iterator[FromClause]:
    if isinstance(source, Join):
        yield from _leaves(source.left)
        yield from _leaves(source.right)
    else:
        yield source


def _owned(source: FromClause) -> bool:
    return _name(source) in OWNED


def _name(source: FromClause) -> str:
    while isinstance(source, Alias):
        source = source.element
    return source.name if isinstance(source, Table) else ""
