"""Doors to the pages: a link is spent for a session, a token is looked up, what is over stays shut."""

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.clubs.web_keys import LASTS, KeyKind, WebKey, digest_of
from bot.domain.errors import PlatformSilent, StoreError
from bot.ports.clock import Clock, Ids
from bot.ports.store import Store
from bot.request.club.directories import Directories

LONGEST_TOKEN = 100
"""Characters of a token; a longer text is none."""

STALE = timedelta(hours=1)
"""Age at which a key's time of last use is updated."""

PATIENCE = timedelta(milliseconds=300)
"""How long the time of last use waits for other writers: a page must not."""


@dataclass(frozen=True, slots=True)
class Doors:
    """Finds and spends keys to the pages of all clubs."""

    store: Store
    clock: Clock
    ids: Ids
    directories: Directories

    async def key(self, token: str, kind: KeyKind) -> WebKey | None:
        """Return the key of this kind that a token opens now; None for any other token. StoreError."""
        if not token or len(token) > LONGEST_TOKEN:
            return None
        found = await self.store.web_key(digest_of(token))
        now = self.clock.now()
        if found is None or found.kind is not kind or not found.opens(now):
            return None
        if found.used_at is None or now - found.used_at > STALE:
            await self._note_use(found)
        return found

    async def spend(self, token: str, label: str) -> str | None:
        """Spend a one-time link; return the token of a new session, None where the link is over. StoreError.

        `label`: the browser, in words.
        """
        link = await self.key(token, KeyKind.LINK)
        if link is None or not await self._belongs(link):
            return None
        session, now = secrets.token_urlsafe(32), self.clock.now()
        async with self.store.writing(link.club_id) as work:
            if not await work.web_keys.remove(link.digest):
                return None  # somebody pressed at the same time
            key = replace(
                link,
                digest=digest_of(session),
                key_id=self.ids.new(),
                kind=KeyKind.SESSION,
                created_at=now,
                expires_at=now + (LASTS[KeyKind.SESSION] or timedelta()),
                used_at=now,
                label=label,
            )
            await work.web_keys.put(key)
        return session

    async def end(self, key: WebKey) -> None:
        """End a key. StoreError."""
        async with self.store.writing(key.club_id) as work:
            await work.web_keys.remove(key.digest)

    async def _belongs(self, key: WebKey) -> bool:
        try:
            return await self.directories.belongs(key.club_id, key.member_id)
        except PlatformSilent:
            return True  # they were in the club when they asked for the link, minutes ago

    async def _note_use(self, key: WebKey) -> None:
        """Store when a key was last used; nothing depends on it, so a busy database is let be."""
        if key.kind is KeyKind.LINK:
            return
        try:
            async with self.store.writing(key.club_id, PATIENCE) as work:
                present = {each.digest for each in await work.web_keys.of(key.member_id)}
                if key.digest in present:
                    await work.web_keys.put(replace(key, used_at=self.clock.now()))
        except StoreError:
            return
