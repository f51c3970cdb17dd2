"""Places of commands on the pages: nobody types there, so what a text names as typed is linked, or left to the chat."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.features.club.commands import SettingsCommand
from bot.features.figures.commands import StatsCommand
from bot.features.members.commands import MeCommand
from bot.features.nights.commands import NightCommand
from bot.features.privacy.commands import ExportCommand, ForgetCommand, PrivacyCommand
from bot.features.releases.commands import ReleasesCommand, RemindersCommand
from bot.features.reviews.commands import ReviewsCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.features.web.commands import WebCommand
from bot.messages.commands import Command
from bot.messages.spans import Plain, Span, Usage

_OWN = ("/own", "the page of your lists and settings")
PLACES: Mapping[type[Command], tuple[str, str]] = MappingProxyType(
    {
        **dict.fromkeys((SettingsCommand, RemindersCommand, WatchlistCommand, WebCommand), _OWN),
        **dict.fromkeys((PrivacyCommand, ExportCommand, ForgetCommand), _OWN),
        MeCommand: ("/me", "your page"),
        ReviewsCommand: ("/me", "your page"),
        NightCommand: ("/nights", "the page of film nights"),
        StatsCommand: ("/figures", "the page of figures"),
        ReleasesCommand: ("/calendar", "the calendar"),
    }
)
"""The page on which what a command does can be pressed, and what a text calls it."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a page of this site, in a text."""

    url: str
    text: str


def placed(spans: Iterable[Span]) -> Iterator[Span | PageLink]:
    """Put links to pages in the place of commands that a text names; of others, say that they are for the chat."""
    begins = True
    for span in spans:
        if isinstance(span, Usage):
            place = PLACES.get(type(span.command))
            if place:
                url, text = place
                yield PageLink(url, text[0].upper() + text[1:] if begins else text)
            else:
                yield span
                yield Plain(" in the chat")
        else:
            yield span
        begins = isinstance(span, Plain) and span.text.rstrip().endswith((".", ":", "?", "!"))
