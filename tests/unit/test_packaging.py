"""What is in the wheel beside modules: data, licence, credits; and the bill of materials."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from email import message_from_string

import pytest

from tests.conftest import ROOT

SOURCES = ROOT / "src"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The wheel, made of the clone."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as opened:
        yield opened


def test_every_file_of_the_package_is_in_it(wheel: zipfile.ZipFile) -> None:
    """Rules, names, templates, `py.typed`."""
    wanted = {str(path.relative_to(SOURCES)) for path in SOURCES.rglob("*") if path.is_file()}
    wanted = {name for name in wanted if "__pycache__" not in name and ".egg-info" not in name}
    assert {"claimex/py.typed", "claimex/rules/cities.tsv"} <= wanted
    assert wanted <= set(wheel.namelist())


def test_licence_and_credits_are_in_it(wheel: zipfile.ZipFile) -> None:
    """Those of the data too: GeoNames asks to be named, with its licence and what was changed."""
    (licence,) = (name for name in wheel.namelist() if name.endswith("/LICENSE"))
    (notice,) = (name for name in wheel.namelist() if name.endswith("/NOTICE"))
    credits = wheel.read(notice).decode()
    assert wheel.read(licence) == (ROOT / "LICENSE").read_bytes()
    assert all(words in credits for words in ("GeoNames", "Creative Commons Attribution 4.0", "Changed:"))


def test_which_pythons_take_it(wheel: zipfile.ZipFile) -> None:
    """From 3.11 on."""
    (about,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    assert message_from_string(wheel.read(about).decode())["Requires-Python"] == ">=3.11"


def test_the_bill_of_materials() -> None:
    """Names every package of the lock with the hashes that pip is held to."""
    done = subprocess.run([sys.executable, "scripts/sbom.py"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    bill = json.loads(done.stdout)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, re.MULTILINE))
    assert {(part["name"], part["version"]) for part in bill["components"]} == pinned
    hashes = {digest["content"] for part in bill["components"] for digest in part["hashes"]}
    assert hashes == set(re.findall(r"sha256:([0-9a-f]{64})", lock))
