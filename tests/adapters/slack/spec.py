"""Which arguments a method of Slack's Web API asks for, as its public description says."""

import json
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

SPEC = Path(__file__).parents[4] / "shared" / "specs" / "slack-web-openapi-2021.json"


@cache
def _required() -> Mapping[str, Collection[str]]:
    if not SPEC.exists():
        return {}
    paths = json.loads(SPEC.read_text("utf-8"))["paths"]
    return {
        path.removeprefix("/"): [
            each["name"]
            for operation in methods.values()
            for each in operation.get("parameters", ())
            if each.get("required") and each["name"] != "token"
        ]
        for path, methods in paths.items()
    }


def missing_arguments(method: str, arguments: Mapping[str, object]) -> list[str]:
    """Name what a call lacks. Methods newer than the description are not looked at."""
    return [name for name in _required().get(method, ()) if not arguments.get(name)]


def described() -> Collection[str]:
    """Name every method that is described."""
    return _required().keys()
