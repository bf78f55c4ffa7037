"""Where treaty events can stand, by a look at the raw text: an agreement noun, or a word that takes one up again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from claimex.components.treaty_words import words
from claimex.normalize.scanning import any_form


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = words()
    names = [name.split()[0] for group in lists.names.values() for name in group]
    plain = [word for noun in lists.noun if not noun.draft for word in noun.words]
    drafts = [word for noun in lists.noun if noun.draft for word in noun.words]
    return any_form([*plain, *names]), any_form(drafts)


def paragraphs(texts: Sequence[str]) -> set[int]:
    """Indices of the paragraphs that must be parsed.

    A draft ("the plan", "the text") is an agreement only where one is spoken of; "it" may stand behind any of them.
    """
    agreements, drafts = _patterns()
    found = {i for i, text in enumerate(texts) if agreements.search(text)}
    if found:
        found |= {i for i, text in enumerate(texts) if drafts.search(text)}
    return found | {i + 1 for i in found if i + 1 < len(texts)}
