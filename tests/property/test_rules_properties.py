"""Rule files and settings that strangers write: whatever stands in them, an error is one of claimex's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomlkit
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimex.cli.app import app
from claimex.cli.settings import defaults, options_of, read_settings
from claimex.errors import RuleError, UsageError
from claimex.layering import lay_over
from claimex.lexicon import parsed, read_bytes
from claimex.rule_files import RuleFile, rule_files

FILES = [file for file in rule_files().values() if file.place[1].endswith(".toml")]
COMMANDS = options_of(typer.main.get_command(app))
WORDS = st.text(alphabet="abc .-_é", max_size=6)
SCALARS = st.one_of(WORDS, st.integers(-9, 9), st.booleans(), st.floats(allow_nan=False, width=16))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=6,
)


def tables(data: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Tables with some of the keys of others, and values of every sort."""
    near = {
        key: st.one_of(VALUES, st.just(value), tables(value) if isinstance(value, dict) and value else VALUES)
        for key, value in list(data.items())[:6]
    }
    entries = [value[0] for value in data.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    lists = [st.lists(st.one_of(VALUES, tables(entry)), max_size=2) for entry in entries[:2]]
    some = st.fixed_dictionaries({}, optional=near)
    keys = [key for key, value in data.items() if isinstance(value, list) and value and isinstance(value[0], dict)]
    more = st.fixed_dictionaries({}, optional=dict(zip(keys, lists, strict=False)))
    return st.builds(lambda a, b, c: {**a, **b, **c}, some, more, st.dictionaries(WORDS, VALUES, max_size=1))


@st.composite
def laid_over(draw: st.DrawFn) -> tuple[RuleFile, dict[str, Any]]:
    """A rule file of the package, and something that might be laid over it."""
    file = draw(st.sampled_from(FILES))
    return file, draw(tables(parsed(read_bytes(*file.place), "")))


QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


@given(laid_over())
@QUICK
def test_rules_of_strangers(tmp_path: Path, case: tuple[RuleFile, dict[str, Any]]) -> None:
    """They are laid over the package's, or refused with a sentence that names the file."""
    file, new = case
    path = tmp_path / "mine.toml"
    path.write_text(tomlkit.dumps(new), encoding="utf-8")
    lay_over({file.place: [path]})
    try:
        assert file.read() is not None
    except RuleError as error:
        assert str(error).startswith(f"{path}: ")
    finally:
        lay_over({})


@given(st.dictionaries(st.one_of(st.sampled_from([*COMMANDS, "format", "kind"]), WORDS), VALUES, max_size=3))
@QUICK
def test_settings_of_strangers(tmp_path: Path, data: dict[str, Any]) -> None:
    """They are taken, or refused with a sentence that names the file."""
    (tmp_path / "claimex.toml").write_text(tomlkit.dumps(data), encoding="utf-8")
    try:
        assert set(defaults(read_settings(tmp_path, {}, COMMANDS), COMMANDS).values) == set(COMMANDS)
    except UsageError as error:
        assert str(error).startswith("claimex.toml")


@given(st.dictionaries(st.builds("CLAIMEX_{}".format, st.text(alphabet="SHOWFRMAT_", max_size=12)), WORDS, max_size=3))
@QUICK
def test_variables_of_strangers(tmp_path: Path, environment: dict[str, str]) -> None:
    """They are taken, or refused with a sentence that names the variable."""
    try:
        defaults(read_settings(tmp_path, environment, COMMANDS), COMMANDS)
    except UsageError as error:
        assert any(variable in str(error) for variable in environment)
