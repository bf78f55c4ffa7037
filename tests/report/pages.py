"""Claims over articles that are written to disk for a test, hostile ones among them, and a reader of HTML."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from claimex.model import text_sha256
from tests.made_claims import made, quantity, reference

HOSTILE = (
    "<script>window.hacked = 1</script> said </style><b>more than 400 soldiers</b> crossed.\n"
    "</script><img src=http://evil.example/x onerror='window.hacked = 2'> "
    "\u202eRead backwards\u202c 500 troops left & went.\n"
    f"{'W' * 10_000} signed the {{{{ 7 * 7 }}}} pact\u2028on <!-- the lake.\n"
)
PLAIN = (
    "Officials said about 2,000 Chadian soldiers were training in Gao.\n\n"
    "By May as many as 3,000 Chadian soldiers may be deployed there, the army said.\r\n"
    "Chad signed the Lake Accord with Niger."
)


def at(text: str, words: str, start: int = 0) -> dict[str, Any]:
    """Words of a text with their place."""
    first = text.index(words, start)
    return {"text": words, "start": first, "end": first + len(words)}


def claim(path: Path, text: str, kind: str, quote: str, **fields: Any) -> dict[str, Any]:
    """A claim on the first place where the text has the quote; its sentence is the line."""
    place = at(text, quote)
    start = text.rfind("\n", 0, place["start"]) + 1
    end = text.find("\n", place["start"])
    line = text[start : end if end >= 0 else len(text)]
    source = fields.pop("said_by", None)
    one = made(kind, quote, article=path.stem, path=str(path), sentence=line, **fields)
    one["article"]["sha256"] = text_sha256(text)
    one["evidence"].update(start=place["start"], end=place["end"])
    one["evidence"]["sentence"].update(start=start, end=start + len(line))
    if source:
        words, cue = source
        one["attribution"] = {**at(text, words), "source": words, "cue": cue, "type": "unnamed", "via": None}
    return one


def count(path: Path, text: str, quote: str, figure: str, **fields: Any) -> dict[str, Any]:
    """A troop count."""
    force = reference(fields.pop("force", "Chad"))
    about = {"activity": "deployed", "location": None, "origin": None, "date": None, "further": [], "part_of": None}
    return claim(
        path, text, "troop_count", quote, quantity=quantity(figure), unit="soldiers", force=force, coreferent=False,
        roles={"force": force}, **{**about, **fields},
    )  # fmt: skip


def event(path: Path, text: str, quote: str, name: str, **fields: Any) -> dict[str, Any]:
    """A treaty event."""
    treaty = {**at(text, name), "name": name, "type": "pact"}
    empty = {"actor": None, "body": None, "provision": None, "location": None, "date": None}
    return claim(
        path, text, "treaty_event", quote, stage="signed", treaty=treaty, parties=[reference("Chad")], **empty, **fields
    )


def entity(path: Path, text: str, name: str, *mentions: str) -> dict[str, Any]:
    """An entity claim with the first place of each mention."""
    known = reference(name)
    assert known
    listed = [{**at(text, words), "label": "name", "reading": "literal"} for words in mentions]
    who = {field: known[field] for field in ("id", "name", "type")}
    return claim(path, text, "entity", mentions[0], entity=who, mentions=listed, roles={"entity": known})


def plain(folder: Path) -> list[dict[str, Any]]:
    """Three counts, a treaty event and an entity on an article without malice."""
    path = folder / "lake.txt"
    path.write_bytes(PLAIN.encode())
    return [
        entity(path, PLAIN, "Chad", "Chadian"),
        count(
            path, PLAIN, "about 2,000 Chadian soldiers", "~2,000", activity="training",
            location={**reference("Mali"), **at(PLAIN, "Gao")}, said_by=("Officials", "said"), factuality="reported",
        ),
        count(
            path, PLAIN, "as many as 3,000 Chadian soldiers", "≤3,000", said_by=("the army", "said"),
            factuality="possible",
        ),
        event(path, PLAIN, "signed", "the Lake Accord"),
    ]  # fmt: skip


def hostile(folder: Path) -> list[dict[str, Any]]:
    """Claims whose article, quotes, names and file name try to be more than text."""
    path = folder / "x'\"><script>window.hacked=3<script>.txt".replace("/", "")
    path.write_bytes(HOSTILE.encode())
    return [
        count(path, HOSTILE, "<b>more than 400 soldiers</b>", ">400", force="<i>Chad</i>",
              said_by=("<script>window.hacked = 1</script>", "said")),
        count(path, HOSTILE, "\u202eRead backwards\u202c 500 troops", "500"),
        count(path, HOSTILE, "W" * 10_000, "7"),
        event(path, HOSTILE, "signed", "the {{ 7 * 7 }} pact\u2028on <!-- the lake"),
    ]  # fmt: skip


def write(folder: Path, claims: list[dict[str, Any]]) -> Path:
    """A claims file."""
    path = folder / "claims.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in claims), encoding="utf-8")
    return path


class Reader(HTMLParser):
    """What an HTML parser finds on a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.comments: list[str] = []
        self.words: list[str] = []
        self.marked: dict[str, str] = {}
        """Text of the marks of each claim, by its number."""
        self._open: list[tuple[str, list[str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what stands in it."""
        known = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in known.items()]
        if "id" in known:
            self.ids.append(known["id"])
        if tag == "a" and "href" in known:
            self.links.append(known["href"])
        if tag == "script":
            self.scripts.append((dict(attrs), ""))
        if tag in ("script", "style", "mark"):
            self._open.append((tag, known.get("data-n", "").split() if tag == "mark" else []))

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Words, or the code of a script or style."""
        if self._open and self._open[-1][0] == "script":
            self.scripts[-1] = (self.scripts[-1][0], self.scripts[-1][1] + data)
        elif not (self._open and self._open[-1][0] == "style"):
            self.words.append(data)
            for number in {number for _, numbers in self._open for number in numbers}:
                self.marked[number] = self.marked.get(number, "") + data

    def handle_comment(self, data: str) -> None:
        """No comment stands on a page."""
        self.comments.append(data)

    @property
    def data(self) -> Any:
        """What the page gives its script."""
        return next(json.loads(code) for attributes, code in self.scripts if attributes.get("id") == "data")
