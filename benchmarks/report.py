"""How long a report takes to build, how large it is, and how soon a browser has it ready, from invented claims.

    python benchmarks/report.py [ARTICLES [CLAIMS]]

500 articles and 10,000 claims unless told otherwise. The browser is looked for where CHROMIUM says, else in the PATH;
without one only building is measured. No randomness: the same numbers make the same page.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from record import record

FORCES = ["Chad", "Niger", "Mali", "Ruritania", "Freedonia", "Sylvania", "Graustark", "Zubrowka"]
PLACES = ["Gao", "Kidal", "Menaka", "Agadez", "Zinder", "Abeche"]
SOURCES = ["the army", "Lake Commission", "an aide", "local officials", "River Front", "Observatory of the Lake", None]
FACTUALITIES = ["reported", "asserted", "possible", "predicted", "planned", "negated", "conditional"]
BOUNDS = ["exact", "approx", "at_least", "more_than", "at_most", "range"]
ACTIVITIES = ["deployed", "training", "withdrawn", "killed", "captured"]
STAGES = ["proposed", "negotiated", "signed", "ratified", "in_force", "suspended", "violated"]
FILLER = "The lake had risen again that week and traders waited on the southern shore for the ferry to come back. "
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def reference(name: str, type_: str, start: int | None = None) -> dict[str, Any]:
    """An entity reference."""
    end = None if start is None else start + len(name)
    id_ = f"{type_}:{name.lower().replace(' ', '-')}"
    return {"id": id_, "name": name, "type": type_, "text": name, "start": start, "end": end}


def claims_of(number: int, count: int, path: Path) -> Iterator[dict[str, Any]]:
    """An article with so many claims is written to `path`; its claims."""
    text, made = "", []
    for i in range(count):
        turn = number * 31 + i * 7
        force, place = FORCES[turn % 8], PLACES[(turn // 3) % 6]
        source, factuality = SOURCES[turn % 7], FACTUALITIES[(turn // 2) % 7]
        start = len(text)
        lead = f"{source} said that " if source else "It is known that "
        kind = ("troop_count", "entity", "treaty_event", "entity", "troop_count")[i % 5]
        figure = f"{(turn * 137) % 9000 + 50:,}"
        quote = {"troop_count": f"{figure} soldiers", "entity": force, "treaty_event": "signed"}[kind]
        body = {
            "troop_count": f"{quote} of {force} were in {place}",
            "entity": f"{quote} had waited for {place}",
            "treaty_event": f"{force} {quote} the Lake Accord {turn % 40} in {place}",
        }[kind]
        sentence = f"{lead}{body} by then."
        at = start + len(lead) + body.index(quote)
        text += sentence + " " + FILLER * 2 + ("\n\n" if i % 3 == 2 else "")
        evidence = {
            "start": at, "end": at + len(quote), "quote": quote, "rule": "bench.rule",
            "sentence": {"start": start, "end": start + len(sentence), "text": sentence},
        }  # fmt: skip
        attribution = source and {
            "source": source, "text": source, "start": start, "end": start + len(source), "cue": "said",
            "type": "unnamed", "via": None,
        }  # fmt: skip
        made.append((kind, evidence, attribution, factuality, force, place, turn))
    path.write_text(text, encoding="utf-8")
    article = {
        "id": path.stem, "path": str(path), "sha256": sha256(text.encode()).hexdigest(), "title": None,
        "published": f"20{10 + number % 14}-{number % 12 + 1:02}-{number % 28 + 1:02}", "publisher": None, "url": None,
    }  # fmt: skip
    for kind, evidence, attribution, factuality, force, place, turn in made:
        key = f"{article['sha256']}{kind}{evidence['start']}"
        who, where = reference(force, "country"), reference(place, "place")
        yield {
            "id": sha256(key.encode()).hexdigest()[:16], "kind": kind, "schema": 1, "article": article,
            "evidence": evidence, "attribution": attribution or None, "factuality": factuality,
            "entities": [{**who, "role": "force"}, {**where, "role": "location"}],
            **payload(kind, who, where, evidence, turn),
        }  # fmt: skip


def payload(kind: str, who: dict[str, Any], where: dict[str, Any], evidence: Any, turn: int) -> dict[str, Any]:
    """What a claim of this kind has besides."""
    quote, start, end = evidence["quote"], evidence["start"], evidence["end"]
    if kind == "entity":
        mention = {"text": quote, "start": start, "end": end, "label": "name", "reading": "literal"}
        return {"entity": {name: who[name] for name in ("id", "name", "type")}, "mentions": [mention]}
    if kind == "treaty_event":
        name = f"Lake Accord {turn % 40}"
        treaty = {"text": "signed", "start": start, "end": end, "name": name, "type": "pact"}
        parties = [who, reference("Mali", "country")]
        empty = {"actor": None, "body": None, "provision": None, "location": where, "date": None}
        return {"stage": STAGES[turn % 7], "treaty": treaty, "parties": parties, **empty}
    value, bound = int(quote.split()[0].replace(",", "")), BOUNDS[turn % 6]
    low = value if bound in ("exact", "at_least", "more_than", "range") else None
    high = value * 2 if bound == "range" else value if bound in ("exact", "at_most") else None
    quantity = {"text": quote, "value": None if bound == "range" else value, "low": low, "high": high, "bound": bound}
    return {
        "quantity": quantity, "unit": "soldiers", "force": who, "activity": ACTIVITIES[turn % 5], "location": where,
        "origin": None, "date": None, "part_of": None, "coreferent": False,
    }  # fmt: skip


def measure_browser(page: Path, claims: int) -> None:
    """Print how soon a browser has the page ready, and how long a search and a jump take."""
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not browser:
        print("no Chromium: the browser was not measured")
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser, args=FLAGS)
        tab = chromium.new_page(viewport={"width": 1280, "height": 900})
        began = time.perf_counter()
        tab.goto(page.as_uri(), wait_until="commit")
        tab.wait_for_selector("html[data-ready]", timeout=120_000)
        ready = time.perf_counter() - began
        print(f"{'browser: ready for input':32}{ready:8.2f} s")
        record("browser: ready for input, by the clock", f"{ready:.2f} s", wanted="2.5 s")
        began = time.perf_counter()
        tab.fill("#q", "Zubrowka Kidal")
        tab.wait_for_function("document.getElementById('count').textContent.includes(' of ')", timeout=60_000)
        tab.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        searched = time.perf_counter() - began
        print(f"{'browser: search':32}{searched:8.2f} s  ({tab.inner_text('#count')})")
        record("browser: search, by the clock", f"{searched:.2f} s")
        tab.click("#all")
        tab.wait_for_function("!document.getElementById('count').textContent.includes(' of ')", timeout=60_000)
        began = time.perf_counter()
        tab.evaluate("n => document.querySelectorAll('ol.claims a[data-go]')[n].click()", claims // 2)
        tab.wait_for_selector("mark.on", timeout=60_000)
        tab.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        jumped = time.perf_counter() - began
        print(f"{'browser: jump to words':32}{jumped:8.2f} s")
        record("browser: jump to the words of a claim, by the clock", f"{jumped:.2f} s")
        chromium.close()


def main() -> None:
    """Make claims, build the report, open it."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    claims = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    from claimex.cli.filters import Filters
    from claimex.cli.report_cmd import report_file

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, page = folder / "claims.jsonl", folder / "report.html"
        with source.open("w", encoding="utf-8") as handle:
            for number in range(articles):
                share = claims * (number + 1) // articles - claims * number // articles
                for claim in claims_of(number, share, folder / f"lake_{number:04}.txt"):
                    handle.write(json.dumps(claim) + "\n")
        began, cpu = time.perf_counter(), time.process_time()
        report_file(str(source), page, Filters())
        seconds, taken, size = time.perf_counter() - began, time.process_time() - cpu, page.stat().st_size / 1e6
        record("made", f"{taken:.2f} s", wanted="6 s")
        record("size of the page", f"{size:.1f} MB", wanted="17 MB")
        print(f"{articles:,} articles, {claims:,} claims, {os.cpu_count()} cores")
        print(f"{'build':32}{seconds:8.2f} s  ({taken:.2f} s CPU)")
        print(f"{'peak memory':32}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")
        print(f"{'size of the page':32}{size:8.2f} MB")
        keep = os.environ.get("KEEP")
        if keep:
            shutil.copy(page, keep)
        measure_browser(page, claims // 3)


if __name__ == "__main__":
    main()
