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
NARROW = (("B", 1 << 8), ("H", 1 << 16))
"""Types of numbers below a bound: most steps need one byte and no four."""
FEW = 32
"""Of so few numbers compressing saves nothing, and NumPy takes longer than a loop."""
RUN, PLAIN, COMPRESSED = b"r", b"p", b"z"
"""How numbers are kept: the first one and how many follow on each other, or their steps."""


def packed(numbers: array[int]) -> bytes:
    """The numbers as bytes."""
    count = len(numbers)
    if count and numbers[-1] - numbers[0] == count - 1:
        return RUN + NUMBER.encode() + array(NUMBER, (numbers[0], count)).tobytes()
    if count > FEW:
        import numpy

        steps = numpy.diff(numpy.asarray(numbers), prepend=numpy.uint32(0))
        type_ = _type_for(int(steps.max()))
        return COMPRESSED + type_.encode() + zlib.compress(steps.astype(type_).tobytes(), 1)
    few = [*numbers[:1], *map(sub, numbers[1:], numbers)]
    type_ = _type_for(max(few, default=0))
    return PLAIN + type_.encode() + array(type_, few).tobytes()


def _type_for(most: int) -> str:
    """The type of numbers up to the largest."""
    return next((narrow for narrow, bound in NARROW if most < bound), NUMBER)


def unpacked(data: bytes) -> array[int]:
    """The numbers again.

    Raises ValueError or zlib.error where the bytes are damaged.
    """
    steps = array(data[1:2].decode())
    steps.frombytes(_body(data))
    if data[:1] == RUN:
        first, count = steps
        return array(NUMBER, range(first, first + count))
    return array(NUMBER, accumulate(steps))


def unpacked_for_numpy(data: bytes) -> NDArray[Any]:
    """The same for NumPy, which is quicker with many numbers, and takes its time to start."""
    import numpy

    steps = numpy.frombuffer(_body(data), numpy.dtype(data[1:2].decode()))
    if data[:1] == RUN:
        first, count = steps.tolist()
        return numpy.arange(first, first + count)
    return steps.cumsum(dtype=numpy.int64)


def _body(data: bytes) -> bytes:
    return zlib.decompress(data[2:]) if data[:1] == COMPRESSED else data[2:]
