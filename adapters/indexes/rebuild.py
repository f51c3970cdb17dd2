"""Rebuild of the recommender's index, in a process of its own beside the one that answers.

The database's URL comes on standard input; the data folder and the niceness are arguments.
"""

import asyncio
import os
import sys
from pathlib import Path

from adapters.indexes.catalogue_index import build_index, load_snapshot
from db.engines.open import open_store


async def rebuild_index(database: str, folder: Path) -> None:
    """Build and save the index. Raises StoreError."""
    store = await open_store(database)
    try:
        await build_index(await load_snapshot(store, folder), store, folder)
    finally:
        await store.close()


if __name__ == "__main__":
    _, data_folder, niceness = sys.argv
    os.nice(int(niceness))
    asyncio.run(rebuild_index(sys.stdin.read(), Path(data_folder)))
