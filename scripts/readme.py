"""Rewrite the console blocks of the README and of docs/ with what their commands print; `--check` only compares.

A console block holds one command after `$ ` and below it what it prints on stdout and stderr. The commands of a page
run through the shell, one after the other, in a folder that has the seeds, their claims and the gold, with the
environment's programs first in the PATH.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
BLOCK = re.compile(r"^```console\n\$ (?P<command>[^\n]*)\n.*?^```$", re.MULTILINE | re.DOTALL)
COLUMNS = "110"


def printed(command: str, folder: Path) -> str:
    """What a command prints, without the blanks that pad lines."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = {**os.environ, "PATH": path, "COLUMNS": COLUMNS, "NO_COLOR": "1"}
    done = subprocess.run(
        command, shell=True, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    return "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())


def rewritten(text: str) -> str:
    """The text with every console block as its command prints it now; one goes on from what another wrote."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").mkdir()
        for shared in ("seeds", "data/gold", "examples"):
            (folder / shared).symlink_to(ROOT / shared, target_is_directory=True)
        shutil.copy(ROOT / "data" / "claims.jsonl", folder / "data")
        return BLOCK.sub(lambda b: f"```console\n$ {b['command']}\n{printed(b['command'], folder)}\n```", text)


def main() -> int:
    """Rewrite the pages, or with `--check` print what differs and return 1."""
    differs = False
    for page in PAGES:
        old = page.read_text(encoding="utf-8")
        new = rewritten(old)
        if "--check" not in sys.argv:
            page.write_text(new, encoding="utf-8")
        elif new != old:
            differs = True
            sys.stdout.writelines(
                difflib.unified_diff(old.splitlines(True), new.splitlines(True), page.name, "printed now")
            )
    return int(differs)


if __name__ == "__main__":
    raise SystemExit(main())
