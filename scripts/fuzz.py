"""Search, guided by coverage, for inputs that break the targets in tests/hard/targets.py; print what came of it.

    python scripts/fuzz.py [TARGET...] [--seconds 60]

Needs atheris, which is made for Linux alone: `make fuzz` installs it. Each target runs in a process of its own, on the
inputs found before (tests/hard/found) and on pieces that its grammar knows. An input that breaks one is kept in
tests/hard/found/TARGET, where the tests read it from then on.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOUND = ROOT / "tests" / "hard" / "found"
PIECES = ROOT / "tests" / "hard" / "pieces.dict"
TRIED = re.compile(r"(?:Done |#)(\d+)(?:\t| runs)")
EDGES = re.compile(r"cov: (\d+)")
"""What libFuzzer says of how far it is."""


def fuzz(name: str, arguments: list[str]) -> None:
    """Run one target until libFuzzer's own limits end it: this process does not come back."""
    import atheris

    with atheris.instrument_imports(include=["claimex", "msgspec", "tomllib"]):
        from tests.hard.targets import TARGETS
    atheris.Setup([sys.argv[0], *arguments], TARGETS[name])
    atheris.Fuzz()


def search(name: str, seconds: int) -> tuple[int, int, list[Path]]:
    """Inputs tried, edges of the code covered, and the inputs that broke the target."""
    (FOUND / name).mkdir(parents=True, exist_ok=True)
    before = set((FOUND / name).iterdir())
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, name, "--run", f"-max_total_time={seconds}", f"-dict={PIECES}"]
        command += ["-timeout=10", "-rss_limit_mb=2048", "-max_len=2000", f"-artifact_prefix={FOUND / name}/"]
        done = subprocess.run(
            [*command, folder, str(FOUND / name)], cwd=ROOT, capture_output=True, text=True, errors="replace"
        )
    found = sorted(set((FOUND / name).iterdir()) - before)
    if not before | set(found):
        (FOUND / name).rmdir()
    tried, edges = ([int(match[1]) for match in figure.finditer(done.stderr)] for figure in (TRIED, EDGES))
    if not tried:
        raise SystemExit(f"{name}: the fuzzer did not run:\n{done.stderr[-2000:]}")
    return max(tried), max(edges, default=0), found


def main() -> None:
    """Print the table; exit status 1 where an input broke a target."""
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--run", action="store_true", help=argparse.SUPPRESS)
    options, rest = parser.parse_known_args()
    if options.run:
        fuzz(options.targets[0], [*rest, *options.targets[1:]])
    from tests.hard.targets import TARGETS

    print(f"{'target':<14}{'inputs tried':>14}{'edges':>8}{'broken by':>11}")
    total, broken = 0, 0
    for name in options.targets or TARGETS:
        tried, edges, found = search(name, options.seconds)
        total, broken = total + tried, broken + len(found)
        print(f"{name:<14}{tried:>14,}{edges:>8,}{len(found):>11}", flush=True)
        for path in found:
            print(f"  {path.relative_to(ROOT)}")
    print(f"{'together':<14}{total:>14,}{'':>8}{broken:>11}")
    raise SystemExit(1 if broken else 0)


if __name__ == "__main__":
    main()
