"""Options that files and the environment set: pyproject.toml, claimex.toml, CLAIMEX_*. The command line beats them all.

The stronger one decides, option by option: the command line, the environment, claimex.toml, the table [tool.claimex] of
pyproject.toml, what `--help` gives as default. In each of them a command's own value goes before one for all commands.
Files are those of the folder that claimex is started in.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from claimex.errors import UsageError
from claimex.normalize.spelling import closest

FILE, PROJECT, TABLE, PREFIX = "claimex.toml", "pyproject.toml", "tool.claimex", "CLAIMEX_"
ENVIRONMENT = "environment"
SEPARATOR = ";"
"""Between the values of a repeatable option in an environment variable."""
SHARED = ("color", "model", "published", "quiet", "rules", "verbose")
"""Options that mean the same in every command that has them: these alone are set for all commands at once."""
WORDS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Setting:
    """A value for an option: of one command, or of all that have it."""

    command: str | None
    key: str
    value: Any
    source: str
    """The file that it stands in, or the environment."""
    name: str
    """What it is called there: a dotted key, or a variable."""

    @property
    def is_text(self) -> bool:
        """Whether it is a string that may stand for something else, as all are in the environment."""
        return self.source == ENVIRONMENT

    @property
    def where(self) -> str:
        """Where it stands, for people: "claimex.toml, key extract.output"."""
        return f"{self.source}, {'variable' if self.is_text else 'key'} {self.name}"


@dataclass(frozen=True, slots=True)
class Option:
    """What a command's option takes."""

    name: str
    """Its name in Python."""
    repeatable: bool
    flag: bool


Commands = Mapping[str, Mapping[str, Option]]
"""Command to its options, by what settings call them: `--files-from` is `files-from`."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What takes the place of the defaults, for each command by the option's name in Python."""

    values: dict[str, dict[str, Any]]
    where: dict[tuple[str, str], str]
    """Command and option to the place of its value."""


def settings_files(folder: Path) -> list[Path]:
    """The files with settings in a folder, the weaker one first."""
    project, own = folder / PROJECT, folder / FILE
    # Most projects do not speak of claimex: the parser is not even imported for them.
    found = [project] if project.is_file() and TABLE.encode() in _bytes(project) else []
    return [*found, own] if own.is_file() else found


def read_settings(folder: Path, environment: Mapping[str, str], commands: Commands) -> list[Setting]:
    """Every setting, the weaker ones first.

    Raises UsageError for a file that cannot be read, and for a table that is named like no command.
    """
    found: list[Setting] = []
    for path in settings_files(folder):
        found += _of_file(path, commands)
    return found + list(_of_environment(environment, commands))


def defaults(settings: list[Setting], commands: Commands) -> Defaults:
    """What the settings come to.

    Raises UsageError naming the place of a setting for no option, or of a value that its option does not take.
    """
    values: dict[str, dict[str, Any]] = {command: {} for command in commands}
    where: dict[tuple[str, str], str] = {}
    for setting in _generic_first(settings):
        for command in _commands_of(setting, commands):
            option = commands[command][setting.key]
            values[command][option.name] = _value(setting, option)
            where[command, option.name] = setting.where
    return Defaults(values, where)


def _generic_first(settings: list[Setting]) -> Iterator[Setting]:
    """The settings of each file with those for all commands in front of those for one."""
    for source in dict.fromkeys(setting.source for setting in settings):
        own = [setting for setting in settings if setting.source == source]
        yield from sorted(own, key=lambda setting: setting.command is not None)


def _of_file(path: Path, commands: Commands) -> Iterator[Setting]:
    import tomllib

    try:
        data = tomllib.loads(_bytes(path).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path.name}: not valid TOML ({error}); mend the file") from error
    above = ""
    if path.name == PROJECT:
        above = f"{TABLE}."
        for part in TABLE.split("."):
            data = data.get(part, {}) if isinstance(data, dict) else {}
    if not isinstance(data, dict):
        raise UsageError(f"{path.name}, key {TABLE}: this is no table; write [{TABLE}]")
    for key, value in data.items():
        if isinstance(value, dict):
            if key not in commands:
                near = _near(key, commands)
                raise UsageError(f"{path.name}, key {above}{key}: there is no command {key!r}{near}")
            for name, inner in value.items():
                yield Setting(key, name.replace("_", "-"), inner, path.name, f"{above}{key}.{name}")
        else:
            yield Setting(None, key.replace("_", "-"), value, path.name, f"{above}{key}")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path.name}: cannot be read ({error.strerror}); mend its mode or move it away") from error


def _of_environment(environment: Mapping[str, str], commands: Commands) -> Iterator[Setting]:
    for variable in sorted(environment):
        if not variable.startswith(PREFIX):
            continue
        name = variable.removeprefix(PREFIX).lower().replace("_", "-")
        command = next((c for c in commands if name.startswith(f"{c}-") and name[len(c) + 1 :] in commands[c]), None)
        key = name if command is None else name[len(command) + 1 :]
        yield Setting(command, key, environment[variable], ENVIRONMENT, variable)


def _commands_of(setting: Setting, commands: Commands) -> list[str]:
    """The commands that a setting is for.

    Raises UsageError where there is none.
    """
    asked = commands if setting.command is None else [setting.command]
    found = [command for command in asked if setting.key in commands[command]]
    if found and setting.command is None and setting.key not in SHARED:
        raise UsageError(
            f"{setting.where}: --{setting.key} is another option in each command; {_of_one(setting, found[0])}"
        )
    if not found and setting.is_text:
        names = {f"{PREFIX}{key}".upper().replace("-", "_") for key in _variables(commands)}
        raise UsageError(f"{setting.where}: no option has this name{_near(setting.name, names)}")
    if not found:
        known = {key for command in asked for key in commands[command]}
        of = f" of claimex {setting.command}" if setting.command else ""
        raise UsageError(f"{setting.where}: there is no option --{setting.key}{of}{_near(setting.key, known)}")
    return found


def _of_one(setting: Setting, command: str) -> str:
    """How to set an option for one command."""
    variable = f"{PREFIX}{command}_{setting.key}".upper().replace("-", "_")
    return f"name one: {variable}" if setting.is_text else f"write it below one: [{command}]"


def _variables(commands: Commands) -> Iterator[str]:
    for command, options in commands.items():
        for key in options:
            yield from (*((key,) if key in SHARED else ()), f"{command}-{key}")


def _near(name: str, known: Any) -> str:
    near = closest(name, known, limit=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _value(setting: Setting, option: Option) -> Any:
    """The value as the command line would hand it on.

    Raises UsageError for one that its option does not take.
    """
    value = setting.value
    if option.flag:
        if setting.is_text:
            value = WORDS.get(value.strip().lower())
        if not isinstance(value, bool):
            raise UsageError(f"{setting.where}: this is a switch; write true or false")
        return value
    if option.repeatable:
        parts = value.split(SEPARATOR) if setting.is_text else value if isinstance(value, list) else [value]
        return [_text(part, setting).strip() for part in parts]
    return _text(value, setting)


def _text(value: Any, setting: Setting) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        raise UsageError(f"{setting.where}: write one value, a word or a number")
    return value.isoformat() if isinstance(value, date) else str(value)


def options_of(program: Any) -> Commands:
    """The commands of a program with their options, as settings call them: by the longest of their names."""
    return {
        name: {
            max(option.opts, key=len).lstrip("-"): Option(
                str(option.name), repeatable=option.multiple, flag=option.is_flag
            )
            for option in command.params
            if option.param_type_name == "option"
        }
        for name, command in program.commands.items()
    }


def current_settings(commands: Commands) -> list[Setting]:
    """The settings of the folder and the environment that the program runs in."""
    return read_settings(Path(), os.environ, commands)
