"""Sealing of secrets that are stored: encrypted by Fernet with the host's keys, the newest first."""

import base64
import secrets
from collections.abc import Sequence
from importlib.util import find_spec

from adapters.runtime.settings.environment import SettingsError
from db.engines.extras import installing

KEY = "MATINEE_SECRET_KEY"


class Unsealable(Exception):
    """What is sealed is opened by none of the keys."""


def new_key() -> str:
    """Return a new key: 256 random bits in URL-safe base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii")


class Sealer:
    """Seals texts with the first of its keys, and opens what any of them sealed."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take the keys. SettingsError where the package is not there or a key is none."""
        if find_spec("cryptography") is None:
            raise SettingsError(
                f"installs by many workspaces need one more package: {installing('slack-oauth')}"
            )
        # A process without such secrets does not need the package.
        from cryptography.fernet import Fernet, InvalidToken, MultiFernet  # noqa: PLC0415 - see above

        self._invalid = InvalidToken
        self._first = Fernet(keys[0])
        self._all = MultiFernet([Fernet(each) for each in keys])

    def seal(self, text: str) -> str:
        """Return a text, encrypted and signed."""
        return self._first.encrypt(text.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """Return the text that was sealed. Raises Unsealable."""
        try:
            return self._all.decrypt(sealed).decode()
        except self._invalid as error:
            raise Unsealable from error

    def resealed(self, sealed: str) -> str | None:
        """Return it sealed with the first key; None where it is already. Raises Unsealable."""
        try:
            self._first.decrypt(sealed)
        except self._invalid:
            return self.seal(self.open(sealed))
        return None
