"""A user's rule files over those of the package: what they add, what they may not change, and how errors read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import claimex
import claimex.pipeline
from claimex.claims import kinds
from claimex.cli.app import app
from claimex.errors import RuleError
from claimex.gazetteer import lookup
from claimex.normalize.published import published_date
from claimex.pipeline import build_nlp
from claimex.rule_files import MODELS, rule_files, rules_digest, use_rules, user_files

Lay = Callable[..., Path]


@pytest.fixture
def lay(tmp_path: Path) -> Iterator[Lay]:
    """Writes rule files of these contents in a folder and lays them over the package's until the test ends."""
    folders = iter("abcdef")

    def write(**contents: str) -> Path:
        folder = tmp_path / next(folders)
        folder.mkdir()
        for name, content in contents.items():
            stem, _, suffix = name.rpartition("_")
            (folder / f"{stem}.{suffix}").write_text(content, encoding="utf-8")
        return folder

    yield write
    use_rules(())


def quotes(nlp: Any, text: str, kind: str) -> list[str]:
    """What the claims of a kind quote."""
    return [claim.evidence.quote for claim in nlp(text)._.claims if claim.kind == kind]


def test_the_table_has_every_file() -> None:
    """Of the package's rule files (how gold is scored is no rule of extraction), and of every kind that has one."""
    named = {item.name for item in files("claimex.rules").iterdir() if item.name.endswith((".toml", ".jsonl", ".tsv"))}
    own = {f"{kind.name}.toml" for kind in kinds().values() if kind.rules is not None}
    assert set(rule_files()) == (named - {"evaluate.toml"}) | own
    assert own == {"troop_count.toml", "treaty_event.toml"}
    assert set(MODELS) <= named
    for file in rule_files().values():
        assert file.read() is not None


def test_how_an_agreement_ends_is_looked_for_before_the_parse_too(nlp: Any, lay: Lay) -> None:
    """A verb of one's own, by the layer and by the scan that decides what is parsed."""
    needed = build_nlp(parse="needed")
    text = "Chad and Niger signed a peace treaty in May.\n\nShops have been empty ever since it crumbled.\n"

    def taken_up() -> list[bool]:
        return ["it" in {mention.span.text for mention in pipeline(text)._.treaties} for pipeline in (nlp, needed)]

    assert taken_up() == [False, False]
    use_rules([lay(treaty_toml='[chains]\nbeginning = ["crumble"]\n')])
    assert taken_up() == [True, True]


def test_the_name_of_a_month_is_one_everywhere(nlp: Any, lay: Lay) -> None:
    """In dates of a text, in what counts nobody, in dates of publication."""
    text = "The 12 Jenner talks failed."

    def read() -> tuple[list[str], list[str], str | None]:
        doc = nlp(text)
        counted = [mention.span.text for mention in doc._.quantities]
        return [date.span.text for date in doc._.dates], counted, published_date("12 Jenner 2013")

    assert read() == ([], ["The 12 Jenner talks"], None)
    use_rules([lay(dates_toml="[months]\njenner = 1\n")])
    assert read() == (["The 12 Jenner"], [], "2013-01-12")


def test_words_and_rules_are_added(nlp: Any, lay: Lay) -> None:
    """A noun to a list, a verb to a rule of the package, a rule of one's own: what was known before still holds."""
    spahis, vexed = "About 300 spahis were posted to Gao.", "Chad flubbed the treaty with Niger."
    soldiers = "About 300 soldiers were posted to Gao."
    assert quotes(nlp, spahis, "troop_count") == quotes(nlp, vexed, "treaty_event") == []
    troops = '[heads]\ninherent = ["spahi"]\n'
    treaties = """
[[rule]]
id = "treaty.my.flub"
stage = "violated"
words = ["flub"]
relations = ["object"]
note = "A verb that no dictionary has."
yes = ["Chad flubbed the treaty with Niger."]
no = ["Chad signed the treaty with Niger."]
"""
    use_rules(lay(troop_count_toml=troops, treaty_event_toml=treaties))
    assert quotes(nlp, spahis, "troop_count") == ["About 300 spahis"]
    assert quotes(nlp, soldiers, "troop_count") == ["About 300 soldiers"]
    (event,) = (claim for claim in nlp(vexed)._.claims if claim.kind == "treaty_event")
    assert (event.stage, event.evidence.rule) == ("violated", "treaty.my.flub")
    use_rules(())
    assert quotes(nlp, spahis, "troop_count") == []


def test_words_for_a_rule_of_the_package(nlp: Any, lay: Lay) -> None:
    """By its id, whether the file writes its words as a list or in one string; folders are laid one over the other."""
    sentence = "The minister blorted that Chad will flub the treaty with Niger."
    one = lay(attribution_toml='[[verb]]\nid = "attribution.clause.speech"\nwords = "blort"\n')
    two = lay(treaty_event_toml='[[rule]]\nid = "treaty.sign.object"\nwords = ["flub"]\n')
    use_rules([one, two])
    (claim,) = (claim for claim in nlp(sentence)._.claims if claim.kind == "treaty_event")
    assert claim.stage == "signed"
    assert claim.attribution is not None
    assert claim.attribution.cue == "blorted"
    assert [path.name for path in user_files()] == ["attribution.toml", "treaty_event.toml"]


def test_names_are_added(nlp: Any, lay: Lay) -> None:
    """An entity of one's own, more names for a known one, and a city."""
    rows = [
        {"id": "group:red-spears", "name": "Red Spears", "type": "armed_group", "country": "iso3166:TCD"},
        {"id": "iso3166:PRK", "name": "North Korea", "type": "country", "aliases": ["Chosonland"]},
    ]
    text = "The Red Spears and Chosonland sent 30 fighters to Zyxwville."
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    use_rules(lay(gazetteer_jsonl=lines, cities_tsv="99999999\tZyxwville\tTCD\t12000\t\n"))
    named = {m.span.text: m.entity.id for m in nlp(text)._.entity_mentions}
    assert named == {
        "Red Spears": "group:red-spears",
        "Chosonland": "iso3166:PRK",
        "Zyxwville": "geonames:99999999",
    }
    assert [entry.id for entry in lookup("DPRK")] == ["iso3166:PRK"]


BAD = [
    ("treaty.toml", "threshold = 2\n", "field threshold: it is 3 in the package and cannot be changed"),
    ("treaty.toml", "treshold = 3\n", "field treshold: Extra inputs are not permitted"),
    (
        "treaty.toml",
        '[[noun]]\nwords = ["x"]\ntype = "pact"\nweight = "much"\n',
        "field noun.entry 1.weight: In",
    ),
    ("treaty.toml", "[[noun]\n", "not valid TOML (Expected ']]' at the end of an array declaration (at line 1,"),
    ("numbers.toml", "[plurals]\ndozens = [20, 99]\n", "field plurals.dozens: it is [24, 99] in the package"),
    ("numbers.toml", 'words = ["x"]\n', "field words: give a table, as the package does"),
    ("troop_count.toml", '[heads]\ninherent = "spahi"\n', "field heads.inherent: give a list, as the package does"),
    ("troop_count.toml", '[heads]\ninherent = ["spahi", ""]\n', "field heads.inherent: '' is no word"),
    ("troop_count.toml", '[heads]\ninherent = ["["]\n', "field heads.inherent: '[' is no word; write one"),
    ("treaty.toml", '[names]\npact = ["%"]\n', "field names.pact: '%' is no word; write one"),
    ("treaty.toml", '[[noun]]\nwords = ["?"]\n', "field noun.entry 1.words: '?' is no word; write one"),
    ("numbers.toml", '[words]\n"!" = 3\n', "field words: '!' is no word; write one"),
    (
        "troop_count.toml",
        '[[rule]]\nid = "troop.killed.object"\nactivity = "wounded"\nwords = ["x"]\n',
        "rule troop.killed.object, field activity: it is 'killed' in the package and cannot be changed",
    ),
    (
        "troop_count.toml",
        '[[rule]]\nid = "troop.killed.objct"\nwords = ["x"]\n',
        "rule troop.killed.objct, field note: it is missing; what is added to a rule of the package needs its id",
    ),
    (
        "factuality.toml",
        '[[modifier]]\nid = "factuality.not"\nwords = ["nix", 3]\n',
        "rule factuality.not, field words",
    ),
    (
        "factuality.toml",
        '[[governor]]\nid = "factuality.governor.prevent"\n[governor.words]\nobject = ["plan"]\n',
        "'plan' with 'object' stands in factuality.governor.",
    ),
    ("treaties.toml", "", "no rule file has this name; call it treaty.toml"),
    ("mine.toml", "", "no rule file has this name; `claimex rules --files` lists those there are"),
    ("gazetteer.jsonl", '{"id": "group:x", "name": "X"}\n', "line 1 (group:x): Object missing required field `type`"),
    ("gazetteer.jsonl", '\n{"id": "group:x", "nam": "X"}\n', "line 2 (group:x): Object contains unknown field `nam`"),
    ("gazetteer.jsonl", '{"id": "group:x", "name": "?", "type": "other"}\n', "line 1 (group:x): Expected `str`"),
    ("gazetteer.jsonl", "{\n", "line 1: Input data was truncated"),
    (
        "gazetteer.jsonl",
        '{"id": "iso3166:PRK", "name": "Korea", "type": "country"}\n',
        "line 1 (iso3166:PRK), field name: it is 'North Korea' in the package and cannot be changed",
    ),
    (
        "gazetteer.jsonl",
        '{"id": "group:x", "name": "X", "type": "armed_group", "country": "iso3166:XYZ"}\n',
        "line 1 (group:x), field country: no entry has the id 'iso3166:XYZ'",
    ),
    ("cities.tsv", "Zyxwville\tTCD\n", "line 1: write GeoNames number, name, country"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD, ids=[f"{n}-{i}" for i, (n, *_) in enumerate(BAD)])
def test_errors_name_file_rule_and_field(nlp: Any, lay: Lay, name: str, content: str, message: str) -> None:
    """In one sentence; and nothing is laid over the package then."""
    folder = lay(**{name.replace(".", "_"): content})
    before = rules_digest()
    with pytest.raises(RuleError) as raised:
        use_rules(folder)
    assert str(raised.value).startswith(f"{folder / name}: ")
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)
    assert rules_digest() == before
    assert user_files() == []


def test_folders_without_rules(tmp_path: Path) -> None:
    """A folder that is not there, one with nothing in it; other files and hidden ones are passed over."""
    with pytest.raises(RuleError, match="none: no folder of rules"):
        use_rules(tmp_path / "none")
    (tmp_path / "README.md").touch()
    (tmp_path / ".treaties.toml").touch()
    with pytest.raises(RuleError, match="there is no rule file in this folder"):
        use_rules(str(tmp_path))


def test_the_digest_tells_rules_apart(lay: Lay) -> None:
    """Same rules, same hash, wherever the folder is; other rules, another one."""
    plain = rules_digest()
    content = '[heads]\ninherent = ["spahi"]\n'
    digests = []
    for text in (content, content, content.replace("spahi", "uhlan")):
        use_rules(lay(troop_count_toml=text))
        digests.append(rules_digest())
    assert digests[0] == digests[1] != digests[2]
    assert plain not in digests
    use_rules(())
    assert rules_digest() == plain


def test_extract_with_rules(nlp: Any, lay: Lay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run record names the files; a mistake in them ends the run before it begins, with status 3."""
    monkeypatch.setattr(claimex.pipeline, "build_nlp", lambda *args, **options: nlp)
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("About 300 spahis were posted to Gao.\n", encoding="utf-8")
    folder = lay(troop_count_toml='[heads]\ninherent = ["spahi"]\n').name
    arguments = ["extract", "a.txt", "-o", "claims.jsonl", "--kind", "troop_count", "--rules"]
    assert CliRunner().invoke(app, [*arguments, folder]).exit_code == 0
    assert json.loads(Path("claims.jsonl").read_text(encoding="utf-8"))["unit"] == "spahis"
    (rules,) = json.loads(Path("claims.run.json").read_text(encoding="utf-8"))["options"]["rules"]
    assert rules["path"] == f"{folder}/troop_count.toml"
    assert len(rules["sha256"]) == 64
    done = CliRunner().invoke(app, [*arguments, lay(troop_count_toml="heds = 1\n").name])
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr == "claimex: b/troop_count.toml: field heds: Extra inputs are not permitted; mend the file\n"


def test_rules_as_a_library(lay: Lay) -> None:
    """One folder or several; the last call decides."""
    claimex.use_rules(lay(troop_count_toml='[heads]\ninherent = ["spahi"]\n'))
    assert len(user_files()) == 1
    claimex.use_rules([])
    assert user_files() == []
