"""Metrics in Prometheus' text format. Labels name commands, outcomes and platforms: no club, no member.

prometheus-client is an extra, so that only hosts who watch their process install it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from adapters.runtime.health.readiness import State
from bot.request.middleware.command_tally import BOUNDS, CommandTally, Durations


@dataclass(frozen=True, slots=True, eq=False)  # a registry wants it hashable
class Snapshot(Collector):
    """Figures of one instant. `deliveries`: their numbers by outcome, since the process began."""

    commands: CommandTally
    deliveries: Mapping[str, int]
    state: State

    def collect(self) -> Iterator[Metric]:
        """Yield each metric. Times are in seconds."""
        yield self._durations()
        yield self._deliveries()
        if self.state.lag is not None:
            text = "Time that the oldest due delivery waits."
            yield GaugeMetricFamily("matinee_outbox_lag_seconds", text, value=self.state.lag)
        yield self._silences()

    def _durations(self) -> Metric:
        text = "Time that commands took, by command and outcome."
        family = HistogramMetricFamily(
            "matinee_command_seconds", text, labels=["command", "outcome"]
        )
        for labels, durations in sorted(self.commands.durations.items()):
            family.add_metric(labels, list(_cumulated(durations)), durations.total)
        return family

    def _deliveries(self) -> Metric:
        text = "Deliveries that were tried, by outcome."
        family = CounterMetricFamily("matinee_deliveries", text, labels=["outcome"])
        for outcome, number in sorted(self.deliveries.items()):
            family.add_metric([outcome.replace(" ", "_")], number)
        return family

    def _silences(self) -> Metric:
        text = "Time since a platform was last heard; missing while it is not connected."
        family = GaugeMetricFamily("matinee_platform_silence_seconds", text, labels=["platform"])
        for name, seconds in self.state.silences.items():
            if seconds is not None:
                family.add_metric([name], seconds)
        return family


def exposition(snapshot: Snapshot) -> tuple[bytes, str]:
    """Return the snapshot, with the process's own memory, processor time and files, and the text's type."""
    registry = CollectorRegistry()
    registry.register(snapshot)
    ProcessCollector(registry=registry)
    return generate_latest(registry), CONTENT_TYPE_LATEST


def _cumulated(durations: Durations) -> Iterator[tuple[str, float]]:
    """Yield the number of durations up to each bound."""
    number = 0
    for bound, count in zip([*map(str, BOUNDS), "+Inf"], durations.counts, strict=True):
        number += count
        yield bound, number
