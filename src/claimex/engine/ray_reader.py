"""What an actor of Ray does: load once, then read chunk after chunk.

Ray gets this module by value and imports nothing of claimex with it: so it can be told in a sentence that a node has no
claimex, or another one.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import ray

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claimex.engine.base import Chunk, Found, ReadChunk


class Reader:
    """An actor. Its methods raise what goes wrong; Ray takes that to the driver."""

    def load(self, setup: bytes) -> Mapping[str, str]:
        """Make ready to read with a pickled Setup; what the claims depend on here.

        What it raises has the address of the node as its last note.
        """
        try:
            loaded = pickle.loads(setup)
            self._read: ReadChunk = loaded.load()
            identity: Mapping[str, str] = loaded.identity()
        except Exception as error:
            error.add_note(ray.util.get_node_ip_address())  # type: ignore[no-untyped-call]
            raise
        return identity

    def read(self, chunk: Chunk) -> list[Found]:
        """What was found in each article."""
        return self._read(chunk)
