"""Clock steps: notices when the machine's clock was set, as by hand or by a time server."""

from datetime import timedelta

from bot.ports.clock import Clock

SMALLEST = timedelta(seconds=1)
"""Steps that are ignored: time servers slew clocks by less."""


class ClockSteps:
    """Compares a clock with the time that has really passed."""

    def __init__(self, clock: Clock) -> None:
        """Begin with the clock as it is."""
        self._clock = clock
        self._offset = self._measured()

    def take(self) -> timedelta:
        """Return how far the clock was set since the last call: forward, back (negative), or zero."""
        offset = self._measured()
        step = offset - self._offset
        if abs(step) < SMALLEST:
            return timedelta()
        self._offset = offset
        return step

    def _measured(self) -> timedelta:
        now = self._clock.now()
        return now - now.min.replace(tzinfo=now.tzinfo) - timedelta(seconds=self._clock.elapsed())
