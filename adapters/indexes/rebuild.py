"""Rebuild of the titles and of the recommender's index, in a process of its own beside the one that answers.

The database's URL comes on standard input; the data folder and the niceness are arguments.
"""

import asyncio
import os
import sys
from pathlib import Path

from adapters.indexes.catalogue_index import (
    build_index,
    load_snapshot,
    saved_index,
)
from db.engines.open import open_store


async def rebuild_index(database: str, folder: Path) -> None:
    """Build and save what is out of date. Raises StoreError."""
    store = await open_store(database)
    try:
        snapshot, index = await load_snapshot(store, folder), saved_index(folder)
        if index is None or not snapshot.has_documents(index.document_digests):
            await build_index(snapshot, store, folder)
    finally:
        await store.close()


if __name__ == "__main__":
    _, data_folder, niceness = sys.argv
    os.nice(int(niceness))
    asyncio.run(rebuild_index(sys.stdin.read(), Path(data_folder)))
