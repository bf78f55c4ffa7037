"""Rewrite the console blocks of README.md with what their commands print; `--check` only compares.

A console block holds one command after `$ ` and below it what it prints on stdout and stderr. A command runs
through the shell in the root of the project, with the environment's programs first in the PATH.
"""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n\$ (?P<command>[^\n]*)\n.*?^```$", re.MULTILINE | re.DOTALL)
COLUMNS = "100"


def printed(command: str) -> str:
    """What a command prints, without the blanks that pad lines."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = {**os.environ, "PATH": path, "COLUMNS": COLUMNS, "NO_COLOR": "1"}
    done = subprocess.run(
        command, shell=True, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    return "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())


def rewritten(text: str) -> str:
    """The text with every console block as its command prints it now."""
    return BLOCK.sub(lambda block: f"```console\n$ {block['command']}\n{printed(block['command'])}\n```", text)


def main() -> int:
    """Rewrite the file, or with `--check` print what differs and return 1."""
    old = README.read_text(encoding="utf-8")
    new = rewritten(old)
    if "--check" not in sys.argv:
        README.write_text(new, encoding="utf-8")
        return 0
    sys.stdout.writelines(difflib.unified_diff(old.splitlines(True), new.splitlines(True), "README.md", "printed now"))
    return int(old != new)


if __name__ == "__main__":
    raise SystemExit(main())
