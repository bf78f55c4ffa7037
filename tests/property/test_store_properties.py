"""However a claims file is read, the answer is the same."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from hypothesis import assume, given, settings

from claimex.claim_line import Damage, StoredClaim
from claimex.cli.filters import ClaimReader, Filters, question
from claimex.errors import UsageError
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
