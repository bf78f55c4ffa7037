"""Claims files for property tests: claims of every kind, and lines that are damaged in many ways."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from claimex.cli.filters import Filters
from tests.made_claims import treaty, troops

NAMES = ("Chad", "Côte d'Ivoire", "COTE DIVOIRE", "the North-Korea", "North Korea", "O'Hara", "N.A.T.O.", 'Ⅳ "x"\\')
WORDS = ("Many were seen.", "„Ja“, he said.", 'Tab\there \\ and "there"', "NORTH korea  moved", "é\u0301\U0001f600")
ARTICLES = ("a1", "a2", "a10", "b\\c")


def _claim(draw: st.DrawFn) -> dict[str, Any]:
    about: dict[str, Any] = {
        "article": draw(st.sampled_from(ARTICLES)),
        "path": draw(st.sampled_from(("", "n/a1.txt", "n\\a2.txt"))),
        "sentence": draw(st.sampled_from(WORDS)),
        "source": draw(st.sampled_from((None, "officials", *NAMES))),
        "factuality": draw(st.sampled_from((None, "planned"))),
        "published": draw(st.sampled_from((None, "2013-02-04", "2013-03-01"))),
    }
    if draw(st.booleans()):
        parties = tuple(draw(st.lists(st.sampled_from(NAMES), max_size=3)))
        claim = treaty(draw(st.sampled_from(("signed", "ratified"))), parties=parties, when=draw(_WHEN), **about)
    else:
        claim = troops(
            draw(st.sampled_from(("500", "~700", ">500", "≥500", "<500", "≤500", "400-600", "hundreds", "many"))),
            force=draw(st.sampled_from((None, *NAMES))), place=draw(st.sampled_from((None, "Gao", *NAMES))),
            activity=draw(st.sampled_from(("deployed", "killed"))), when=draw(_WHEN), **about,
        )  # fmt: skip
    for reference in claim["entities"]:
        reference["text"] = draw(st.sampled_from((None, *NAMES)))
        reference["id"] = draw(st.sampled_from((reference["id"], "iso3166:PRK", "ISO3166:prk")))
    return claim


_WHEN = st.sampled_from((None, "2013-02", "2013-02-04", "2013-01-01..2013-12-31"))


@st.composite
def lines(draw: st.DrawFn) -> bytes:
    """A line with a claim, in one of the ways in which JSON can say it."""
    claim = _claim(draw)
    if draw(st.booleans()):
        claim = dict(reversed(claim.items()))
    separators = draw(st.sampled_from(((",", ":"), (", ", ": "))))
    text = json.dumps(claim, ensure_ascii=draw(st.booleans()), separators=separators)
    return text.encode()


@st.composite
def damaged_lines(draw: st.DrawFn) -> bytes:
    """A line that holds no claim, or one of another time, or one that may be a claim after all."""
    line = draw(lines())
    claim = json.loads(line)
    how = draw(st.integers(0, 9))
    if how == 0:
        return line[: draw(st.integers(0, len(line)))]
    if how == 1:
        place = draw(st.integers(0, len(line) - 1))
        return line[:place] + bytes([line[place] ^ 1 << draw(st.integers(0, 7))]) + line[place + 1 :]
    if how == 2:
        del claim[draw(st.sampled_from(sorted(claim)))]
    elif how == 3:
        claim[draw(st.sampled_from(sorted(claim)))] = draw(st.sampled_from((None, 5, "x", [], {}, [1], 1e400)))
    elif how == 4:
        claim["schema"] = draw(st.sampled_from((0, 2, -1, 1.5, "1")))
    elif how == 5:
        return line + draw(st.sampled_from((b"{}", b",", line)))
    elif how == 6:
        return line[:-1] + b"," + json.dumps(draw(st.sampled_from(({"entities": 5}, {"kind": "x"}))))[1:].encode()
    elif how == 7:
        return line.replace(b"a", b"\xff", 1)
    elif how == 8:
        return draw(st.sampled_from((b"", b"  ", b"[]", b"null", b'"x"', b"\xef\xbb\xbf" + line, b"[" * 4000)))
    else:
        claim["entities"].append({"id": "x"})
    return json.dumps(claim).encode()


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A claims file."""
    rows = draw(st.lists(st.one_of(lines(), lines(), lines(), damaged_lines()), max_size=12))
    end = draw(st.sampled_from((b"\n", b"\r\n")))
    data = end.join(row.replace(b"\n", b" ") for row in rows)
    return data + draw(st.sampled_from((b"", end)))


@st.composite
def filters(draw: st.DrawFn) -> Filters:
    """A few filters at once."""

    def some(*values: str) -> list[str]:
        return draw(st.lists(st.sampled_from(values), max_size=2)) if draw(st.integers(0, 3)) == 0 else []

    def one(*values: Any) -> Any:
        return draw(st.sampled_from(values)) if draw(st.integers(0, 4)) == 0 else None

    return Filters.of(
        entity=some(*NAMES, "Gao", "iso3166:prk", "DPRK", "NATO", "north korea", "Nobody"),
        kind=some("troop_count", "treaty_event"), article=some(*ARTICLES, "a", "a1.txt", "n/a1.txt", "zz"),
        source=some("officials", "chad", "ivoire", "north"), stage=some("signed", "ratified"),
        activity=some("deployed", "killed"), factuality=some("planned", "asserted"),
        minimum=one(0.0, 500.0, 501.0), maximum=one(0.0, 499.0, 500.0), search=one("north  KOREA", "é", "\\", "said"),
        claim_id=one("", "0", "a", "ff"),
    )  # fmt: skip
