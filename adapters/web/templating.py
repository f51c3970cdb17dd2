"""Templates: escaped by default, strict about names, with the few filters that pages share."""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from adapters.web.offers import choice_offer, offer, usable
from adapters.web.places import placed
from adapters.web.site import Site, Visitor
from bot.domain.reviews.ratings import Scale, show_rating
from bot.messages.phrases import OR_TYPE_IT
from bot.messages.plain_text import long_day, moment, plain
from bot.messages.replies import Document
from bot.messages.spans import Plain, Span, Usage, When

STYLE = "style.css"


def environment() -> Environment:
    """Return the environment of all templates."""
    made = Environment(
        loader=PackageLoader("adapters.web"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(
        kind=lambda value: type(value).__name__,
        long_day=long_day,
        stars=stars,
        out_of_five=lambda half_stars: f"{half_stars / 2:.1f}",
        percent=lambda share: f"{share:.0%}",
        instant=instant,
        data_url=data_url,
        drawn=Markup,
        usable=usable,
        untyped=untyped,
        placed=placed,
    )
    return made


def stars(half_stars: float) -> str:
    """Return a rating, or a mean of ratings, as stars."""
    return show_rating(min(max(round(half_stars), 1), 10), Scale.STARS)


def instant(span: Span) -> str:
    """Write an instant in its zone."""
    return moment(span.instant, span.zone) if isinstance(span, When) else plain((span,))


def untyped(spans: Sequence[Span]) -> Sequence[Span]:
    """Leave out what could be typed instead: a page has no line for that."""
    match spans:
        case [*before, Plain(text), Usage()] if text.endswith(OR_TYPE_IT):
            return [*before, Plain(text.removesuffix(OR_TYPE_IT).rstrip())]
    return spans


def data_url(document: Document) -> str:
    """Return a document as a data URL, for a link that saves it."""
    content = base64.b64encode(document.content.encode("utf-8", "replace")).decode()
    return f"data:{document.media_type};charset=utf-8;base64,{content}"


async def page(
    site: Site,
    visitor: Visitor | None,
    name: str,
    *,
    status: int = 200,
    **values: Any,  # noqa: ANN401 - what its template names
) -> web.Response:
    """Render a page for a visitor; None where nobody is signed in."""
    text = await render(site, visitor, name, **values)
    return web.Response(text=text, status=status, content_type="text/html")


async def render(site: Site, visitor: Visitor | None, name: str, **values: Any) -> str:  # noqa: ANN401 - likewise
    """Render a template; commands go first."""
    shared: dict[str, Any] = {
        "style": f"/{style_version()}/{STYLE}",
        "offer": lambda action: offer(action, visitor, site.ids) if visitor else "",
        "choice_offer": lambda choice: choice_offer(choice, visitor, site.ids) if visitor else "",
        "out": visitor.sign("out") if visitor else "",
        "signed_in": visitor is not None,
        "shows": site.posters.shows,
        "me": visitor.key.member_id if visitor else "",
    }
    pause, pieces = site.bot.commands_first.slices(), list[str]()
    for piece in site.templates.get_template(name).generate(**shared, **values):
        pieces.append(piece)
        await pause()
    return "".join(pieces)


@cache
def static(name: str) -> bytes:
    """Return a packaged file."""
    return (resources.files("adapters.web") / "static" / name).read_bytes()


@cache
def style_version() -> str:
    """Return the digest of the style sheet, which its address contains so that it can be cached for good."""
    return hashlib.sha256(static(STYLE)).hexdigest()[:12]
