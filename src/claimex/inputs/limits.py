"""How much a reader takes from one file before it says no. docs/inputs.md states each figure."""

MAX_ARTICLE_BYTES = 8 * 2**20
"""Of one text or one JSON record. A million characters, the most of one article, are less in any encoding."""
MAX_PAGE_BYTES = 32 * 2**20
"""Of one web page: pages saved with their pictures are large, their text is not."""
MAX_LIST_BYTES = 64 * 2**20
"""Of a list of paths."""
MAX_RATIO = 200
"""Times its size that a gzip file may unpack to: text comes to 3 to 20, a file of zeros to 1000."""
FREE_BYTES = 64 * 2**20
"""Unpacked bytes from which on the ratio counts: a small file of one repeated line is no attack."""


def megabytes(count: int) -> str:
    """'8 MB'."""
    return f"{count // 2**20} MB"
