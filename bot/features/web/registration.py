"""The commands of the club's pages."""

from bot.features.web.commands import EndKeyCommand, MakeFeedCommand, ShareLinkCommand, WebCommand
from bot.features.web.handlers import end_key, make_feed, share_link, web
from bot.request.registration import Feature, Registration

WEB = Feature(
    commands=(
        Registration(WebCommand, web),
        Registration(EndKeyCommand, end_key),
        Registration(MakeFeedCommand, make_feed),
        Registration(ShareLinkCommand, share_link),
    )
)
