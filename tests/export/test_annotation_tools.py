"""Label Studio and doccano: what goes out marks the right words, and what comes back is gold."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from claimex.claims import kinds
from claimex.evaluate.fields import FIELDS, gold_claim
from claimex.evaluate.gold import read_gold
from claimex.export.formats import FORMATS
from claimex.export.source import ArticleTexts, Source
from claimex.model import text_sha256
from tests.export.claims import exported, seed_claims
from tests.report.pages import count, entity, event, plain

EMOJI = (
    "👨‍🚒🔥 Today 📉: about 2,000 Chadian soldiers 🇹🇩 are in Gao, the army 🪖 said.\r\n"
    "Chad signed ✍🏽 the Lake Accord. e\u0301 \u202e1,200 soldiers\u202c left."
)


def emoji_claims(folder: Path) -> list[dict[str, Any]]:
    """Claims behind emoji of one and of many code points, a carriage return, and direction marks."""
    path = folder / "emoji.txt"
    path.write_bytes(EMOJI.encode())
    return [
        entity(path, EMOJI, "Chad", "Chadian", "Gao"),
        count(
            path, EMOJI, "about 2,000 Chadian soldiers", "~2,000", said_by=("the army", "said"), factuality="reported"
        ),
        event(path, EMOJI, "signed", "the Lake Accord"),
        count(path, EMOJI, "1,200 soldiers", "1,200", force="Mali", activity="withdrawn"),
    ]


CLAIM_ID = {"type": "string", "minLength": 1}
TASKS = {
    "type": "array",
    "items": {
        "required": ["data", "predictions"],
        "additionalProperties": False,
        "properties": {
            "data": {"type": "object", "required": ["text"], "additionalProperties": {"type": "string"}},
            "predictions": {
                "type": "array",
                "items": {
                    "required": ["model_version", "result"],
                    "additionalProperties": False,
                    "properties": {
                        "model_version": {"type": "string"},
                        "result": {
                            "type": "array",
                            "items": {
                                "required": ["id", "from_name", "to_name", "type", "value"],
                                "properties": {
                                    "id": CLAIM_ID,
                                    "type": {"enum": ["labels", "choices", "textarea"]},
                                    "value": {
                                        "required": ["start", "end"],
                                        "properties": {
                                            "start": {"type": "integer"}, "end": {"type": "integer"},
                                            "labels": {"type": "array", "items": {"type": "string"}},
                                            "choices": {"type": "array", "items": {"type": "string"}},
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}  # fmt: skip
"""What Label Studio documents of tasks with predictions for text."""


def tasks(claims: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    """The tasks for Label Studio, once they are valid."""
    read = json.loads(exported("label_studio", claims, folder / "tasks.json").read_bytes())
    jsonschema.validate(read, TASKS)
    return list(read)


def test_regions_stand_on_their_words(tmp_path: Path) -> None:
    """Offsets are code points, as Label Studio counts; a mention is a region of its own."""
    (task,) = tasks(emoji_claims(tmp_path), tmp_path)
    assert task["data"]["text"] == EMOJI
    results = task["predictions"][0]["result"]
    regions = [result["value"] for result in results if result["type"] == "labels"]
    assert [(EMOJI[v["start"] : v["end"]], v["labels"]) for v in regions] == [
        ("about 2,000 Chadian soldiers", ["troop_count"]), ("Chadian", ["entity"]), ("Gao", ["entity"]),
        ("signed", ["treaty_event"]), ("1,200 soldiers", ["troop_count"]),
    ]  # fmt: skip
    for result in results:
        assert EMOJI[result["value"]["start"] : result["value"]["end"]]
    said = {r["from_name"]: r["value"] for r in results if r["id"] == results[0]["id"]}
    assert said["quantity"]["text"] == ["~2,000"]
    assert said["activity"]["choices"] == ["deployed"]
    assert said["source"]["text"] == ["the army"]


def test_every_tag_of_a_task_is_in_the_labeling_configuration(tmp_path: Path) -> None:
    """Names, types and values: Label Studio drops what it has no tag for."""
    view = ElementTree.fromstring(FORMATS["label_studio"].setup_text)
    tags = {tag.attrib["name"]: tag for tag in view.iter() if "name" in tag.attrib}
    values = {name: {child.attrib["value"] for child in tag} for name, tag in tags.items()}
    assert values["kind"] == set(kinds())
    types = {"labels": "Labels", "choices": "Choices", "textarea": "TextArea"}
    every = tasks([*seed_claims(), *emoji_claims(tmp_path)], tmp_path)
    for result in chain.from_iterable(task["predictions"][0]["result"] for task in every):
        tag = tags[result["from_name"]]
        assert (tag.tag, tag.attrib["toName"]) == (types[result["type"]], result["to_name"])
        assert {*result["value"].get("labels", ()), *result["value"].get("choices", ())} <= values[tag.attrib["name"]]


def utf16_slice(text: str, start: int, end: int) -> str:
    """What JavaScript's `text.slice(start, end)` gives."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_doccano_counts_utf16(tmp_path: Path) -> None:
    """Its spans are those of JavaScript; labels say the kind and its closed field."""
    (line,) = exported("doccano", emoji_claims(tmp_path), tmp_path / "d.jsonl").read_bytes().splitlines()
    example = json.loads(line)
    assert example["text"] == EMOJI
    assert [(utf16_slice(EMOJI, start, end), label) for start, end, label in example["label"]] == [
        ("about 2,000 Chadian soldiers", "troop_count:deployed"), ("Chadian", "entity"), ("Gao", "entity"),
        ("signed", "treaty_event:signed"), ("1,200 soldiers", "troop_count:withdrawn"),
    ]  # fmt: skip
    known = {label["text"] for label in json.loads(FORMATS["doccano"].setup_text)}
    assert {label for _, _, label in example["label"]} <= known
    assert "id" not in example


def annotated(tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The export of tasks where somebody accepted every prediction."""
    return [
        {"id": n, "data": task["data"], "predictions": [], "annotations": [
            {"id": n, "was_cancelled": False, "ground_truth": False, "result": task["predictions"][0]["result"]}
        ]}
        for n, task in enumerate(tasks)
    ]  # fmt: skip


def saved(value: Any, path: Path) -> Path:
    """A file with a value as JSON."""
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


SAID = (
    "kind",
    "start",
    "end",
    "text",
    "quantity",
    "unit",
    "force",
    "activity",
    "stage",
    "parties",
    "factuality",
    "source",
)


def test_accepted_predictions_come_back_as_gold(tmp_path: Path) -> None:
    """Every field that is scored, of every claim of the seeds."""
    claims = [*seed_claims(), *emoji_claims(tmp_path)]
    gold = read_gold(saved(annotated(tasks(claims, tmp_path)), tmp_path / "export.json"))
    assert [article["doc"] for article in gold.articles][-1] == "emoji.txt"
    came_back = [claim for article in gold.articles for claim in article["claims"] if claim["kind"] in FIELDS]
    wanted = [gold_claim(claim) for claim in claims if claim["kind"] in FIELDS]
    assert sorted(({k: c.get(k) for k in SAID} for c in came_back), key=str) == sorted(
        ({k: c.get(k) for k in SAID} for c in wanted), key=str
    )
    assert gold.articles[-1]["sha256"] == text_sha256(EMOJI)


def test_which_annotation_counts(tmp_path: Path) -> None:
    """The ground truth, else the last that was not cancelled; a task that nobody annotated is none."""
    (task,) = annotated(tasks(emoji_claims(tmp_path), tmp_path))
    whole = task["annotations"][0]
    none, cancelled = {**whole, "result": []}, {**whole, "was_cancelled": True}
    for made, claims in (
        ([whole, none], 0), ([none, whole], 5), ([{**whole, "ground_truth": True}, none], 5), ([none, cancelled], 0)
    ):  # fmt: skip
        path = saved([{**task, "annotations": made}, {**task, "annotations": []}], tmp_path / "e.json")
        (article,) = read_gold(path).articles
        assert len(article["claims"]) == claims


def test_a_region_without_fields_says_none(tmp_path: Path) -> None:
    """Words that are only labelled: what is not filled in is not said; filled in, what is empty is nothing."""
    (task,) = annotated(tasks(emoji_claims(tmp_path), tmp_path))
    (annotation,) = task["annotations"]
    first = annotation["result"][0]["id"]
    labels = [r for r in annotation["result"] if r["type"] == "labels"]
    annotation["result"] = labels + [r for r in annotation["result"] if r["id"] == first and r["from_name"] == "unit"]
    (article,) = read_gold(saved([task], tmp_path / "e.json")).articles
    counts = [claim for claim in article["claims"] if claim["kind"] == "troop_count"]
    assert {k for k in SAID if k in counts[0]} == {"kind", "start", "end", "text", "unit", "force", "source"}
    assert (counts[0]["unit"], counts[0]["force"], counts[0]["source"]) == ("soldiers", None, None)
    assert {k for k in SAID if k in counts[1]} == {"kind", "start", "end", "text"}


def test_doccano_comes_back_as_gold(tmp_path: Path) -> None:
    """Places in code points again, and what the label says; in both of its forms."""
    path = exported("doccano", emoji_claims(tmp_path), tmp_path / "d.jsonl")
    (article,) = read_gold(path).articles
    counts = [claim for claim in article["claims"] if claim["kind"] == "troop_count"]
    assert [(c["text"], c["activity"]) for c in counts] == [
        ("about 2,000 Chadian soldiers", "deployed"), ("1,200 soldiers", "withdrawn"),
    ]  # fmt: skip
    assert all(EMOJI[c["start"] : c["end"]] == c["text"] for c in article["claims"])
    assert "quantity" not in counts[0]
    assert "force" not in counts[0]
    example = json.loads(path.read_text("utf-8"))
    entities = [{"id": 1, "start_offset": s, "end_offset": e, "label": label} for s, e, label in example.pop("label")]
    other = saved({**example, "entities": entities, "relations": []}, tmp_path / "r.jsonl")
    assert read_gold(other).articles == (article,)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"data": {"text": "a b"}, "annotations": [{"result": [{"id": "1", "type": "labels", "from_name": "k", '
         '"value": {"start": 0, "end": 1, "labels": ["Person"]}}]}]}]', "no kind of claim is called 'Person'"),
        ('[{"data": {"text": "a b"}, "annotations": [{"result": [{"id": "1", "type": "labels", "from_name": "k", '
         '"value": {"start": 0, "end": 9, "labels": ["entity"]}}]}]}]', "task 1: 0 to 9 is no place in the text"),
        ('[{"data": {"t": "a b"}, "annotations": [{"result": []}]}]', "task 1 has no text under 'text'"),
        ('[{"text": "a b", "label": []}]', "not an export of Label Studio as JSON"),
        ("[]", "there is no gold article in this file"),
        ('{"text": "👨 b", "label": [[1, 3, "entity"]]}', "line 1: not a gold article: entity at 1 to 3 does not fit"),
        ('{"text": "a b", "label": [[0, 1, "troop_count:dancing"]]}', "no activity 'dancing'"),
        ('{"text": "a b", "label": [[0, 1]]}', "line 1: not a gold article"),
        ('{"what": 1}', "line 1: not a gold article"),
        ("7", "line 1: not a gold article"),
        ("not json", "line 1: not a gold article"),
        ("", "there is no gold article in this file"),
    ],
)  # fmt: skip
def test_what_is_no_gold_is_said(text: str, said: str, tmp_path: Path) -> None:
    """One sentence with the place and the reason."""
    from claimex.errors import StoreError

    path = tmp_path / "gold.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        read_gold(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_texts_are_looked_for_by_hash_and_name(tmp_path: Path) -> None:
    """As they were kept, under their own name, at the path; gone and changed ones are noted."""
    claims = plain(tmp_path)
    article, text = claims[0]["article"], (tmp_path / "lake.txt").read_bytes().decode()
    kept, named = tmp_path / "kept", tmp_path / "named"
    for folder, name in ((kept, f"{article['sha256']}.txt"), (named, "lake.txt")):
        folder.mkdir()
        (folder / name).write_bytes(text.encode())
    (tmp_path / "lake.txt").write_text("changed", encoding="utf-8")
    assert ArticleTexts(kept).of(article) == ArticleTexts(named).of(article) == text
    texts = ArticleTexts()
    assert texts.of(article) is None
    assert (texts.changed, texts.gone) == ({"lake": None}, {})
    (kept / f"{article['sha256']}.txt").write_text("another text under its hash", encoding="utf-8")
    (tmp_path / "lake.txt").unlink()
    texts = ArticleTexts(kept)
    assert texts.of(article) is None
    assert (texts.changed, texts.gone) == ({}, {"lake": None})


def test_articles_are_put_together_wherever_their_claims_stand(tmp_path: Path) -> None:
    """A task for each article, though a merged file has its claims far apart."""
    one, other = plain(tmp_path), emoji_claims(tmp_path)
    mixed = [one[0], *other[:2], *one[1:], *other[2:]]
    assert [len(claims) for claims in Source(mixed).by_article()] == [len(one), len(other)]
    assert len(tasks(mixed, tmp_path)) == 2


def test_a_claim_that_does_not_fit_its_text_is_no_region(tmp_path: Path) -> None:
    """Offsets beyond the text: the tool would choke on them."""
    claims = emoji_claims(tmp_path)
    claims[1]["evidence"].update(start=len(EMOJI) - 1, end=len(EMOJI) + 27)
    (task,) = tasks(claims, tmp_path)
    assert not [r for r in task["predictions"][0]["result"] if r["value"]["end"] > len(EMOJI)]


def test_texts_of_a_file_with_many_articles(tmp_path: Path) -> None:
    """In the order of the file, and in any other: each is found, and one that is none is not."""
    path = tmp_path / "dump.jsonl"
    texts = [f"Article {n} \N{FIRE} of many." for n in range(20)]
    path.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts)))
    for order in (texts, texts[::-1], [*texts[::2], *texts[1::2], *texts]):
        found = ArticleTexts()
        assert [found.of({"id": "x", "path": str(path), "sha256": text_sha256(text)}) for text in order] == order
    assert found.of({"id": "x", "path": str(path), "sha256": text_sha256("none")}) is None
    assert found.changed == {"x": None}
