"""Logs: one line, or one JSON object, for each event; never a message's text or a secret.

The standard library is enough for ids, counts and types of errors. An error is logged by its type
and place, not its text, which may quote what a member wrote.
"""

import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from types import TracebackType

MASK = "***"

_SECRETS = re.compile(
    r"xox[a-z]-[\w-]+"  # Slack's tokens
    r"|xapp-[\w-]+"
    r"|\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"  # Discord's tokens
    r"|\beyJ[\w-]+\.[\w-]+\.[\w-]+"  # JSON web tokens
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"  # a name and password in a URL
    r"|(?i:(?<=bearer )|(?<=api_key=)|(?<=token=))[^\s&]+"
)


class SecretFilter(logging.Filter):
    """Logging filter that masks secrets: the known ones, and all that look like one."""

    def __init__(self, secrets: Iterable[str]) -> None:
        """Mask these secrets; those under 6 characters are left out, as they would mask words."""
        super().__init__()
        self._known = sorted({each for each in secrets if len(each) >= 6}, key=len, reverse=True)

    def filter(self, record: logging.LogRecord) -> bool:
        """Format the record's text, without secrets."""
        record.msg, record.args = self.masked(record.getMessage()), None
        return True

    def masked(self, text: str) -> str:
        """Replace each secret by a mask."""
        for secret in self._known:
            text = text.replace(secret, MASK)
        return _SECRETS.sub(MASK, text)


class TextFormatter(logging.Formatter):
    """Formatter for people: one line a record."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return f"matinee: {record.getMessage()}{_cause(record)}"


class JsonFormatter(logging.Formatter):
    """Formatter for programs: one JSON object a line. Times are UTC."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the object as JSON."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        entry = {
            "at": at,
            "level": record.levelname.lower(),
            "from": record.name,
            "event": record.getMessage(),
        }
        if cause := _cause(record).strip(" :"):
            entry["error"] = cause
        return json.dumps(entry, ensure_ascii=False)


def set_up_logs(
    level: str, form: str, secrets: Iterable[str], ours: Iterable[str]
) -> logging.Handler:
    """Log to standard error: the loggers named in `ours` at `level`, all others' warnings only.

    Lower levels of drivers are left out, since they hold what members wrote.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else TextFormatter())
    handler.addFilter(SecretFilter(secrets))
    logging.basicConfig(handlers=[handler], level="WARNING")
    for name in ours:
        logging.getLogger(name).setLevel(level.upper())
    return handler


def unheard(library: str) -> logging.Logger:
    """Return a logger for a library that logs payloads or, at anybody's will, tracebacks: it is silent."""
    logger = logging.getLogger(f"unheard.{library}")
    logger.setLevel(logging.CRITICAL + 1)
    return logger


def _cause(record: logging.LogRecord) -> str:
    """Return the type and place of a record's error."""
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    kind, _, trace = record.exc_info
    return f": {kind.__name__}{_places(trace)}"


def _places(trace: TracebackType | None) -> str:
    frames = reversed(extract_tb(trace))
    return "".join(f" < {Path(each.filename).name}:{each.lineno} {each.name}" for each in frames)
