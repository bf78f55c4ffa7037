"""Why a quantity counts arms, or does not: what `claimex explain` tells of this kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.verdict import Verdict
from claimex_materiel.layer import family_of
from claimex_materiel.lexicon import families

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc


def explain(doc: Doc) -> Iterator[Verdict]:
    """A verdict on every quantity of an annotated Doc."""
    for quantity in doc._.quantities:
        family = family_of(doc, quantity)
        if family is not None:
            yield Verdict(quantity.span, True, "arms", f"its noun, or what is in it, is of the family {family!r}")
        elif quantity.unit is None:
            yield Verdict(quantity.span, False, "no_noun", "it has no noun of its own")
        elif {quantity.unit, quantity.unit.removesuffix("s")} & families().keys():
            yield Verdict(quantity.span, False, "doubtful", f"nothing around {quantity.unit!r} makes them arms")
        else:
            yield Verdict(quantity.span, False, "unit", f"{quantity.unit!r} is no noun for arms")
