"""How an entity reads in tables and flat files."""

from __future__ import annotations

from claimex.wording import TRACE, Claim, Column, at

WRITTEN_FORMS = 4


def mentions(claim: Claim) -> list[str]:
    """The words of every mention, in text order."""
    return [str(m.get("text") or "") for m in claim.get("mentions") or [] if isinstance(m, dict)]


def written(claim: Claim) -> str:
    """The different ways in which the article writes it, the first few."""
    forms = list(dict.fromkeys(mentions(claim)))
    return ", ".join(forms[:WRITTEN_FORMS]) + (", …" if len(forms) > WRITTEN_FORMS else "")


COLUMNS = (
    Column("Entity", at("entity.name")),
    Column("Type", lambda claim: at("entity.type")(claim).replace("_", " ")),
    Column("Mentions", lambda claim: str(len(mentions(claim)) or ""), number=True),
    Column("Written", written),
    *TRACE,
)
FLAT = ("entity.name", "entity.id", "entity.type", "mentions")
