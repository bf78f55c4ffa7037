"""No regular expression backtracks without bound, whatever text it is asked about."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT


def checked(*expressions: str) -> tuple[int, str]:
    """Exit status and last line of `scripts/regexes.py`."""
    command = [sys.executable, "scripts/regexes.py", *expressions]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return done.returncode, (done.stdout.splitlines() or [done.stderr])[-1]


def test_those_of_claimex() -> None:
    """All that its modules make, from rules too."""
    status, said = checked()
    assert said.endswith("0 backtrack without bound")
    assert int(said.partition(" ")[0]) > 50
    assert status == 0


def test_the_check_sees_those_that_do() -> None:
    """One in which a star stands in a star, and one in which three share a text."""
    assert checked("(a+)+$", "a*a*a*b", r"\d+") == (
        1,
        "3 expressions, 0 of them possessive, 2 backtrack without bound",
    )


def test_what_gives_nothing_back_is_looked_at_as_if_it_did() -> None:
    """An expression with a possessive repeat is no exception: what stands beside the repeat counts."""
    assert checked(r"(?>a+)a+a+b", r"[\s,]*+", r"\*+x") == (
        1,
        "3 expressions, 2 of them possessive, 1 backtrack without bound",
    )
