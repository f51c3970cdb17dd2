"""Site: the parts that every page needs, and the visitor of a request."""

import hashlib
import hmac
from dataclasses import dataclass, field

from aiohttp import web
from jinja2 import Environment

from adapters.web.posters import Posters
from bot.domain.clubs.web_keys import WebKey
from bot.messages.requests import Caller
from bot.pages.doors import Doors
from bot.pages.reviews import ReviewCache
from bot.ports.clock import Clock, Ids
from bot.request.middleware.rate_limits import Limiter
from bot.service import Bot


@dataclass(frozen=True, slots=True)
class Site:
    """Parts that every page needs. `url`: the address of the pages, without a slash at its end."""

    bot: Bot
    doors: Doors
    clock: Clock
    ids: Ids
    templates: Environment
    url: str
    visits: Limiter
    posters: Posters
    reviews: ReviewCache = field(default_factory=ReviewCache)

    @property
    def secure(self) -> bool:
        """Whether browsers reach it by https."""
        return self.url.startswith("https://")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Signed-in member. `token`: of their session; it signs the offers of their pages."""

    key: WebKey
    token: str

    @property
    def caller(self) -> Caller:
        """Member as a caller in private, without roles: commands that need one stay in the chat."""
        direct = self.key.direct
        return Caller(self.key.club_id, self.key.member_id, "", direct, direct)

    def sign(self, text: str) -> str:
        """Return the signature of a text by this session."""
        return hmac.new(self.token.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]

    def signed(self, text: str, signature: str) -> bool:
        """Tell whether a signature is of this text and session."""
        return hmac.compare_digest(self.sign(text).encode(), signature.encode("utf-8", "replace"))


SITE: web.AppKey[Site] = web.AppKey("site", Site)
VISITOR: web.RequestKey[Visitor] = web.RequestKey("visitor", Visitor)


def site_of(request: web.Request) -> Site:
    """Return the site of a request."""
    return request.app[SITE]
