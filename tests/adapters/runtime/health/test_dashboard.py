"""The dashboard for Grafana asks for metrics that there are, by labels and values that they have."""

import json
import re
from itertools import pairwise
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from adapters.runtime.health.metrics import Snapshot, exposition
from adapters.runtime.health.readiness import State
from bot.request.middleware.command_tally import FAILED, CommandTally, Measured
from tests.adapters.conftest import ROOT
from tests.support import HandClock

OF_PROMETHEUS = {"job", "instance", "le"}
"""Labels that it adds itself, or that a histogram has."""


@pytest.fixture(scope="module")
def dashboard() -> dict[str, Any]:
    """Return the dashboard."""
    read: dict[str, Any] = json.loads((ROOT / "hosting" / "grafana.json").read_text("utf-8"))
    return read


@pytest.fixture(scope="module")
def metrics() -> dict[str, set[str]]:
    """Return each metric that a process has, with its labels."""
    tally = CommandTally(HandClock())
    with pytest.raises(ZeroDivisionError), tally.measuring(Measured("film")):
        raise ZeroDivisionError
    assert ("film", FAILED) in tally.durations
    text, _ = exposition(Snapshot(tally, {"sent": 1}, State(1.0, {"discord": 2.0})))
    return {
        sample.name: set(sample.labels)
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


def _asked(dashboard: dict[str, Any]) -> list[str]:
    return [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]


def test_each_metric_that_it_asks_for_is_there(
    dashboard: dict[str, Any], metrics: dict[str, set[str]]
) -> None:
    asked = _asked(dashboard)
    variables = [json.dumps(each) for each in dashboard["templating"]["list"]]
    named = [set(re.findall(r"\b(?:matinee|process)_\w+", each)) for each in (*asked, *variables)]
    assert all(named[: len(asked)])
    missing = set().union(*named) - metrics.keys()
    assert missing == set()
    shown = {name.removesuffix("_bucket").removesuffix("_count") for name in set().union(*named)}
    ours = {name for name in metrics if name.startswith("matinee_")}
    assert {name for name in ours if not re.search(r"_(bucket|count|sum|created)$", name)} <= shown


def test_each_label_that_it_asks_for_is_there(
    dashboard: dict[str, Any], metrics: dict[str, set[str]]
) -> None:
    for asked in _asked(dashboard):
        wanted = {
            label.strip()
            for part in re.findall(r"by \(([^)]*)\)", asked)
            for label in part.split(",")
        }
        wanted |= set(re.findall(r'(\w+)=~?"', asked))
        [*names] = set(re.findall(r"\b(?:matinee|process)_\w+", asked))
        assert all(wanted <= metrics[name] | OF_PROMETHEUS for name in names), asked
    outcomes = set(re.findall(r'outcome="(\w+)"', " ".join(_asked(dashboard))))
    assert outcomes == {FAILED}


def test_its_panels_do_not_overlap(dashboard: dict[str, Any]) -> None:
    places = [panel["gridPos"] for panel in dashboard["panels"]]
    cells = sorted((each["y"], each["x"], each["w"], each["h"]) for each in places)
    for (y, x, wide, high), (below, right, _, _) in pairwise(cells):
        assert (below == y and right >= x + wide) or below >= y + high
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(places)
