"""Store errors from PostgreSQL's SQLSTATE codes, in words that advise the user."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.domain.errors import StoreError

_READ_ONLY_TRANSACTION = "25006"

# SQLSTATE, or the first two characters that it shares with its class -> cause and remedy, as it follows
# the database's name; and whether trying again may help.
_ADVICE: dict[str, tuple[str, bool]] = {
    "08": ("cannot be reached just now. Try again in a moment.", True),
    "57P": ("is being restarted. Try again in a moment.", True),
    "57014": ("took too long. Try again in a moment.", True),
    "53300": ("has no connection free. Try again in a moment.", True),
    "53100": ("cannot grow, for its disk is full. Free some space.", True),
    "53": ("is short of memory or space just now. Try again in a moment.", True),
    "55P03": ("is very busy just now. Try again in a moment.", True),
    "40": ("is very busy just now. Try again in a moment.", True),
    "25P03": ("closed a connection that was idle for too long. Try again in a moment.", True),
    "25006": ("is read-only at this address. Use the address of the primary server.", True),
    "28": ("refuses the name or the password. Check MATINEE_DATABASE_URL.", False),
    "3D000": ("does not exist on its server. Create it: createdb matinee", False),
    "42501": ("may not be used so by this user. Let its owner start Matinee once.", False),
    "XX": ("reports damage. Keep a copy, and restore the last backup.", False),
}
_UNREACHABLE = "08"


@contextmanager
def raising_store_errors(name: str, *, reading: bool = False) -> Iterator[None]:
    """Convert the driver's errors inside this context to StoreError about the database `name`.

    In a transaction that only reads, an attempt to write is a programming error: RuntimeError.
    """
    try:
        yield
    except DBAPIError as error:
        if reading and sqlstate(error) == _READ_ONLY_TRANSACTION:
            raise RuntimeError("this unit of work only reads; open it with `writing`") from error
        raise store_error(name, error) from error
    except PoolTimeout as error:
        raise StoreError(f"{name} is very busy. Try again in a moment.", retry=True) from error


def store_error(name: str, error: DBAPIError) -> StoreError:
    """Return the StoreError of a driver's error."""
    code = sqlstate(error)
    for length in (5, 3, 2):
        if code[:length] in _ADVICE:
            advice, retry = _ADVICE[code[:length]]
            return StoreError(f"{name} {advice}", retry=retry)
    return StoreError(f"{name} cannot serve: {_first_line(error)}", retry=False)


def sqlstate(error: DBAPIError) -> str:
    """Return the SQLSTATE; that of a broken connection where the server had no time to say one."""
    code = getattr(error.orig, "sqlstate", None)
    if code:
        return str(code)
    return _from_words(_first_line(error)) if _is_operational(error) else ""


def is_lost(error: DBAPIError) -> bool:
    """Return whether the connection broke or was never made, so that another one may help."""
    code = sqlstate(error)
    return error.connection_invalidated or code[:2] == _UNREACHABLE or code[:3] == "57P"


def _is_operational(error: DBAPIError) -> bool:
    return type(error.orig).__name__ in {"OperationalError", "ConnectionTimeout", "InterfaceError"}


def _from_words(line: str) -> str:
    """Return the SQLSTATE of a refused connection: its driver has the server's words alone."""
    for words, code in (
        ("password authentication failed", "28P01"),
        ("no password supplied", "28P01"),
        ("no pg_hba.conf entry", "28000"),
        ("role ", "28000"),
        ("too many clients", "53300"),
        ("remaining connection slots", "53300"),
        ("too many connections", "53300"),
    ):
        if words in line:
            return code
    return "3D000" if "database " in line and "does not exist" in line else "08006"


def _first_line(error: DBAPIError) -> str:
    return (str(error.orig or error).strip().splitlines() or [""])[0]
