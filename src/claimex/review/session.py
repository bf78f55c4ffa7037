"""The course of a review: which claim is asked about, what was decided, and the way back. Free of any terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from claimex.evaluate.decisions import Decision, decision_on
from claimex.evaluate.fields import Field, fields_of
from claimex.model import claim_id
from claimex.review.decisions import DecisionFile
from claimex.wording import Claim


@dataclass(frozen=True, slots=True)
class Step:
    """What was done at a claim: a decision, or None where it was passed over."""

    place: int
    decision: Decision | None


class Session:
    """Claims to be decided on, one after the other; those with a decision are not asked about again."""

    def __init__(self, claims: Iterable[Claim], decisions: DecisionFile) -> None:
        self.decisions = decisions
        # Copies of one text have claims of the same ids.
        every = {_key(claim): claim for claim in claims}
        self.claims: Sequence[Claim] = [claim for key, claim in every.items() if key not in decisions.standing]
        self.before = len(every) - len(self.claims)
        """How many had a decision when the session began."""
        self.place = 0
        self.steps: list[Step] = []
        self._corrections: dict[str, Any] = {}

    @property
    def current(self) -> Claim | None:
        """The claim that is asked about; None where there is none left."""
        return self.claims[self.place] if self.place < len(self.claims) else None

    @property
    def made(self) -> int:
        """How many decisions this session has made that hold."""
        return sum(1 for step in self.steps if step.decision)

    def right(self) -> None:
        """All of the claim is right, or all that was not corrected."""
        if self._corrections:
            self._go_on()
        else:
            self._decide(decision_on(self._claim(), "right"))
            self._go_on()

    def wrong(self) -> None:
        """There is no such claim in these words."""
        self._decide(decision_on(self._claim(), "wrong"))
        self._go_on()

    def correct(self, field: Field, words: str) -> None:
        """The field should say these words. The claim stays: more of it may be wrong.

        Raises ValueError where the field cannot say them.
        """
        corrections = {**self._corrections, field.name: field.read(words)}
        self._decide(decision_on(self._claim(), "corrected", **corrections))
        self._corrections = corrections

    def missed(self, kind: str, words: str, said: dict[str, str]) -> None:
        """A claim of this kind stands here too, in these words of the sentence, and says this in its fields.

        Raises ValueError where the sentence has no such words, and for a field that cannot say what it should.
        """
        claim = self._claim()
        sentence = claim["evidence"]["sentence"]
        at = sentence["text"].find(words) if words else -1
        if at < 0:
            raise ValueError(f"{words!r} does not stand in the sentence; copy the words as they are there")
        start = sentence["start"] + at
        fields = {field.name: field.read(said.get(field.name, "")) for field in fields_of(kind)}
        added = {
            "id": claim_id(claim["article"]["sha256"], kind, start, start + len(words), sorted(said.items())),
            "kind": kind,
            "start": start,
            "end": start + len(words),
            "text": words,
            "sentence": sentence["text"],
            **fields,
            "optional": False,
        }
        like = decision_on(claim, "missed")
        self._decide(Decision("missed", like.article, added))

    def skip(self) -> None:
        """Leave the claim undecided, to be asked about another time."""
        if not self._corrections:
            self.steps.append(Step(self.place, None))
        self._go_on()

    def back(self) -> bool:
        """Take the last step back, its decision too; whether there was one."""
        if not self.steps:
            return False
        step = self.steps.pop()
        if step.decision:
            self.decisions.add(Decision("taken_back", step.decision.article, step.decision.claim))
        self.place, self._corrections = step.place, {}
        return True

    def _claim(self) -> Claim:
        claim = self.current
        if claim is None:
            raise IndexError("there is no claim left")
        return claim

    def _decide(self, decision: Decision) -> None:
        self.decisions.add(decision)
        # A further correction takes the place of the one before it.
        self.steps = [step for step in self.steps if not step.decision or step.decision.key != decision.key]
        self.steps.append(Step(self.place, decision))

    def _go_on(self) -> None:
        self.place += 1
        self._corrections = {}


def _key(claim: Claim) -> tuple[str, str]:
    return claim["article"]["sha256"], claim["id"]
