"""Write the invented gold articles and their claims from the marked-up sources in `data/gold/markup`.

    python scripts/gold_from_markup.py [--show DOC ...]

A source has a head (`doc`, `published`, `split`, `style`), the article with `{id|words}` round every span
(spans may nest), and one line for each claim; `data/gold/README.md` describes them. Offsets and sentences are
computed here, so that they cannot drift from the text. Anything illegal stops the run with the name of the source
and its line.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

GOLD = Path(__file__).resolve().parent.parent / "data" / "gold"
SPLITS = ("dev", "check")
STAGES = frozenset(
    [
        "proposed",
        "negotiated",
        "signed",
        "submitted",
        "ratified",
        "in_force",
        "extended",
        "suspended",
        "violated",
        "withdrawn",
        "terminated",
        "rejected",
        "provision",
        "other",
    ]
)
ACTIVITIES = frozenset(
    ["deployed", "training", "present", "sent", "withdrawn", "killed", "wounded", "captured", "missing", "other"]
)
FACTUALITIES = frozenset(["negated", "conditional", "predicted", "planned", "possible", "reported", "asserted"])
BOUNDS = {"=": "exact", "~": "approx", ">=": "at_least", ">": "more_than", "<=": "at_most", "<": "less_than"}
EXTRAS = {"S": "source", "L": "location", "D": "date", "actor": "actor", "note": "note"}

OPENING = re.compile(r"\{([a-z]\d+)\|")
AMOUNT = re.compile(r"(>=|<=|[=~<>])(\d+)|(\d+)-(\d+)|(vague)")
STOP = re.compile(r"[.!?](?:''|[\"'”’)\]])*(?=\s+[A-Z0-9\"'“‘`(\[])|\n[ \t]*\n")
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Maj|Brig|Capt|Sgt|Adm|Rev|Sen|Rep|Gov|No|Jan|Feb|Aug|Sept|Sep|Oct|Nov|Dec"
    r"|GEN|COL|LT|MAJ|DR|NO|CAPT)|\b(?:[A-Za-z]\.)*[A-Z])\.$"
)


class MarkupError(ValueError):
    """A source that does not keep to the format; the message says where."""


def strip_markup(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The bare article and the offsets of each marked span."""
    text: list[str] = []
    length = 0
    spans: dict[str, tuple[int, int]] = {}
    open_spans: list[tuple[str, int]] = []
    at = 0
    while at < len(marked):
        opening = OPENING.match(marked, at)
        if opening:
            open_spans.append((opening[1], length))
            at = opening.end()
            continue
        char = marked[at]
        at += 1
        if char == "}":
            if not open_spans:
                raise MarkupError(f"closing brace without an opening one near {marked[at - 40 : at]!r}")
            name, start = open_spans.pop()
            if name in spans:
                raise MarkupError(f"span {name} marked twice")
            spans[name] = (start, length)
        elif char == "{":
            raise MarkupError(f"stray brace near {marked[at - 1 : at + 30]!r}")
        else:
            text.append(char)
            length += 1
    if open_spans:
        raise MarkupError(f"span {open_spans[-1][0]} is never closed")
    return "".join(text), spans


def sentence_bounds(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences, white space at the ends excluded; a blank line always ends one."""
    ends = [
        match.end()
        for match in STOP.finditer(text)
        if match[0][0] == "\n" or not ABBREVIATION.search(text[: match.start() + 1][-24:])
    ]
    bounds: list[tuple[int, int]] = []
    start = 0
    for end in [*ends, len(text)]:
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            bounds.append((left, start + len(piece.rstrip())))
        start = end
    return bounds


def title_end(text: str) -> int:
    """Where the headline ends: the first paragraph, unless it ends like a sentence; 0 without one."""
    first = text.split("\n\n", 1)[0]
    return 0 if first.rstrip("\n").endswith((".", "!", "?", '"', "”", "''")) else len(first)


def readings(field: str, legal: frozenset[str]) -> list[str]:
    """The reading that the gold gives first, then the others that are right too."""
    values = [value.strip() for value in field.split("/")]
    for value in values:
        if value not in legal:
            raise MarkupError(f"{value!r} is not one of {sorted(legal)}")
    return values


def parse_quantity(word: str) -> dict[str, Any]:
    match = AMOUNT.fullmatch(word)
    if not match:
        raise MarkupError(f"{word!r} is no quantity")
    sign, number, low, high, vague = match.groups()
    if vague:
        return {"value": None, "low": None, "high": None, "bound": "vague"}
    if low:
        return {"value": None, "low": int(low), "high": int(high), "bound": "range"}
    value, bound = int(number), BOUNDS[sign]
    return {
        "value": value,
        "low": value if bound in ("exact", "at_least", "more_than") else None,
        "high": value if bound in ("exact", "at_most", "less_than") else None,
        "bound": bound,
    }


def or_none(value: str) -> str | None:
    return None if value in ("", "-") else value


def parse_extras(fields: list[str], claim: dict[str, Any]) -> None:
    """Set source, place, date, actor and note of a claim, and whether it is optional."""
    for field in fields:
        if field == "opt":
            claim["optional"] = True
            continue
        key, equals, value = field.partition("=")
        if not equals or key not in EXTRAS:
            raise MarkupError(f"{field!r} is no field")
        if key == "S":
            first, *others = [or_none(part.strip()) for part in value.split(" / ")]
            claim["source"] = first
            if others:
                claim["source_alt"] = others
        else:
            claim[EXTRAS[key]] = or_none(value.strip())


def set_readings(claim: dict[str, Any], name: str, values: list[str]) -> None:
    claim[name] = values[0]
    if len(values) > 1:
        claim[name + "_alt"] = values[1:]


def parse_claim(
    line: str,
    text: str,
    spans: dict[str, tuple[int, int]],
    sentences: list[tuple[int, int]],
    groups: dict[str, str],
) -> dict[str, Any]:
    fields = [field.strip() for field in line.split("|")]
    names = fields[0].split()
    for name in names:
        if name not in spans:
            raise MarkupError(f"no span {name} in the text")
    start, end = spans[names[0]]
    home = next((s, e) for s, e in sentences if s <= start < e)
    claim: dict[str, Any] = {
        "kind": "treaty_event" if len(names) == 2 else "troop_count",
        "start": start,
        "end": end,
        "text": text[start:end],
        "sentence": text[home[0] : home[1]],
        "source": None,
        "date": None,
        "optional": False,
        "in_title": start < title_end(text),
    }
    if len(fields) < 4 + (len(names) == 1):
        raise MarkupError("too few fields")
    if len(names) == 1:
        amount, _, unit = fields[1].partition(" ")
        claim |= {
            "quantity": parse_quantity(amount),
            "unit": unit,
            "force": or_none(fields[2]),
            "location": None,
        }
        set_readings(claim, "activity", readings(fields[3], ACTIVITIES))
        set_readings(claim, "factuality", readings(fields[4], FACTUALITIES))
        parse_extras(fields[5:], claim)
    else:
        left, right = spans[names[1]]
        claim |= {"mention": text[left:right], "mention_start": left, "mention_end": right, "actor": None}
        set_readings(claim, "stage", readings(fields[1], STAGES))
        parties = groups[fields[2]] if fields[2].startswith("@") else fields[2]
        claim["parties"] = sorted(party.strip() for party in parties.split(";") if or_none(party.strip()))
        set_readings(claim, "factuality", readings(fields[3], FACTUALITIES))
        parse_extras(fields[4:], claim)
    for name in ("source", "location", "date"):
        value = claim.get(name)
        if value is not None and value.casefold() not in text.casefold():
            raise MarkupError(f"{name} {value!r} does not stand in the article")
    return claim


def read_source(path: Path) -> tuple[dict[str, str], str, list[dict[str, Any]]]:
    """Head, bare text and claims of one source."""
    head_part, marked, lines = path.read_text(encoding="utf-8").split("\n===\n")
    head = dict(line.split(": ", 1) for line in head_part.splitlines())
    text, spans = strip_markup(marked + "\n")
    sentences = sentence_bounds(text)
    groups: dict[str, str] = {}
    claims: list[dict[str, Any]] = []
    used: set[str] = set()
    for line in lines.splitlines():
        if not line.strip():
            continue
        if line.startswith("@"):
            key, _, value = line.partition("=")
            groups[key.strip()] = value
            continue
        try:
            claims.append(parse_claim(line, text, spans, sentences, groups))
        except (MarkupError, KeyError) as error:
            raise MarkupError(f"{path.name}: {line}: {error}") from error
        used |= set(line.partition("|")[0].split())
    if unused := set(spans) - used:
        raise MarkupError(f"{path.name}: spans without a claim: {sorted(unused)}")
    claims.sort(key=lambda claim: (claim["start"], claim["end"]))
    return head, text, claims


def article(head: dict[str, str], text: str, claims: list[dict[str, Any]]) -> dict[str, Any]:
    """One line of the gold file; raises MarkupError where a span does not slice back to its words."""
    for claim in claims:
        if text[claim["start"] : claim["end"]] != claim["text"]:
            raise MarkupError(f"{head['doc']}: offsets of {claim['text']!r}")
        if "mention" in claim and text[claim["mention_start"] : claim["mention_end"]] != claim["mention"]:
            raise MarkupError(f"{head['doc']}: offsets of {claim['mention']!r}")
    return {
        "doc": head["doc"] + ".txt",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "published": or_none(head["published"]),
        "caps": text.upper() == text,
        "claims": claims,
    }


def show(record: dict[str, Any]) -> None:
    """Print an article's claims under their sentences, to be read against the guide."""
    print("#####", record["doc"], record["published"])
    sentence = None
    for claim in record["claims"]:
        if claim["sentence"] != sentence:
            sentence = claim["sentence"]
            print(">>", sentence)
        rest = {
            key: value
            for key, value in claim.items()
            if key not in ("kind", "start", "end", "text", "sentence", "optional", "mention_start", "mention_end")
        }
        print("   ", "?" if claim["optional"] else " ", repr(claim["text"]), rest)


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the invented gold set from its marked-up sources.")
    parser.add_argument("--show", nargs="*", default=[], metavar="DOC", help="print these articles' claims")
    wanted = parser.parse_args().show
    records: dict[str, list[dict[str, Any]]] = {split: [] for split in SPLITS}
    (GOLD / "articles").mkdir(exist_ok=True)
    for path in sorted((GOLD / "markup").glob("*.txt")):
        try:
            head, text, claims = read_source(path)
            record = article(head, text, claims)
        except (MarkupError, ValueError) as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            return 1
        (GOLD / "articles" / record["doc"]).write_text(text, encoding="utf-8", newline="\n")
        records[head["split"]].append(record)
        if head["doc"] in wanted:
            show(record)
    for split, lines in records.items():
        out = GOLD / f"invented_{split}.jsonl"
        out.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
        required = [claim["kind"] for line in lines for claim in line["claims"] if not claim["optional"]]
        empty = sum(not line["claims"] for line in lines)
        print(
            f"{split}: {len(lines)} articles, {empty} with nothing, {required.count('troop_count')} required troop "
            f"counts, {required.count('treaty_event')} required treaty events, "
            f"{sum(claim['optional'] for line in lines for claim in line['claims'])} optional claims"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
