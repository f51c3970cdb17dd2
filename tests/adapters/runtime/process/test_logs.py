"""Logs: one line an event, secrets masked, no words of members."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from adapters.runtime.process.logs import JsonFormatter, SecretFilter, TextFormatter
from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import Secret, Settings, read_settings

TOKENS = [
    "xoxb-" + "1" * 12 + "-abcDEF",
    "xapp-1-A0-" + "2" * 12,
    "M" * 24 + "." + "G1abcd" + "." + "x" * 38,
    "eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.sflKxwRJSM",
]


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, logging.StreamHandler[io.StringIO]]]:
    logger = logging.getLogger("bot.test_logs")
    handler = logging.StreamHandler(io.StringIO())
    handler.addFilter(SecretFilter(["hunter2-and-more"]))
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, handler
    logger.removeHandler(handler)
    logger.propagate = True


Log = tuple[logging.Logger, "logging.StreamHandler[io.StringIO]"]


def _fail() -> None:
    raise ValueError("what ana wrote")


@pytest.mark.parametrize("formatter", [TextFormatter(), JsonFormatter()])
@pytest.mark.parametrize("secret", [*TOKENS, "hunter2-and-more"])
def test_no_secret_is_logged(log: Log, formatter: logging.Formatter, secret: str) -> None:
    logger, handler = log
    handler.setFormatter(formatter)
    logger.warning("connecting with %s to %s", secret, "sqlite://ana:pass@host/db")
    text = handler.stream.getvalue()
    assert secret not in text
    assert "pass" not in text
    assert "connecting with ***" in text


@pytest.mark.parametrize("formatter", [TextFormatter(), JsonFormatter()])
def test_an_errors_own_text_is_not_logged(log: Log, formatter: logging.Formatter) -> None:
    logger, handler = log
    handler.setFormatter(formatter)
    try:
        _fail()
    except ValueError:
        logger.exception("delivery %s failed", "d1")
    text = handler.stream.getvalue()
    assert len(text.splitlines()) == 1
    assert "ana wrote" not in text
    assert "ValueError < test_logs.py" in text


def test_json_is_an_object_a_line(log: Log) -> None:
    logger, handler = log
    handler.setFormatter(JsonFormatter())
    logger.warning("delivery %s: %s\n", "d1", "its lease was lost")
    [line] = handler.stream.getvalue().splitlines()
    entry = json.loads(line)
    assert entry.pop("at").endswith("+00:00")
    assert entry == {
        "level": "warning",
        "from": "bot.test_logs",
        "event": "delivery d1: its lease was lost\n",
    }


def test_plain_words_stay(log: Log) -> None:
    logger, handler = log
    handler.setFormatter(TextFormatter())
    logger.warning("deliveries wait, the store is unavailable: The database is in use")
    assert "***" not in handler.stream.getvalue()


def test_the_settings_name_their_secrets() -> None:
    assert Settings(database_url=Secret("sqlite:///x")).secrets == ("sqlite:///x",)


def test_the_form_is_a_setting() -> None:
    assert read_settings({"MATINEE_LOG_FORMAT": "JSON"}).log_format == "json"
    with pytest.raises(SettingsError, match="text, json"):
        read_settings({"MATINEE_LOG_FORMAT": "xml"})
