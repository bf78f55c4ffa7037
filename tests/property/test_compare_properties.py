"""What holds for any claims: relations have no direction, input has no order, intervals mean what they say."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from claimex.compare.build import compare
from claimex.compare.counts import counts_of
from claimex.compare.figures import allowed, below, overlap
from claimex.compare.model import Comparison
from claimex.compare.relations import relate
from claimex.diff import diff
from claimex.stats import statistics
from tests.made_claims import PLACES, also, quantity, treaty, troops

FIGURES = [
    sign + str(number) for sign in ("", "~", ">", "≥", "≤", "<") for number in (0, 5, 10, 11, 20)
] + ["5-10", "10-20", "hundreds", "many"]  # fmt: skip
FACTUALITIES = ["asserted", "reported", "possible", "planned", "predicted", "negated", "conditional"]
DATES = [None, "2024-10-01", "2024-10-03", "2024-10", "2024-01-01..2024-12-31", "..2024-12-01", "recently"]
SOURCES = [None, "reports", "Chad", "United States", "South Korean intelligence"]

others = st.builds(also, st.sampled_from(["training", "sent"]), place=st.sampled_from([None, "Mali", "border of Chad"]))
counts = st.builds(
    troops,
    st.sampled_from(FIGURES),
    force=st.sampled_from([None, "North Korea", "Chad"]),
    activity=st.sampled_from(["deployed", "present", "training", "killed", "other"]),
    place=st.sampled_from([None, *PLACES, "border of Ukraine", "border of Chad"]),
    further=st.lists(others, max_size=2).map(tuple),
    unit=st.sampled_from(["troops", "soldiers", "officers"]),
    when=st.sampled_from(DATES),
    part_of=st.sampled_from([None, None, "0123456789abcdef"]),
    source=st.sampled_from(SOURCES),
    factuality=st.sampled_from(FACTUALITIES),
    published=st.sampled_from([None, "2024-10-02", "2024-11-20"]),
    article=st.sampled_from(["a1", "a2", "a3"]),
)
events = st.builds(
    treaty,
    st.sampled_from(["negotiated", "signed", "ratified", "in_force", "violated", "provision"]),
    st.sampled_from(["defense pact", "New START", "Lake Accord", "1961 treaty", "treaty", "ceasefire"]),
    type=st.sampled_from(["pact", "treaty", "ceasefire", "other"]),
    parties=st.sampled_from([(), ("Chad",), ("Chad", "Niger"), ("Russia", "North Korea")]),
    factuality=st.sampled_from(FACTUALITIES),
    source=st.sampled_from(SOURCES),
    article=st.sampled_from(["a1", "a2", "a3"]),
    published=st.sampled_from([None, "2024-10-02"]),
)
some_claims = st.lists(st.one_of(counts, events), max_size=14)
pair = st.tuples(st.sampled_from(FIGURES[:-1]), st.sampled_from(FIGURES[:-1]))


@given(counts, counts, st.booleans())
def test_relations_have_no_direction(one: dict[str, Any], other: dict[str, Any], together: bool) -> None:
    """Kind, reason and which is the later do not hang on which comes first."""
    left, right = next(counts_of(one)), next(counts_of(other))
    found = relate(left, right, together=together)
    assert found == relate(right, left, together=together)
    assert (found.later is None) == (found.kind != "update")
    assert found.tentative == ("possible" in (one["factuality"], other["factuality"]))


@given(counts)
def test_a_count_never_contradicts_itself(claim: dict[str, Any]) -> None:
    """Two who say the same are of one voice, or nobody knows what they count."""
    found = relate(next(counts_of(claim)), next(counts_of(claim)))
    assert found.kind in ("same", "compatible", "different_scope")
    assert found.numbers in ("same", "unknown")


@given(pair)
def test_overlap_is_a_shared_number(figures: tuple[str, str]) -> None:
    """Two intervals overlap exactly when some number, whole or half, lies in both."""
    one, other = (allowed(quantity(figure)) for figure in figures)
    assert one is not None and other is not None

    def holds(span: Any, number: float) -> bool:
        above = number > span.low if span.low_open else number >= span.low
        return bool(above and (number < span.high if span.high_open else number <= span.high))

    numbers = [n / 20 for n in range(0, 1000)] + [200.0, 500.0, 999.0, 10_000.0]
    shared = any(holds(one, number) and holds(other, number) for number in numbers)
    assert overlap(one, other) == overlap(other, one) == shared
    assert not (below(one, other) and below(other, one))


@settings(max_examples=60)
@given(some_claims, st.randoms(use_true_random=False))
def test_the_order_of_claims_is_nothing(claims: list[dict[str, Any]], random: Any) -> None:
    """The same claims in any order make the same comparison, byte for byte."""
    shuffled = list(claims)
    random.shuffle(shuffled)
    result = compare(claims)
    assert result.model_dump_json(by_alias=True) == compare(shuffled).model_dump_json(by_alias=True)
    assert Comparison.model_validate_json(result.model_dump_json(by_alias=True)) == result


@settings(max_examples=60)
@given(some_claims)
def test_every_claim_is_told_once(claims: list[dict[str, Any]]) -> None:
    """No claim is lost and none comes twice, but for what else it says of the same people.

    Row numbers are unique and relations lead to rows that are no plans.
    """
    result = compare(claims)
    rows = [row for one in result.topics for q in one.questions for row in (*q.rows, *q.apart)]
    told = [link.claim for row in rows for link in row.claims]
    tellings = [telling for line in result.treaties for stage in line.stages for telling in stage.told]
    told += [link.claim for telling in tellings for link in telling.claims]
    said = {claim["id"]: 1 + len(claim.get("further", ())) for claim in claims}
    assert Counter(told) == said
    assert len({row.row for row in rows}) == len(rows)
    related = {number for one in result.topics for r in one.relations for number in (r.left, r.right)}
    assert related <= {row.row for row in rows if row.standing != "apart"}
    assert all(0 < r.left < r.right for one in result.topics for r in one.relations)


@settings(max_examples=60)
@given(some_claims, some_claims)
def test_diff_accounts_for_every_claim(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> None:
    """What is the same, changed or new makes up the second file; a file does not differ from itself."""
    result = diff(one, other)
    assert result.same + len(result.changed) + len(result.new) == len(other)
    assert result.same + len(result.changed) + len(result.gone) == len(one)
    assert diff(one, list(reversed(one))).is_empty


@settings(max_examples=30)
@given(some_claims)
def test_statistics_add_up(claims: list[dict[str, Any]]) -> None:
    """Every claim has one kind, one article and one month."""
    result = statistics(claims, ("kind", "article", "month"))
    assert [sum(t.claims for t in b.tallies) for b in result.breakdowns] == [len(claims)] * 3
