"""Typed, traceable claims from war reporting: troop counts, treaty events and the entities in them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

    from claimex.extraction import ArticleResult
    from claimex.model import ClaimBase

__all__ = ["__version__", "extract", "load", "read_claims", "use_rules"]
__version__ = version("claimex")

logging.getLogger("claimex").addHandler(logging.NullHandler())

# Nothing heavy is imported before it is asked for: the command line shows claims without spaCy. No module of the
# package may be called as one of these functions: importing it would put the module in the function's place.


def load(model: str | None = None) -> Language:
    """The whole pipeline as a spaCy Language; `model` names another trained model to read with.

    Raises ModelError when the model is not installed.
    """
    from claimex.pipeline import build_nlp

    return build_nlp(model)


def extract(
    paths_or_texts: Iterable[str | Path] | str | Path,
    *,
    model: str | None = None,
    kinds: tuple[str, ...] | None = None,
    published: str | None = None,
    format: str | None = None,
    fields: Mapping[str, str] | None = None,
    limited: bool = False,
) -> Iterator[ArticleResult]:
    """Claims of files, folders and texts (or of one of them), streaming: a result for each article.

    A `Path` is a file or a folder; a string is one too where such a file exists, else it is the text of an article.
    `format` says how files are read whose names do not, `fields` what JSON calls a field: `{"text": "body"}`.
    `limited` bounds the time and memory of each article as the command does: past them it is a problem in its result.
    While an article is read this takes the signal SIGVTALRM and the memory limit of the whole process.
    Raises ModelError when the model is not installed, UsageError for a kind, format, field or date that is none, and
    for limits off the main thread or on a system without them.
    """
    from claimex.extraction import extract

    return extract(
        paths_or_texts, model=model, kinds=kinds, published=published, format=format, fields=fields, limited=limited
    )


def read_claims(path: str | Path) -> Iterator[ClaimBase]:
    """Every claim of a file as a model, checked in full.

    Raises StoreError at the first line that holds no valid claim.
    """
    from claimex.store import read_claims

    return read_claims(path)


def use_rules(folders: Iterable[str | Path] | str | Path) -> None:
    """Lay folders of rule files over those of the package, for the whole process; pipelines are made after it.

    Each call takes the place of the one before; an empty list takes all away. Raises RuleError for a file at fault.
    """
    from claimex.rule_files import use_rules

    use_rules(folders)
