"""The gazetteer: its data is sane, and names are found in it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from claimex.gazetteer import canonical, country_of, gazetteer, known_names, lookup
from claimex.normalize.names import fold, slug
from claimex.vocabulary import EntityType

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "src" / "claimex" / "rules"
ROWS = [json.loads(line) for line in (RULES / "gazetteer.jsonl").read_text(encoding="utf-8").splitlines()]
CITIES = [line.split("\t") for line in (RULES / "cities.tsv").read_text(encoding="utf-8").splitlines()]


def test_entries_are_sorted_with_unique_ids() -> None:
    """One entry a line, in the order of their ids, no id twice, in both files."""
    ids = [row["id"] for row in ROWS]
    numbers = [int(row[0]) for row in CITIES]
    assert ids == sorted(set(ids))
    assert numbers == sorted(set(numbers))
    assert not set(ids) & {f"geonames:{number}" for number in numbers}


def test_types_and_references_are_known() -> None:
    """Types are those of the claim format; every country that an entry names is an entry."""
    known = {row["id"] for row in ROWS}
    assert {row["type"] for row in ROWS} <= set(get_args(EntityType))
    named = {row[key] for row in ROWS for key in ("country", "governs") if key in row}
    assert named | {row["former"][0] for row in ROWS if "former" in row} <= known
    assert {f"iso3166:{row[2]}" for row in CITIES} <= known


def test_a_sure_name_means_one_entry() -> None:
    """Only acronyms that need support and shared surnames lead to several entries."""
    owners: dict[str, set[str]] = {}
    for row in ROWS:
        for name in (row["name"], *row.get("aliases", ())):
            owners.setdefault(fold(name) + "!" * name.isupper(), set()).add(row["id"])
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}
    assert not {row[1] for row in CITIES} & {row["name"] for row in ROWS}


def test_names_are_plain() -> None:
    """Canonical names have no diacritics and no leading article, newspapers aside."""
    for row in ROWS:
        assert row["name"].isascii(), row["name"]
        assert row["name"] == row["name"].strip()
        assert "organisation" in row["type"] or not row["name"].startswith("the "), row["name"]


def test_data_is_small() -> None:
    """The package stays light."""
    assert (RULES / "gazetteer.jsonl").stat().st_size + (RULES / "cities.tsv").stat().st_size < 500_000


def test_files_are_what_the_sources_make() -> None:
    """The hand-written sources and the built files agree."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "build_gazetteer.py"), "--check"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_needs_neither_spacy_nor_pydantic() -> None:
    """The command line resolves names without them."""
    code = (
        "import sys; from claimex.gazetteer import canonical; assert canonical('DPRK') == 'North Korea'; "
        "print(*{'spacy', 'numpy', 'pydantic'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("DPRK", "North Korea"),
        ("d.p.r.k.", "North Korea"),
        ("north korea", "North Korea"),
        ("North Koreans", "North Korea"),
        ("the U.S.", "United States"),
        ("america", "United States"),
        ("Britain", "United Kingdom"),
        ("Türkiye", "Turkey"),
        ("Czechia", "Czech Republic"),
        ("Burma", "Myanmar"),
        ("USSR", "Soviet Union"),
        ("Zelenskyy", "Volodymyr Zelensky"),
        ("kim jong-un", "Kim Jong Un"),
        ("Kiev", "Kyiv"),
        ("Kursk", "Kursk"),
        ("geonames:538560", "Kursk"),
        ("iso3166:PRK", "North Korea"),
        ("org:nato", "NATO"),
        ("IMF", "International Monetary Fund"),
        ("ISIS", "Islamic State"),
        ("GAM", "Free Aceh Movement"),
        ("FMLN", "Farabundo Marti National Liberation Front"),
        ("Jabhat al-Nusra", "Al-Nusra Front"),
        ("LTTE", "Liberation Tigers of Tamil Eelam"),
        ("UNIFIL", "United Nations"),
        ("Côte d’Ivoire", "Ivory Coast"),
        ("Clinton", None),
        ("Nobody in Particular", None),
        ("", None),
    ],
)
def test_canonical(said: str, name: str | None) -> None:
    """Names, aliases, demonyms and ids in any case lead to the canonical name; unknown and shared ones to None."""
    assert canonical(said) == name


def test_names_that_nobody_knows_are_not_kept() -> None:
    """They would be, one by one, as long as a process reads."""
    names = gazetteer()
    names.forms("kyiv")
    before = len(names._forms)
    assert names.forms("zabrinsk") == ()
    assert len(names._forms) == before


def test_shared_names_keep_all_their_entries() -> None:
    """A surname of several people is no one's alone."""
    assert {entry.name for entry in lookup("Clinton")} == {"Bill Clinton", "Hillary Clinton"}


@pytest.mark.parametrize(
    ("said", "country"),
    [("Kursk", "Russia"), ("Darfur", "Sudan"), ("Hezbollah", "Lebanon"), ("Duma", "Russia"), ("Chad", "Chad")],
)
def test_country_of(said: str, country: str) -> None:
    """Places, groups, institutions and people lead to their country."""
    found = country_of(lookup(said)[0].id)
    assert found is not None
    assert found.name == country
    assert country_of("place:nowhere") is None


def test_every_form_leads_back_to_its_entry() -> None:
    """All entries and all forms can be made; every canonical name is found."""
    names = gazetteer()
    for key in names.keys():  # noqa: SIM118  (not a dict)
        assert names.forms(key), key
    for id_ in names.ids():
        entry = names.entry(id_)
        assert entry is not None
        assert entry.id in {found.id for found in lookup(entry.name)}, entry.name


def test_known_names_have_their_capitals() -> None:
    """What the recaser is told: single names, acronyms, names of several words."""
    known = known_names()
    assert {"Turkey", "Polish", "Aleppo", "Monday"} <= known.words
    assert "May" not in known.words
    assert ("North", "Korea") in known.phrases["north"]
    assert ("FMLN",) in known.phrases["fmln"]
    assert ("al", "-", "Qaeda") in known.phrases["al"]


@pytest.mark.parametrize(
    ("name", "key"),
    [("The U.S.", "us"), ("N’Djamena", "ndjamena"), ("Al-Qa'ida", "al qaida"), ("  São\nTomé ", "sao tome"), ("", "")],
)
def test_fold(name: str, key: str) -> None:
    """Keys ignore case, marks and the article."""
    assert fold(name) == key


def test_slug() -> None:
    """Identifiers are lower-case words; a name without letters still has one."""
    assert slug("The Łódź Group (LG)") == "lodz-group-lg"
    assert slug("!?") == "unnamed"
