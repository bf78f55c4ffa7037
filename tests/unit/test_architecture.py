"""What the layout promises: arrows point one way, one kind one folder, no spaCy where claims are only read."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from spacy.language import Language

import claimex
from claimex.claims import kinds
from claimex.components import factories
from claimex.engine import installed
from claimex.engine.installed import NOT_READING
from claimex.pipeline import CLAIMS, LAYERS

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "claimex"

LEVELS = (
    {
        "errors",
        "atomic",
        "model",
        "annotations",
        "plugins",
        "reference",
        "run_files",
        "subprocesses",
        "vocabulary",
        "wording",
    },
    {"normalize", "lexicon", "rules", "inputs", "gazetteer", "trained"} | {"layering", "merging", "gazetteer_rows"},
    {"components", "claims"},
    {"pipeline", "store", "query", "entity_names", "flat", "schema", "compare", "diff", "dimensions", "stats"}
    | {"claim_line", "line_sieve", "counts", "index"}
    | {"rule_files", "rule_listing", "explanation"},
    {"extraction", "evaluate", "report", "doctor", "store_check", "export", "review"} | {"engine", "run"},
    {"cli"},
)
"""Modules by level: a module imports from its own level and from those above it in this list."""


def level(module: str) -> int | None:
    """Level of 'claimex.x.y', None for the package itself."""
    parts = module.split(".")
    if len(parts) < 2 or parts[1].startswith("__"):
        return None
    return next(n for n, names in enumerate(LEVELS) if parts[1] in names)


def imports(path: Path) -> set[str]:
    """The claimex modules a file imports at run time, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("claimex"):
            names = [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "claimex" else []
            found.update(names or [node.module])
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names if alias.name.startswith("claimex"))
    return found


@pytest.mark.parametrize("path", sorted(SRC.rglob("*.py")), ids=lambda p: str(p.relative_to(SRC)))
def test_arrows_point_one_way(path: Path) -> None:
    """No module imports from a level below its own; nobody but the entry points imports the command line."""
    module = ".".join(("claimex", *path.relative_to(SRC).with_suffix("").parts))
    own = level(module) if path.parent != SRC or path.stem not in {"__init__", "__main__"} else len(LEVELS)
    for imported in imports(path):
        theirs = level(imported)
        assert own is None or theirs is None or theirs <= own, f"{module} imports {imported}"


def reached(roots: Iterable[str]) -> set[str]:
    """The modules that these import at run time, directly or not, themselves included."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        module = waiting.pop()
        path = SRC.joinpath(*module.split(".")[1:])
        file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if module in found or not file.exists():
            continue
        found.add(module)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("claimex"):
                waiting += [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
            elif isinstance(node, ast.Import):
                waiting += [alias.name for alias in node.names if alias.name.startswith("claimex.")]
    return found


def test_what_reads_no_article_is_left_out_of_the_fingerprint() -> None:
    """And nothing else: what the reader imports, with the kinds, which it imports by their names, and their data."""
    names = {path.name for path in SRC.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    kinds_of_claims = (p.relative_to(SRC).with_suffix("") for p in (SRC / "claims").rglob("*.py"))
    roots = [f"claimex.{'.'.join(path.parts).removesuffix('.__init__')}" for path in kinds_of_claims]
    modules = reached(["claimex.engine.pipeline", "claimex.components.factories", *roots])
    reading = {module.split(".")[1] for module in modules if module != "claimex"} | {"__init__", "rules"}
    assert names - NOT_READING == {name for name in names if name.removesuffix(".py") in reading}
    assert names >= NOT_READING


def test_of_other_packages_every_file_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A layer of theirs may be called as a part of claimex that reads nothing."""
    (tmp_path / "made_kind").mkdir()
    (tmp_path / "made_kind" / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(installed, "plugin_packages", lambda: {"made_kind"})
    states = [installed.installed()]
    for name in ("counts.py", "run.py"):
        (tmp_path / "made_kind" / name).write_text("PEOPLE = 1\n", encoding="utf-8")
        states.append(installed.installed())
    assert len({state["the code of made_kind"] for state in states}) == 3


def test_kinds_are_the_same_everywhere() -> None:
    """Folders, table rows, case tables and the members of the union are one set."""
    folders = {p.name for p in (SRC / "claims").iterdir() if (p / "model.py").exists()}
    assert set(kinds()) == folders
    assert {k.model.model_fields["kind"].default for k in kinds().values()} == folders
    assert {name for name in folders if (ROOT / "tests" / "cases" / f"{name}.toml").exists()} == folders


def test_every_factory_is_an_entry_point() -> None:
    """pyproject names every component, and every name leads to a registered factory."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = set(project["entry-points"]["spacy_factories"])
    assert (
        names
        == {name for name in vars(factories) if name.startswith("claimex_")}
        == {"claimex_reader", *LAYERS, CLAIMS}
    )
    assert all(Language.has_factory(name) for name in names)


def test_reading_claims_does_not_import_spacy() -> None:
    """The command line and the store start without spaCy and numpy."""
    code = "import sys, claimex.cli.app, claimex.store, claimex.query; print(*{'spacy', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_functions_of_the_package_stay_functions() -> None:
    """Whatever modules are imported: none has the name of a function that users call."""
    modules = {path.stem for path in SRC.iterdir()}
    assert not modules & set(claimex.__all__)
    assert callable(claimex.extract)
    assert callable(claimex.read_claims)


def test_modules_stay_small() -> None:
    """No module of the package passes 350 lines: past that there is a seam to look for."""
    long = {p.name: n for p in SRC.rglob("*.py") if (n := len(p.read_text(encoding="utf-8").splitlines())) > 350}
    assert long == {}


def test_what_is_made_of_rules_is_not_kept_for_ever() -> None:
    """Where claims are made `from_rules` keeps things: a cache of functools would outlive rules that are laid over."""
    made = [*(SRC / "components").rglob("*.py"), *(SRC / "normalize").rglob("*.py"), *(SRC / "claims").glob("*/*.py")]
    made += SRC.glob("gazetteer*.py")
    keeping = re.compile(r"^\s*@(?:functools\.)?(?:cache|lru_cache)\b", re.MULTILINE)
    assert [path.name for path in made if keeping.search(path.read_text(encoding="utf-8"))] == []
