"""Server of health and metrics on a loopback port, for those who watch over the process."""

import asyncio
from collections.abc import Callable

from aiohttp import web

from adapters.runtime.composition import Application
from adapters.runtime.health.readiness import Readiness, State
from adapters.runtime.health_report import Verdict
from adapters.runtime.process.http_server import serving
from adapters.runtime.settings.environment import SettingsError
from db.engines.extras import installing

HOST = "127.0.0.1"

Exposition = Callable[[State], tuple[bytes, str]]
"""Writes the metrics of a state, and names the type of that text."""


async def serve_health(
    port: int, app: Application, readiness: Readiness, stopping: asyncio.Event
) -> None:
    """Answer on this port of the loopback address until `stopping` is set. SettingsError if it is taken."""
    try:
        async with serving(health_application(app, readiness), HOST, port):
            await stopping.wait()
    except OSError as error:
        raise SettingsError(
            f"health cannot be told at {HOST}:{port} ({error.strerror}); set MATINEE_HEALTH_PORT"
        ) from error


def health_application(app: Application, readiness: Readiness) -> web.Application:
    """Make the application: `/healthz`, `/readyz`, `/metrics`."""
    exposition = _exposition(app)

    async def alive(_: web.Request) -> web.Response:
        return web.Response(text="alive\n")  # whatever answers has a living event loop

    async def ready(_: web.Request) -> web.Response:
        findings = (await readiness.look()).findings
        well = all(each.verdict is not Verdict.BAD for each in findings)
        parts = {
            each.name: {"ok": each.verdict is Verdict.OK, "text": each.text} for each in findings
        }
        return web.json_response({"ready": well, **parts}, status=200 if well else 503)

    async def metrics(_: web.Request) -> web.Response:
        if exposition is None:
            return web.Response(
                status=501, text=f"/metrics needs one more package: {installing('metrics')}\n"
            )
        body, kind = exposition(await readiness.look())
        return web.Response(body=body, headers={"Content-Type": kind})

    application = web.Application()
    application.add_routes(
        [web.get("/healthz", alive), web.get("/readyz", ready), web.get("/metrics", metrics)]
    )
    return application


def _exposition(app: Application) -> Exposition | None:
    """Return a writer of metrics; None where prometheus-client is not installed."""
    try:
        from adapters.runtime.health.metrics import Snapshot, exposition  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        return None
    return lambda state: exposition(Snapshot(app.bot.tally, app.worker.counts, state))
