"""A user's own names laid over the gazetteer: rows of `gazetteer.jsonl` and of `cities.tsv`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec

from claimex.errors import RuleError
from claimex.layering import laid_over
from claimex.vocabulary import EntityType

PACKAGE = "claimex.rules"
NAMES, CITIES = "gazetteer.jsonl", "cities.tsv"
COLUMNS = 5

Word = Annotated[str, msgspec.Meta(min_length=1, pattern=r"[^\W_]")]
Words = list[Word]


class Row(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A line of gazetteer.jsonl; what the fields mean stands in `claimex.gazetteer.Entry`."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+:[^\s:]+$")]
    name: Word
    type: EntityType
    country: Word | None = None
    aliases: Words = []
    short: Words = []
    lower: Words = []
    demonyms: Words = []
    combining: Words = []
    shared: Words = []
    governs: Word | None = None
    former: tuple[str, int] | None = None
    palace: bool = False
    weak: bool = False
    population: int = 0
    years: tuple[int, int] | None = None
    office: Word | None = None


def user_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The package's rows with those that users lay over them: new ones, and more names for one of the same id.

    Raises RuleError naming file, line, id and field where a row does not fit.
    """
    files = laid_over(PACKAGE, NAMES)
    if not files:
        return rows
    out = list(rows)
    place = {row["id"]: n for n, row in enumerate(out)}
    referring = []
    for path in files:
        for where, row in _read(path):
            if row["id"] in place:
                out[place[row["id"]]] = _longer(out[place[row["id"]]], row, where)
            else:
                place[row["id"]] = len(out)
                out.append(row)
            referring += [(where, field, row[field]) for field in ("country", "governs") if field in row]
    for where, field, other in referring:
        if other not in place:
            raise RuleError(f"{where}, field {field}: no entry has the id {other!r}; add one, or leave the field out")
    return out


def _read(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in _lines(path):
        where = f"{path}: line {number}"
        try:
            row = msgspec.json.decode(line, type=Row)
        except msgspec.MsgspecError as error:
            raise RuleError(f"{where}{_id_of(line)}: {error}; mend the line") from error
        yield f"{where} ({row.id})", msgspec.to_builtins(row)


def _id_of(line: str) -> str:
    """The id of a row that does not fit, where it has one."""
    try:
        row = msgspec.json.decode(line)
    except msgspec.MsgspecError:
        return ""
    return f" ({row['id']})" if isinstance(row, dict) and isinstance(row.get("id"), str) else ""


def _longer(old: dict[str, Any], new: dict[str, Any], where: str) -> dict[str, Any]:
    out = dict(old)
    for field, value in new.items():
        if isinstance(value, list) and field not in ("former", "years"):
            out[field] = list(dict.fromkeys([*old.get(field, ()), *value]))
        elif old.get(field, value) != value:
            raise RuleError(
                f"{where}, field {field}: it is {old[field]!r} in the package and cannot be changed; "
                "give the entry an id of its own, or leave the field out"
            )
        else:
            out[field] = value
    return out


def user_cities() -> list[str]:
    """The lines that users lay over cities.tsv.

    Raises RuleError naming file and line where one does not fit.
    """
    found = []
    for path in laid_over(PACKAGE, CITIES):
        for number, line in _lines(path):
            cells = line.split("\t")
            named = len(cells) == COLUMNS and any(map(str.isalnum, cells[1]))
            if not (named and cells[0].isdecimal() and cells[3].isdecimal()):
                raise RuleError(
                    f"{path}: line {number}: write GeoNames number, name, country (ISO 3166, three letters), "
                    "population, and ? or nothing, with tabs between them"
                )
            found.append(line)
    return found


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that say something, by number."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise RuleError(f"{path}: cannot be read ({error.strerror}); check the path and its mode") from error
    except UnicodeDecodeError as error:
        raise RuleError(f"{path}: byte {error.start} is not valid UTF-8; save the file as UTF-8") from error
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
