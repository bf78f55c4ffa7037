"""What ties an index to its claims file, and tells that it is whole."""

from __future__ import annotations

import json
import os
import sys
import zlib
from hashlib import sha256
from pathlib import Path

from claimex.errors import ClaimexError
from claimex.vocabulary import SCHEMA_VERSION

LAYOUT = 2
"""Raised whenever an index of the same file would hold something else."""
APPLICATION = 0x636C6D78
SEAL = slice(60, 64)
"""Where SQLite keeps its user version: four bytes that hold the checksum of all others."""
WORTH_IT = 32_000_000
"""Bytes from which on a claims file should have an index: reading all of it takes longer than people like to wait."""
ENDS, SAMPLES, SAMPLE = 1 << 16, 64, 1 << 12
BLOCK = 1 << 18


class IndexUnusableError(ClaimexError):
    """An index cannot be used: not of this file as it is now, of another layout, or damaged."""


def index_path(claims: Path) -> Path:
    """Where the index of a claims file stands: 'claims.jsonl.index' beside 'claims.jsonl'."""
    return claims.with_name(claims.name + ".index")


def state_of(claims: Path) -> str:
    """What tells one state of a claims file from another without reading all of it.

    Size, times and a hash of its beginning, its end and samples between. The time of the last change of the inode
    is in it because that of the content can be set back.
    """
    with claims.open("rb", buffering=0) as handle:
        about = os.fstat(handle.fileno())
        digest = sha256()
        places = [about.st_size * n // SAMPLES for n in range(1, SAMPLES)]
        for place, length in ((0, ENDS), *((place, SAMPLE) for place in places), (about.st_size - ENDS, ENDS)):
            handle.seek(max(0, place))
            digest.update(handle.read(length))
    return json.dumps(
        {
            "layout": LAYOUT,
            "schema": SCHEMA_VERSION,
            "byteorder": sys.byteorder,
            "size": about.st_size,
            "changed": [about.st_mtime_ns, about.st_ctime_ns],
            "sample": digest.hexdigest(),
        }
    )


def sealed(database: bytes) -> bytes:
    """The bytes of a database with their checksum in them."""
    data = bytearray(database)
    data[SEAL] = bytes(4)
    data[SEAL] = zlib.crc32(data).to_bytes(4, "big")
    return bytes(data)


def is_whole(path: Path) -> bool:
    """Whether the checksum in a database is that of its bytes."""
    with path.open("rb", buffering=0) as handle:
        beginning = bytearray(handle.read(BLOCK))
        seal = bytes(beginning[SEAL])
        beginning[SEAL] = bytes(4)
        checksum = zlib.crc32(beginning)
        while block := handle.read(BLOCK):
            checksum = zlib.crc32(block, checksum)
    return checksum.to_bytes(4, "big") == seal
