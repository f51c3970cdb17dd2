"""Rebuild of the titles and of the recommender's index, in a process of its own beside the one that answers.

The database's URL comes on standard input; the data folder and the niceness are arguments.
"""

import asyncio
import os
import sys
from pathlib import Path

from adapters.indexes.catalogue_index import current_index, load_snapshot
from adapters.indexes.titles_file import CatalogueSnapshot
from db.engines.open import open_store
from recommender import BaseIndex


async def rebuild_index(database: str, folder: Path) -> None:
    """Build and save what is out of date. Raises StoreError."""
    store = await open_store(database)
    try:
        snapshot = await load_snapshot(store, folder)
        await current_index(snapshot, store, folder, _differs)
    finally:
        await store.close()


def _differs(index: BaseIndex, snapshot: CatalogueSnapshot) -> bool:
    return not snapshot.has_documents(index.document_digests)


if __name__ == "__main__":
    _, data_folder, niceness = sys.argv
    os.nice(int(niceness))
    asyncio.run(rebuild_index(sys.stdin.read(), Path(data_folder)))
