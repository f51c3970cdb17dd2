"""Slack's own charts, and the same figures as text where a chart cannot be shown."""

from collections.abc import Iterable, Sequence

from adapters.slack import limits
from adapters.slack.outgoing.blocks import rich
from adapters.slack.outgoing.rich_text import Json, text_element
from bot.domain.words.text import one_line

CHART = "data_visualization"
"""Type of a block that messages alone may have."""

_LONGEST_BAR = 20


def bar_chart(title: str, bars: Sequence[tuple[str, int]]) -> Json | None:
    """Return a chart of counts by label; None where Slack would not draw it."""
    labels = [one_line(label, limits.CHART_LABEL) for label, _ in bars]
    fits = 0 < len(bars) <= limits.CHART_BARS and len({*labels}) == len(labels) and all(labels)
    if not fits:
        return None
    data = [
        {"label": label, "value": max(0, count)}
        for label, (_, count) in zip(labels, bars, strict=True)
    ]
    return {
        "type": CHART,
        "title": one_line(title, limits.CHART_TITLE),
        "chart": {
            "type": "bar",
            "series": [{"name": one_line(title, limits.CHART_LABEL), "data": data}],
            "axis_config": {"categories": labels},
        },
    }


def without_charts(blocks: Iterable[Json]) -> list[Json]:
    """Put text in the place of charts: for App Home, and where Slack does not take one."""
    return [each for block in blocks for each in (_as_text(block) if _is(block) else [block])]


def _is(block: Json) -> bool:
    return bool(block["type"] == CHART)


def _as_text(block: Json) -> list[Json]:
    bars = [(e["label"], e["value"]) for e in block["chart"]["series"][0]["data"]]
    return as_text(bars)


def as_text(bars: Sequence[tuple[str, int]]) -> list[Json]:
    """Draw bars with letters."""
    width = max((len(label) for label, _ in bars), default=0)
    most = max((count for _, count in bars), default=0)
    lines = []
    for label, count in bars:
        length = (
            count if most <= _LONGEST_BAR else max(round(count / most * _LONGEST_BAR), bool(count))
        )
        lines.append(f"{label:{width}}  {'█' * length} {count}".rstrip())
    elements = [text_element("\n".join(lines))] if lines else []
    return rich({"type": "rich_text_preformatted", "elements": elements})
