"""Rewrite docs/report.png: the report on the seeds as headless Chromium shows it.

The browser is looked for where CHROMIUM says, else in the PATH. The claims are those of data/claims.jsonl.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "report.png"
LARGEST = 500_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def main() -> int:
    """Make the report, look at its figures, and at its words with a claim chosen; both stand in one picture."""
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not browser:
        print("there is no Chromium; install it (apt-get install chromium) or name it in CHROMIUM", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        report = Path(folder) / "report.html"
        subprocess.run([sys.executable, "-m", "claimex", "report", "-o", str(report)], cwd=ROOT, check=True)
        chromium = play.chromium.launch(executable_path=browser, args=FLAGS)
        page = chromium.new_page(viewport={"width": 1280, "height": 1180}, color_scheme="light")
        page.goto(report.as_uri())
        page.wait_for_selector("html[data-ready]")
        page.add_style_tag(content=".two, .numbers { display: none } html { scroll-behavior: auto }")
        page.wait_for_selector(".chart[data-drawn]")
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=str(PICTURE))
        chromium.close()
    size = PICTURE.stat().st_size
    print(f"{PICTURE.relative_to(ROOT)}: {size // 1000} kB")
    return int(size > LARGEST)


if __name__ == "__main__":
    raise SystemExit(main())
