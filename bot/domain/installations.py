"""Installations of an application that many workspaces install, each with tokens of its own."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Installation:
    """Installation of an application in one workspace, or in all workspaces of an organisation.

    `holder`: the platform's id of the workspace or the organisation. `application`: as its clubs note it
    (`slack:B1`). `sealed`: tokens and all else that the platform said, encrypted by its adapter.
    `renew_at`: when its tokens are to be renewed; None for tokens without an end. Instants are UTC.
    """

    holder: str
    application: str
    sealed: str
    installed_at: datetime
    renew_at: datetime | None = None
