"""SQL that engines write differently, as elements of one text of statements."""

from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _Among(FunctionElement[Any]):
    """Condition that the first clause is among the rows of the second, a query.

    It has no type: a boolean would be compared with 1 on SQLite, which then looks up nothing by key.
    """

    inherit_cache = True


def among(column: ColumnElement[Any], few: Select[Any]) -> ColumnElement[Any]:
    """Return the condition that a column is among the few values of a query, which runs first.

    PostgreSQL looks up such rows by their key only from an array; with `IN` it would run a correlated
    query for every row of the table.
    """
    return _Among(column, few.scalar_subquery())


@compiles(_Among)
def _in_rows(element: _Among, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's signature
    column, few = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} IN {few}"


@compiles(_Among, "postgresql")
def _in_array(element: _Among, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's signature
    column, few = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} = ANY (ARRAY{few})"
