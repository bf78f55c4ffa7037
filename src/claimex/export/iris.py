"""Names for articles and claims on the web of data."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from claimex.wording import Claim

PUNCTUATION = "!#$%&'()*+,/:;=?@[]~"
"""What an address has beside letters, digits and -._"""


def article_iri(article: Mapping[str, Any]) -> str:
    """An article's address, else the hash of its text as RFC 6920 has it: a path names it on one machine only."""
    if article.get("url"):
        return quote(str(article["url"]), safe=PUNCTUATION)
    digest = base64.urlsafe_b64encode(bytes.fromhex(article["sha256"])).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def claim_iri(claim: Claim) -> str:
    """A claim in its article: copies of one text have claims of the same id."""
    return f"urn:claimex:{quote(claim['article']['id'], safe='')}:{claim['id']}"
