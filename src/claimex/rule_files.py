"""The rule files there are, and a user's own laid over them: names, words and rules are added, none is taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimex.claims import kinds
from claimex.errors import RuleError
from claimex.gazetteer import gazetteer
from claimex.gazetteer_rows import CITIES, NAMES, PACKAGE
from claimex.layering import Place, laid_over, lay_over
from claimex.lexicon import read_bytes, read_toml, read_user_file
from claimex.normalize.spelling import closest

if TYPE_CHECKING:
    from claimex.model import Model

MODELS = {
    "attachment.toml": "claimex.claims.attachment:Words",
    "attribution.toml": "claimex.components.attribution_lexicon:AttributionRules",
    "coreference.toml": "claimex.components.antecedents:Words",
    "dates.toml": "claimex.normalize.date_words:DateWords",
    "entities.toml": "claimex.components.entity_rules:EntityRules",
    "factuality.toml": "claimex.components.factuality_rules:File",
    "furniture.toml": "claimex.components.furniture:FurnitureRules",
    "metonymy.toml": "claimex.components.metonymy:MetonymyRules",
    "numbers.toml": "claimex.normalize.numbers:NumberWords",
    "parse.toml": "claimex.components.mending:Repairs",
    "passages.toml": "claimex.components.passages:PassageRules",
    "quantity.toml": "claimex.components.quantity_words:QuantityWords",
    "treaty.toml": "claimex.components.treaty_words:Words",
}
"""The layers' files and what describes each."""
SUFFIXES = (".toml", ".jsonl", ".tsv")
"""Files of a user's folder that have to be rule files; it may hold others, a README for example."""


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule file of a layer or a kind of claim. `read` gives what is in it, with what is laid over it."""

    layer: str
    place: Place
    read: Callable[[], Any]

    @property
    def content(self) -> tuple[bytes, ...]:
        """The package's bytes, then those of each file laid over them."""
        return (read_bytes(*self.place), *map(read_user_file, laid_over(*self.place)))


def rule_files() -> dict[str, RuleFile]:
    """Every rule file, by the name that it has in a user's folder; those of claim kinds are called like the kind."""
    found = {name: RuleFile(name.removesuffix(".toml"), (PACKAGE, name), partial(_layer, name)) for name in MODELS}
    found |= {name: RuleFile(name.partition(".")[0], (PACKAGE, name), gazetteer) for name in (NAMES, CITIES)}
    for kind in kinds().values():
        if kind.rules is not None:
            read = partial(read_toml, kind.rules, "rules.toml", kind.package)
            found[f"{kind.name}.toml"] = RuleFile(kind.name, (kind.package, "rules.toml"), read)
    return found


def _layer(name: str) -> Model:
    module, _, attribute = MODELS[name].partition(":")
    model: type[Model] = getattr(import_module(module), attribute)
    return read_toml(model, name)


def use_rules(folders: Iterable[str | Path] | str | Path) -> None:
    """Lay the rule files of these folders over those of the package, in their order, for the whole process.

    Each call takes the place of the one before; none is laid over by an empty list. Pipelines have to be made after it.
    Raises RuleError for a folder without rule files and for whatever in one does not fit; then none is laid over.
    """
    known = rule_files()
    over: dict[str, list[Path]] = {}
    for folder in [folders] if isinstance(folders, str | Path) else folders:
        for path in _found(Path(folder)):
            if path.name not in known:
                near = closest(path.name, known)
                hint = f"call it {' or '.join(near)}" if near else "`claimex rules --files` lists those there are"
                raise RuleError(f"{path}: no rule file has this name; {hint}")
            over.setdefault(path.name, []).append(path)
    lay_over({known[name].place: paths for name, paths in over.items()})
    try:
        for name in over:
            known[name].read()
    except RuleError:
        lay_over({})
        raise


def _found(folder: Path) -> list[Path]:
    try:
        inside = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise RuleError(f"{folder}: no folder of rules ({error.strerror}); check the path") from error
    found = [path for path in inside if path.suffix in SUFFIXES]
    if not found:
        raise RuleError(f"{folder}: there is no rule file in this folder; `claimex rules --files` lists their names")
    return found


def user_files() -> list[Path]:
    """The files that are laid over those of the package."""
    return [path for file in rule_files().values() for path in laid_over(*file.place)]


def rules_digest() -> str:
    """One hash over every rule file in use, the package's and those laid over them: same rules, same hash."""
    digest = sha256()
    for name, file in sorted(rule_files().items()):
        for content in file.content:
            digest.update(f"{name} {sha256(content).hexdigest()}\n".encode())
    return digest.hexdigest()
