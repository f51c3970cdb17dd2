"""Server of web requests: slow, broken and too many connections cost little, and fill no log."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from adapters.runtime.process.logs import unheard

PATIENCE = 10.0
"""Seconds in which a request has to be there, head and body, and up to which a connection may idle."""

MOST_CONNECTIONS = 256


class _TooMany(asyncio.Protocol):
    """Protocol of a connection beyond the limit: it is closed at once."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


@asynccontextmanager
async def serving(
    application: web.Application,
    host: str = "",
    port: int = 0,
    *,
    listener: socket.socket | None = None,
) -> AsyncIterator[int]:
    """Listen at this address or on this socket alone, to so many connections at a time. Yields the port.

    Raises OSError if the address is taken.
    """
    runner = web.AppRunner(
        application,
        access_log=None,
        logger=unheard("aiohttp"),  # it would log a traceback for each broken request
        auto_decompress=False,  # what is signed is the bytes as they were sent
        keepalive_timeout=PATIENCE,
        lingering_time=0.2,
        shutdown_timeout=2.0,
    )
    await runner.setup()
    served = runner.server
    if served is None:
        raise OSError("no server")
    loop = asyncio.get_running_loop()

    def connection() -> asyncio.BaseProtocol:
        return served() if len(served.connections) < MOST_CONNECTIONS else _TooMany()

    try:
        if listener is None:
            listening = await loop.create_server(connection, host, port)
        else:
            listening = await loop.create_server(connection, sock=listener)
        try:
            yield int(listening.sockets[0].getsockname()[1])
        finally:
            listening.close()
    finally:
        await runner.cleanup()
