"""Tables of installations: applications that many workspaces install, and installs that have begun."""

from sqlalchemy import Index

from db.column_types import INSTANT
from db.schema.declaring import index_where, may, must, table

# `holder` is the platform's id of the workspace, or of the organisation if all its workspaces have it.
# `sealed` holds tokens, encrypted. These tables are the host's: no transaction of a club reads them.
installations = table(
    "installations",
    ["holder"],
    must("holder"),
    must("application"),
    must("sealed"),
    must("installed_at", INSTANT),
    may("renew_at", INSTANT),
    Index("ix_installations_application", "application"),
    index_where("ix_installations_renew", "renew_at IS NOT NULL", "renew_at"),
)

# States of installs that have begun, as digests: each is taken once.
install_states = table(
    "install_states",
    ["digest"],
    must("digest"),
    must("expires_at", INSTANT),
    Index("ix_install_states_expires", "expires_at"),
)
