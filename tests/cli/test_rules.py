"""`claimex rules`: what is listed, found, checked and refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import claimex.pipeline
from claimex.cli.app import app
from claimex.rule_files import use_rules

OWN = """
[[rule]]
id = "treaty.my.flub"
stage = "violated"
words = ["flub"]
relations = ["object"]
note = "Newspapers that like short words."
yes = ["Chad flubbed the treaty with Niger."]
no = ["Chad signed the treaty with Niger."]

[[rule]]
id = "treaty.sign.object"
words = ["ink over"]
"""


@pytest.fixture(autouse=True)
def package_rules() -> Iterator[None]:
    """The package's own rules hold again after each test."""
    yield
    use_rules(())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of rules: one new, words for one of the package."""
    (tmp_path / "treaty_event.toml").write_text(OWN, encoding="utf-8")
    return tmp_path


def rules(*args: str) -> Result:
    """Run the command; output apart from errors."""
    return CliRunner().invoke(app, ["rules", *args])


def listed(*args: str) -> list[dict[str, Any]]:
    """The rules as JSON."""
    done = rules(*args)
    assert (done.exit_code, done.stderr) == (0, "")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_json_has_every_rule_with_its_sentences() -> None:
    found = listed()
    assert {row["layer"] for row in found} == {"attribution", "factuality", "troop_count", "treaty_event"}
    (one,) = (row for row in found if row["id"] == "treaty.ratify.passes")
    assert one["fields"]["stage"] == "ratified"
    assert one["note"] and one["yes"] and one["no"]
    assert one["file"] is None


def test_filters() -> None:
    """By layer, by word, by how an id begins; a whole id is that rule alone."""
    assert {row["layer"] for row in listed("--layer", "factuality")} == {"factuality"}
    assert [row["id"] for row in listed("--layer", "factuality", "--word", "unless")] == ["factuality.mark.if"]
    assert {row["id"].rpartition(".")[0] for row in listed("treaty.ratify.")} == {"treaty.ratify"}
    assert [row["id"] for row in listed("factuality.not")] == ["factuality.not"]
    done = rules("--word", "xyzzy")
    assert (done.exit_code, done.stdout) == (0, "[]\n")
    assert "no rule fits" in done.stderr


def test_tables() -> None:
    """A table of several rules, a card of one."""
    table = rules("treaty.ratify.", "--format", "table").stdout
    assert table.splitlines()[0].strip() == "6 rules"
    assert "treaty.ratify.passes" in table
    card = rules("treaty.ratify.object", "--format", "table").stdout
    assert card.startswith("treaty.ratify.object (treaty_event)\n  A parliament's consent.")
    assert "The Senate ratified the extradition treaty with Panama." in card


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("treaty.ratfy.object",), "did you mean treaty.ratify.object or "),
        (("--layer", "treaties"), "no layer 'treaties' has rules; choose from attribution, factuality,"),
    ],
)
def test_what_nobody_knows(args: tuple[str, ...], message: str) -> None:
    done = rules(*args)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr


def test_rules_of_a_folder(folder: Path) -> None:
    """Listed among the package's with the file that has them; --own lists them alone."""
    own = {row["id"]: row for row in listed("--rules", str(folder), "--own")}
    assert set(own) == {"treaty.my.flub", "treaty.sign.object"}
    assert {row["file"] for row in own.values()} == {str(folder / "treaty_event.toml")}
    assert "ink over" in own["treaty.sign.object"]["fields"]["words"]
    files = {row["file"]: row["over"] for row in listed("--rules", str(folder), "--files")}
    assert files["treaty_event.toml"] == [str(folder / "treaty_event.toml")]
    assert files["gazetteer.jsonl"] == []
    assert "treaty_event.toml" in rules("--files", "--format", "table").stdout


def test_sentences_are_run(nlp: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Status 0 where they bear the rules out; else each that does not is told, and the status is 1."""
    monkeypatch.setattr(claimex.pipeline, "build_nlp", lambda *args, **options: nlp)
    good = rules("treaty.my", "--rules", str(folder), "--check")
    assert (good.exit_code, good.stdout) == (0, "")
    assert good.stderr == "claimex: 1 rule checked, 0 sentences not as told\n"
    wrong = OWN.replace('words = ["flub"]', 'words = ["sign"]')
    (folder / "treaty_event.toml").write_text(wrong, encoding="utf-8")
    bad = rules("treaty.my", "--rules", str(folder), "--check")
    assert bad.exit_code == 1
    assert "treaty.my.flub: does not fire on 'Chad flubbed the treaty with Niger.'" in bad.stderr


def test_sentences_that_a_layer_breaks_on_are_told(nlp: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `extract` tells of an article; the sentences of other rules are run."""
    make_doc = nlp.make_doc

    def broken(text: str) -> Any:
        if "flubbed" in text:
            raise ValueError("no such cell")
        return make_doc(text)

    monkeypatch.setattr(claimex.pipeline, "build_nlp", lambda *args, **options: nlp)
    monkeypatch.setattr(nlp, "make_doc", broken)
    done = rules("--rules", str(folder), "--own", "--check")
    assert done.exit_code == 1
    first, last = done.stderr.splitlines()
    assert first == "claimex: treaty.my.flub: could not be read through (ValueError: no such cell); please report this"
    assert last.startswith("claimex: 2 rules checked, 1 ")
