"""The lines of docs/inputs.md that take a quote out of a text, in JavaScript and Python, run as they stand there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from claimex.reference import text_sha256
from tests.conftest import ROOT

TEXT = "\ufeff\r\n\U0001f600 e\u0301 \u05e9\u05dc\u05d5\u05dd\u00a0\U0001f1e8\U0001f1ed sent 300 soldiers."
QUOTE = "300 soldiers"
PAGE = (ROOT / "docs" / "inputs.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """The page's one block in a language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


@pytest.fixture
def claim() -> str:
    """A claim in the text, as JSON."""
    start = TEXT.index(QUOTE)
    evidence = {"start": start, "end": start + len(QUOTE), "quote": QUOTE}
    return json.dumps({"article": {"sha256": text_sha256(TEXT)}, "evidence": evidence})


def test_python(claim: str, tmp_path: Path) -> None:
    """The text as `--keep-text` saves it."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / f"{text_sha256(TEXT)}.txt").write_bytes(TEXT.encode())
    program = f"from pathlib import Path\nimport json\nclaim = json.loads({claim!r})\n{block('python')}"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("node") is None, reason="no node here")
def test_javascript(claim: str) -> None:
    """Where an emoji is two units; a plain slice would be wrong."""
    program = f"const text = {json.dumps(TEXT)}, claim = {claim};\n{block('js')}process.stdout.write(quote);"
    done = subprocess.run(["node", "-e", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == (QUOTE, "")
