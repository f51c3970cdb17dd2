"""Notes to systemd: that the process is ready, that its event loop lives, that it stops.

The protocol is sd_notify(3): datagrams to the socket that NOTIFY_SOCKET names. Without one nothing is sent.
"""

import asyncio
import logging
import os
import socket
from collections.abc import Mapping
from datetime import timedelta

from bot.delivery.waiting import pause

log = logging.getLogger(__name__)


class Systemd:
    """Service that tells systemd how the process is, until it stops."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Read NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID, as systemd sets them."""
        self._address = environ.get("NOTIFY_SOCKET", "")
        self._watchdog = _watchdog(environ)

    async def run(self, stopping: asyncio.Event) -> None:
        """Say READY=1, then WATCHDOG=1 twice in each watchdog's time, and STOPPING=1 at the end."""
        self._tell("READY=1")
        while self._watchdog and not stopping.is_set():
            self._tell("WATCHDOG=1")
            await pause(stopping, self._watchdog / 2)
        await stopping.wait()
        self._tell("STOPPING=1")

    def _tell(self, state: str) -> None:
        if not self._address:
            return
        address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
                channel.settimeout(0)  # a full queue at systemd's end must not stop the loop
                channel.sendto(state.encode(), address)
        except OSError as error:
            log.warning("systemd was not told %s: %s", state, error.strerror)


def _watchdog(environ: Mapping[str, str]) -> timedelta | None:
    """Return the watchdog's time; None where there is none, or where it watches another process."""
    span, pid = environ.get("WATCHDOG_USEC", ""), environ.get("WATCHDOG_PID", "")
    if not span.isdecimal() or pid not in {"", f"{os.getpid()}"}:
        return None
    return timedelta(microseconds=int(span))
