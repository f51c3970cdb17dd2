"""Checks raw requests before anything parses them: only those that Slack signed just now pass."""

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from adapters.slack.limits import AGE

TIMESTAMP = "X-Slack-Request-Timestamp"
SIGNATURE = "X-Slack-Signature"

_SECONDS = re.compile(r"[0-9]{1,12}")
_SEAL = re.compile(r"v0=[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Guard:
    """Checks signatures with the signing secret. Nothing of a refused request is kept or logged."""

    secret: bytes = field(repr=False)

    def admits(
        self, timestamps: Sequence[str], signatures: Sequence[str], body: bytes, now: float
    ) -> bool:
        """Return whether Slack signed a request within five minutes of `now` (seconds, Unix time).

        `timestamps` and `signatures` are all headers of these names; there must be one of each.
        """
        if not self.may_admit(timestamps, signatures, now):
            return False
        [timestamp], [signature] = timestamps, signatures
        return hmac.compare_digest(signature, self.seal(timestamp, body))

    def may_admit(self, timestamps: Sequence[str], signatures: Sequence[str], now: float) -> bool:
        """Return whether the headers are such that a body may make the request one of Slack's."""
        if len(timestamps) != 1 or len(signatures) != 1:
            return False
        [timestamp], [signature] = timestamps, signatures
        if not (_SECONDS.fullmatch(timestamp) and _SEAL.fullmatch(signature)):
            return False
        return abs(now - int(timestamp)) <= AGE

    def seal(self, timestamp: str, body: bytes) -> str:
        """Return Slack's signature of a body."""
        signed = b":".join((b"v0", timestamp.encode("ascii"), body))
        return f"v0={hmac.new(self.secret, signed, sha256).hexdigest()}"
