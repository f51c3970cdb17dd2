"""Looks at a member's feed before they are asked whether it is theirs, outside of any transaction."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.errors import SourceBusy, SourceError, SourceLacks
from bot.domain.follows import NO_READER, FeedPeek
from bot.ports.clock import Clock
from bot.ports.feeds import FeedReader, Feeds

APART = timedelta(seconds=1)
"""Least time between two requests to one host, of all processes together."""

PATIENCE = timedelta(seconds=2)
"""How long a member waits for a feed; without an answer they are asked all the same."""

_LATER = FeedPeek(trouble="I couldn't look at it just now.")


@dataclass(frozen=True, slots=True)
class FeedPeeks:
    """Peeks at feeds; without a `reader`, there are none."""

    feeds: Feeds
    clock: Clock
    reader: FeedReader | None = None

    async def of(self, name: str) -> FeedPeek:
        """Return what is found of this name. StoreError if the database fails."""
        if self.reader is None:
            return NO_READER
        turn = await self.feeds.turn(self.reader.host, self.clock.now(), APART)
        wait = turn - self.clock.now()
        if wait > PATIENCE / 2:
            return _LATER
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                await asyncio.sleep(max(0.0, wait.total_seconds()))
                return FeedPeek(await self.reader.read(name))
        except SourceLacks as error:
            return FeedPeek(trouble=str(error), gone=True)
        except SourceBusy as error:
            until = self.clock.now() + timedelta(seconds=error.retry_after)
            await self.feeds.hold(self.reader.host, until)
            return FeedPeek(trouble=str(error))
        except SourceError as error:
            return FeedPeek(trouble=str(error))
        except TimeoutError:
            return _LATER
