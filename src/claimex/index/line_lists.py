"""Ascending line numbers as bytes: the steps between them, which are small and compress well."""

from __future__ import annotations

import zlib
from array import array
from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

NUMBER = "I"
FEW = 32
"""Of so few numbers compressing saves nothing."""
PLAIN, COMPRESSED = b"p", b"z"


def packed(numbers: array[int]) -> bytes:
    """The numbers as bytes."""
    steps = numbers[:1]
    steps.extend(map(sub, numbers[1:], numbers))
    if len(numbers) <= FEW:
        return PLAIN + steps.tobytes()
    return COMPRESSED + zlib.compress(steps.tobytes(), 1)


def unpacked(data: bytes) -> array[int]:
    """The numbers again.

    Raises ValueError or zlib.error where the bytes are damaged.
    """
    steps = array(NUMBER)
    steps.frombytes(_steps(data))
    return array(NUMBER, accumulate(steps))


def unpacked_for_numpy(data: bytes) -> NDArray[Any]:
    """The same for NumPy, which is quicker with many numbers, and takes its time to start."""
    import numpy

    return numpy.frombuffer(_steps(data), numpy.dtype(NUMBER)).cumsum(dtype=numpy.int64)


def _steps(data: bytes) -> bytes:
    return zlib.decompress(data[1:]) if data[:1] == COMPRESSED else data[1:]
