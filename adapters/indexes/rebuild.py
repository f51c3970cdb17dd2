"""Makes the recommender's index anew, in a process of its own beside those that answer.

The database's address comes on the standard input; the folder and how gently to work are arguments.
"""

import asyncio
import os
import sys
from pathlib import Path

from adapters.indexes.catalogue_index import make_index
from db.engines.open import open_store


async def refit(database: str, folder: Path) -> None:
    """Make and save the index. Raises StoreError."""
    store = await open_store(database)
    try:
        await make_index(store, folder)
    finally:
        await store.close()


if __name__ == "__main__":
    _, where, gentle = sys.argv
    os.nice(int(gentle))
    asyncio.run(refit(sys.stdin.read(), Path(where)))
