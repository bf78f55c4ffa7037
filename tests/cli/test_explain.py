"""`claimex explain`: texts, files and standard input; tables and JSON; what it says when it can tell nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

import claimex.pipeline
from claimex.cli.app import app
from claimex.rule_files import use_rules
from claimex.schema import explanation_schema

TEXT = "Chad may send 300 soldiers and 20 tanks to Gao."


@pytest.fixture(autouse=True)
def one_pipeline(nlp: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Commands share the pipeline of the session; the package's own rules hold again after each test."""
    monkeypatch.setattr(claimex.pipeline, "build_nlp", lambda *args, **options: nlp)
    yield
    use_rules(())


def explain(*args: str, **options: Any) -> Result:
    """Run the command; output apart from errors."""
    return CliRunner().invoke(app, ["explain", *args], **options)


def test_json_is_an_array_that_fits_its_schema(tmp_path: Path) -> None:
    """Of a text, a file, standard input: the same but for the article's id."""
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    rows = [json.loads(explain(*args, input=TEXT).stdout) for args in ((TEXT,), (str(path),), ("-",))]
    assert [row[0].pop("article") for row in rows] == ["text", "a", "stdin"]
    for row in rows:
        Draft202012Validator(explanation_schema()).validate({"article": "", **row[0]})
        assert {c["text"] for c in row[0]["sentences"][0]["claims"]} == {"Chad", "300 soldiers", "Gao"}


def test_a_table() -> None:
    """Each line says what it is and why; words only where they are asked for."""
    shown = explain(TEXT, "--format", "table").stdout
    words = " ".join(shown.split())
    assert shown.startswith(TEXT + "\n")
    assert "send: possible; 'may' makes it possible (factuality.aux.possible)" in words
    assert "'300 soldiers'; its noun names fighters; rule troop.sent.object" in words
    assert "20 tanks: no troop count (unit): 'tanks' is no noun that troops are counted by" in words
    assert "NNP" not in shown
    assert "Chad NNP, nsubj of 'send', lemma Chad" in " ".join(
        explain(TEXT, "--format", "table", "--tokens").stdout.split()
    )


def test_kinds_search_and_date() -> None:
    """One kind's claims and reasons; one sentence; dates by the day of publication."""
    text = f"{TEXT} It rained on Monday."
    (row,) = json.loads(
        explain(text, "--kind", "treaty_event", "--search", "RAINED", "--published", "2013-02-05").stdout
    )
    (sentence,) = row["sentences"]
    assert sentence["text"] == "It rained on Monday."
    assert sentence["claims"] == sentence["passed_over"] == []
    assert sentence["dates"][0]["earliest"] == "2013-02-04"


def test_with_rules(tmp_path: Path) -> None:
    """What a rule of one's own would change."""
    (tmp_path / "troop_count.toml").write_text('[heads]\ninherent = ["tank"]\n', encoding="utf-8")
    (row,) = json.loads(explain(TEXT, "--rules", str(tmp_path)).stdout)
    assert "20 tanks" in {claim["text"] for claim in row["sentences"][0]["claims"]}


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("missing.txt and more",), 0, ""),
        (("missing.txt",), 1, "missing.txt: no such file"),
        (("folder/missing",), 1, "folder/missing: no such file"),
        (("No.",), 0, ""),
        (("U.S.",), 0, ""),
        (("folder",), 1, "folder: there is no article (.txt, "),
        ((TEXT, "--search", " "), 2, "--search '': name what to look for"),
        ((TEXT, "--search", "xyzzy"), 0, "there is no sentence with these words"),
        ((" ",), 0, "there is no sentence in it"),
    ],
)
def test_what_is_said(args: tuple[str, ...], code: int, said: str, tmp_path: Path, monkeypatch: Any) -> None:
    """A sentence on stderr; words that name no file are words."""
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    done = explain(*args)
    assert done.exit_code == code
    assert said in done.stderr
    assert "Traceback" not in done.output


def test_nothing_of_a_text_reaches_the_terminal_raw() -> None:
    """Escapes and markup come out harmless."""
    shown = explain("Chad \x1b[31msent\x1b[0m 300 soldiers [/b] to Gao.", "--format", "table").stdout
    assert "\x1b" not in shown
    assert "[/b]" in shown


def test_a_text_that_a_layer_breaks_on_is_told(nlp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `extract` tells it; the other articles are explained."""
    make_doc = nlp.make_doc

    def broken(text: str) -> Any:
        if text == TEXT:
            raise ValueError("no such cell")
        return make_doc(text)

    path = tmp_path / "two.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in (TEXT, "It rained.")), encoding="utf-8")
    monkeypatch.setattr(nlp, "make_doc", broken)
    done = explain(str(path))
    assert done.exit_code == 1
    assert [row["sentences"][0]["text"] for row in json.loads(done.stdout)] == ["It rained."]
    assert "could not be read through (ValueError: no such cell); please report this" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_text_that_is_too_long_is_told(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("word " * 200_001, encoding="utf-8")
    result = explain(str(path), "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (1, [])
    assert "long.txt: 1,000,005 characters are too long for one article" in result.stderr
