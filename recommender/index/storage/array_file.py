"""File of named arrays: memory-mapped, with a checksum, never pickled.

Layout: magic, the header's length (8 bytes, little-endian), the header's SHA-256, the header
(JSON: format, digest of the corpus, arrays with type, shape, offset), the arrays (64-byte aligned).
"""

import hashlib
import json
import math
import mmap
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.errors import IndexDamaged

MAGIC = b"matinee index\n\x00\x00"
FORMAT = 16
_ALIGNMENT = 64
_TYPES = {
    np.dtype(each).str: each
    for each in (np.uint8, np.int16, np.int32, np.int64, np.float16, np.float32)
}
_HEAD = len(MAGIC) + 8 + 32

Arrays = dict[str, NDArray[np.generic]]


def write(path: Path, arrays: Mapping[str, NDArray[np.generic]], digest: str) -> None:
    """Write arrays to a file, atomically."""
    payload = hashlib.sha256()
    table, place, parts = [], 0, []
    for name, array in arrays.items():
        data = np.ascontiguousarray(array)
        raw = data.tobytes() + bytes(-data.nbytes % _ALIGNMENT)
        table.append({"name": name, "type": data.dtype.str, "shape": data.shape, "at": place})
        payload.update(raw)
        parts.append(raw)
        place += len(raw)
    header = json.dumps(
        {"format": FORMAT, "digest": digest, "checksum": payload.hexdigest(), "arrays": table}
    ).encode()
    header += b" " * (-(_HEAD + len(header)) % _ALIGNMENT)
    head = MAGIC + len(header).to_bytes(8, "little") + hashlib.sha256(header).digest()
    _replace(path, [head, header, *parts])


def read(path: Path) -> tuple[Arrays, str]:
    """Memory-map a file's arrays, read-only. Returns them and the digest of the corpus.

    Raises IndexDamaged unless the file is of this format and matches its checksum.
    """
    if path.exists() and not path.is_file():  # a pipe would be waited for without end
        raise IndexDamaged("is not a file")
    try:
        with path.open("rb") as file:
            view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except ValueError as error:
        raise IndexDamaged("is empty") from error
    except OSError as error:
        raise IndexDamaged(f"cannot be read ({error.strerror})") from error
    header, start = _header(view)
    body = view[start:]
    if hashlib.sha256(body).hexdigest() != header["checksum"]:
        raise IndexDamaged("does not match its checksum")
    return {entry["name"]: _array(body, entry) for entry in header["arrays"]}, header["digest"]


def _header(view: memoryview) -> tuple[dict[str, Any], int]:
    if bytes(view[: len(MAGIC)]) != MAGIC:
        raise IndexDamaged("is not an index of Matinee")
    length = int.from_bytes(view[len(MAGIC) : len(MAGIC) + 8], "little")
    raw = view[_HEAD : _HEAD + length]
    if hashlib.sha256(raw).digest() != bytes(view[len(MAGIC) + 8 : _HEAD]):
        raise IndexDamaged("has a damaged header")
    header: dict[str, Any] = json.loads(bytes(raw))
    if header["format"] != FORMAT:
        raise IndexDamaged(f"has format {header['format']}, this version reads {FORMAT}")
    return header, _HEAD + length


def _array(body: memoryview, entry: Mapping[str, Any]) -> NDArray[np.generic]:
    count = math.prod(entry["shape"])
    flat = np.frombuffer(body, dtype=_TYPES[entry["type"]], count=count, offset=entry["at"])
    return flat.reshape(entry["shape"])


def _replace(path: Path, parts: list[bytes]) -> None:
    """Write a temporary file and rename it: a crash leaves the old file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
