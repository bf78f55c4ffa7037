"""Check that no regular expression of claimex backtracks without bound; print how many were looked at and which do.

    python scripts/regexes.py [EXPRESSION...]

Looked at are all that claimex compiles while its modules are imported and a text is read, unless expressions are given.
regexploit finds the ways in which their repeats can share one text; with three repeats of one text the time grows with
the cube of its length. Possessive repeats (`*+`) and atomic groups give nothing back; they are looked at as if they
did, and what is bounded even so is bounded without.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import warnings
from typing import Any

SENTENCE = "Chad sent 1,200 soldiers to Gao, the army said on Tuesday. Russia and Chad signed a treaty in 2024."
CUBE = 3
Expression = tuple[str | bytes, int]


def of_claimex() -> dict[Expression, str]:
    """Pattern and flags of each expression to the line of claimex that compiles it."""
    found: dict[Expression, str] = {}
    compiled = re._compile  # type: ignore[attr-defined]

    def watched(pattern: Any, flags: int) -> Any:
        expression = compiled(pattern, flags)
        caller = sys._getframe(2)
        package, _, module = caller.f_code.co_filename.replace("\\", "/").rpartition("/claimex/")
        if package:
            found.setdefault((expression.pattern, expression.flags), f"{module}:{caller.f_lineno}")
        return expression

    re._compile = watched  # type: ignore[attr-defined]
    import claimex

    for module in pkgutil.walk_packages(claimex.__path__, "claimex."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    claimex.load()(SENTENCE)
    return found


def main() -> None:
    """Print what there is; exit status 1 where an expression backtracks."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # regexploit reads them with a module that Python hides
        from regexploit.ast.sre import SreOpParser
        from regexploit.redos import find

    class Parser(SreOpParser):  # type: ignore[misc]
        """Knows the two constructs that Python has had since 3.11."""

        possessive = False

        def from_POSSESSIVE_REPEAT(self, data: Any) -> Any:  # noqa: N802 (regexploit's names)
            self.possessive = True
            return self.from_MAX_REPEAT(data)

        def from_ATOMIC_GROUP(self, data: Any) -> Any:  # noqa: N802
            self.possessive = True
            return self.sequence_or_singleton(data)

    given = {(pattern, 0): "given" for pattern in sys.argv[1:]}
    expressions = given or of_claimex()
    bad, possessive = [], 0
    for (pattern, flags), place in expressions.items():
        text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
        parser = Parser()
        repeats = max((redos.starriness for redos in find(parser.parse_sre(text, flags))), default=0)
        possessive += parser.possessive
        if repeats >= CUBE:
            bad.append(f"{place}: time grows with the {repeats}th power: {text!r}")
    print(*bad, sep="\n", end="\n" if bad else "")
    print(f"{len(expressions)} expressions, {possessive} of them possessive, {len(bad)} backtrack without bound")
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()
