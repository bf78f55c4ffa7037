"""However a claims file is read, the answer is the same."""

from __future__ import annotations

import io
import json
import tempfile
import unicodedata
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from claimex.claim_line import Damage, StoredClaim
from claimex.cli.claim_reader import ClaimReader
from claimex.cli.filters import Filters, question
from claimex.cli.show_cmd import show
from claimex.cli.stats_cmd import stats_of_file
from claimex.dimensions import DIMENSIONS
from claimex.errors import UsageError
from claimex.index.build import build_index
from claimex.index.tallies import COUNTED
from claimex.line_sieve import sieve
from claimex.normalize.names import fold
from claimex.store import ClaimFile, bare
from tests.property.claims_files import files, filters


@settings(deadline=None)
@given(files(), filters())
def test_lines_read_in_part_give_the_answers_of_lines_read_in_whole(data: bytes, asked: Filters) -> None:
    """What is passed over after a look at some of its parts is no answer; what is told as damaged is damaged."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.jsonl"
        path.write_bytes(data)
        assume(not data.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"["))
        try:
            wanted = question(asked, ClaimReader(str(path)))
        except UsageError:
            return
        found = list(ClaimFile(str(path)).select(wanted))
        raw = [bare(line, number) for number, line in enumerate(io.BytesIO(data), 1)]
    whole = [wanted.answer(f"line {number}", line) for number, line in enumerate(raw, 1) if line]
    assert [item for item in found if isinstance(item, StoredClaim)] == [
        item for item in whole if isinstance(item, StoredClaim)
    ]
    damaged = [item for item in whole if isinstance(item, Damage)]
    assert all(item in damaged for item in found if isinstance(item, Damage))


@given(st.text(), st.text(), st.booleans())
def test_a_name_is_never_passed_over(name: str, entity_id: str, plain: bool) -> None:
    """However JSON spells it, a line is read where the name stands, or one that is compared as equal."""
    for spelled in (name, name.upper(), name.title(), unicodedata.normalize("NFD", name)):
        line = json.dumps({"entities": [{"id": entity_id, "name": spelled}]}, ensure_ascii=plain).encode()
        for wanted in (fold(spelled), entity_id.strip().casefold()):
            passes_over = sieve("entities", [wanted])
            assert passes_over is None or not passes_over(line)


def asked_with(options: Filters, path: Path) -> tuple[object, ...]:
    """What the commands say: what they find, what they count, what is damaged."""
    said, wrong = io.StringIO(), io.StringIO()
    codes: list[object] = []
    with redirect_stdout(said), redirect_stderr(wrong):
        for command in (
            lambda: show(str(path), replace(options, claim_id=None)),
            lambda: show(str(path), replace(options, claim_id=None), limit=2),
            lambda: show(str(path), options),
            lambda: stats_of_file(str(path), options, by=tuple(DIMENSIONS), format_="json"),
            lambda: stats_of_file(str(path), options, by=tuple(COUNTED), limit=2, format_="json"),
        ):
            try:
                codes.append(command())
            except UsageError as error:
                codes.append(str(error))
    return (*codes, said.getvalue(), wrong.getvalue())


@settings(deadline=None)
@given(files(), filters())
def test_the_answer_is_the_same_with_and_without_an_index(data: bytes, options: Filters) -> None:
    """Byte for byte, the damage that is told and the exit status too."""
    assume(not data.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"["))
    with tempfile.TemporaryDirectory() as folder, patch("claimex.index.reader.BROAD", 0):
        path = Path(folder) / "claims.jsonl"
        path.write_bytes(data)
        without = asked_with(options, path)
        build_index(str(path))
        assert asked_with(options, path) == without
