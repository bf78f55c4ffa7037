"""The targets of the fuzzer, with inputs that hypothesis makes and with every input that ever broke one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hard.targets import TARGETS

FOUND = Path(__file__).parent / "found"
PIECES = [
    line[1:-1].encode().decode("unicode_escape").encode("latin-1")
    for line in (Path(__file__).parent / "pieces.dict").read_text(encoding="ascii").splitlines()
    if line.startswith('"')
]
texts = st.lists(st.sampled_from(PIECES), max_size=25)
inputs = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")),
    texts.map(b" ".join),
    texts.map(b"".join),
)


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=inputs)
def test_inputs_of_hypothesis(name: str, data: bytes) -> None:
    """No target raises."""
    TARGETS[name](data)


@pytest.mark.parametrize("path", sorted(FOUND.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_inputs_that_broke_a_target_once(path: Path) -> None:
    """They break it no more."""
    TARGETS[path.parent.name](path.read_bytes())
