"""Logs: one line, or one JSON object, for each event; never a message's text, never a secret.

The standard library is enough for that: what is logged is ids, counts and types of errors. Of an
error its type and place are told, not its own text, for that may quote what a member wrote.
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
    """Takes secrets out of every record: those known, and whatever looks like one."""

    def __init__(self, secrets: Iterable[str]) -> None:
        """Know these secrets; short ones would mask half the words there are."""
        super().__init__()
        self._known = sorted({each for each in secrets if len(each) >= 6}, key=len, reverse=True)

    def filter(self, record: logging.LogRecord) -> bool:
        """Write the record's text out, without secrets."""
        record.msg, record.args = self.masked(record.getMessage()), None
        return True

    def masked(self, text: str) -> str:
        """Put a mask in the place of each secret."""
        for secret in self._known:
            text = text.replace(secret, MASK)
        return _SECRETS.sub(MASK, text)


class TextFormatter(logging.Formatter):
    """One line for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the line."""
        return f"matinee: {record.getMessage()}{_cause(record)}"


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for machines. Times are UTC."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the object."""
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
    """Log to standard error: our own parts at `level`, drivers' warnings only.

    A driver's chatter holds what members wrote.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else TextFormatter())
    handler.addFilter(SecretFilter(secrets))
    logging.basicConfig(handlers=[handler], level="WARNING")
    for name in ours:
        logging.getLogger(name).setLevel(level.upper())
    return handler


def _cause(record: logging.LogRecord) -> str:
    """Tell the type and place of the error that a record carries."""
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    kind, _, trace = record.exc_info
    return f": {kind.__name__}{_places(trace)}"


def _places(trace: TracebackType | None) -> str:
    frames = reversed(extract_tb(trace))
    return "".join(f" < {Path(each.filename).name}:{each.lineno} {each.name}" for each in frames)
