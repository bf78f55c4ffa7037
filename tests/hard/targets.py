"""What is fuzzed: functions from any bytes to nothing, that raise where claimex breaks a promise.

Each may do whatever it likes with the bytes but raise: errors that claimex documents are caught here. `scripts/fuzz.py`
searches them for inputs under the guidance of coverage, `test_fuzzed.py` throws hypothesis and the cases found at them.
"""

from __future__ import annotations

import io
import re
import tempfile
import tomllib
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path

from claimex.claim_line import Damage, read_claim
from claimex.cli.terminal import UNSAFE, Guarded
from claimex.errors import ClaimexError, InputError
from claimex.evaluate.gold import read_gold
from claimex.inputs.article import Article
from claimex.inputs.opening import unpacked
from claimex.inputs.readers import READERS
from claimex.inputs.source import Source
from claimex.lexicon import parsed
from claimex.normalize.dates import read_date, resolve
from claimex.normalize.intervals import MAX_YEAR, MIN_YEAR
from claimex.normalize.numbers import LIMIT, parse_number, read_number
from claimex.normalize.published import parse_published, published_date
from claimex.store import ClaimFile
from claimex.wording import printable

YEAR = re.compile(r"[0-9]{4}[-/.]")
Target = Callable[[bytes], None]
DAYS = tuple((day, day) for day in (date(2024, 2, 29), date(MIN_YEAR, 1, 1), date(MAX_YEAR, 12, 31)))


def _reader(format: str) -> Target:
    """A reader, whatever its input is packed in: articles under their hash, or a sentence, and never nothing."""

    def read(data: bytes) -> None:
        items = 0
        try:
            with unpacked(io.BytesIO(data)) as stream:
                for item in READERS[format](Source(stream, "a")):
                    items += 1
                    if isinstance(item, Article):
                        assert item.text.strip()
                        assert sha256(item.text.encode()).hexdigest() == item.ref.sha256
                    else:
                        assert item.message.strip()
        except InputError as error:
            items += 1
            assert str(error).strip()
        assert items, "neither an article nor a problem"

    return read


def _words(data: bytes) -> list[str]:
    return data.decode("utf-8", "replace").lower().split()


def numbers(data: bytes) -> None:
    """The number grammar: what is read ends behind where it begins and within the text, and low is below high."""
    words = _words(data)
    for i in range(min(len(words), 50)):
        for in_between in (False, True):
            found = read_number(words, i, in_between=in_between)
            if found is None:
                continue
            assert i < found.end <= len(words)
            for value in (found.value, found.low, found.high):
                assert value is None or 0 <= value <= LIMIT
            assert found.low is None or found.high is None or found.low <= found.high
    parse_number(" ".join(words))


def dates(data: bytes) -> None:
    """The date grammar, on an odd day and on the first and last on which something can be published."""
    words = _words(data)
    for i in range(min(len(words), 50)):
        said = read_date(words, i)
        if said is None:
            continue
        assert i < said.end <= len(words)
        for day in (None, *DAYS):
            for direction in (None, "past", "future"):
                found = resolve(said, day, direction)  # type: ignore[arg-type]
                assert found.earliest is None or found.latest is None or found.earliest <= found.latest


def published(data: bytes) -> None:
    """Dates of publication: first day before last, the day that is made of them is one, of the year that is written."""
    text = data.decode("utf-8", "replace").strip()
    days = parse_published(text)
    assert days is None or days[0] <= days[1]
    day = published_date(text)
    assert day is None or parse_published(day) is not None
    assert day is None or not YEAR.match(text) or day.startswith(text[:4])


def claim_lines(data: bytes) -> None:
    """A claims file: every line is a claim, or damage that is told; nothing else is raised."""
    for number, line in enumerate(data.split(b"\n")):
        item = read_claim(f"line {number}", line)
        assert not isinstance(item, Damage) or item.reason.strip()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "claims.jsonl")
        path.write_bytes(data)
        with suppress(ClaimexError):
            list(ClaimFile(str(path)))


def gold(data: bytes) -> None:
    """Gold, decisions and the exports of annotation tools."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "gold.jsonl")
        path.write_bytes(data)
        with suppress(ClaimexError):
            read_gold(path)


def rule_files(data: bytes) -> None:
    """TOML of a user's rules: tables, or an error of claimex's own."""
    with suppress(ClaimexError):
        parsed(data, "mine.toml")
    with suppress(tomllib.TOMLDecodeError, UnicodeDecodeError):
        tomllib.loads(data.decode())


def terminal(data: bytes) -> None:
    """What is printed: nothing that steers a terminal comes through, and nothing that can be printed is lost."""
    text = data.decode("utf-8", "replace")
    out = io.StringIO()
    Guarded(out).write(text)
    assert not UNSAFE.search(out.getvalue())
    assert printable(text).isprintable()


TARGETS: dict[str, Target] = {
    **{f"reader-{format}": _reader(format) for format in ("txt", "json", "jsonl")},
    "numbers": numbers,
    "dates": dates,
    "published": published,
    "claim-lines": claim_lines,
    "gold": gold,
    "rule-files": rule_files,
    "terminal": terminal,
}
