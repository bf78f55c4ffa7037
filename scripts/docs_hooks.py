"""What mkdocs does beside the pages of docs/: a page with the help of every command, and a look at what it built."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

COMMAND = re.compile(r"^  ([a-z]+) ", re.MULTILINE)
OUTSIDE = re.compile(r"""<(?:script|img|link|iframe|source)\b[^>]*?\b(?:src|href)=["']?(?:https?:)?//[^"'\s>]+""")
IMPORTED = re.compile(r"""(?:@import|url\()\s*["']?(?:https?:)?//""")


def on_files(files: Files, config: Any) -> Files:
    """Add the command reference."""
    files.append(File.generated(config, "commands.md", content=_reference()))
    return files


def on_post_build(config: Any) -> None:
    """Refuse a site that would load anything from another host."""
    site = Path(config.site_dir)
    for path in sorted((*site.rglob("*.html"), *site.rglob("*.css"))):
        found = (OUTSIDE if path.suffix == ".html" else IMPORTED).search(path.read_text(encoding="utf-8"))
        if found is not None:
            raise PluginError(f"{path.relative_to(site)}: this loads something from another host: {found[0]}")


def _reference() -> str:
    overview = _help()
    commands = COMMAND.findall(overview.partition("Commands:\n")[2].partition("\n\n")[0])
    parts = [f"# Commands\n\n```text\n{overview}```\n"]
    parts += [f"## claimex {command}\n\n```text\n{_help(command)}```\n" for command in commands]
    return "\n".join(parts)


def _help(*command: str) -> str:
    env = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TYPER_USE_RICH": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "claimex", *command, "--help"],
        env=env, check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    said = done.stdout.replace("python -m claimex", "claimex")
    return "\n".join(line.rstrip() for line in said.splitlines()) + "\n"
