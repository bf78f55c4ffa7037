"""The rules in use, one by one: what each says of itself, and whether its own sentences bear it out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from claimex.claims import kinds
from claimex.layering import laid_over
from claimex.lexicon import parsed, read_user_file
from claimex.model import Model
from claimex.rule_files import RuleFile, rule_files

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from claimex.components.factuality_rules import Governor
    from claimex.components.factuality_tree import Marks

SAID = ("id", "note", "yes", "no")
MARKED = re.compile(r"\[([^\]]+)\]")
"""The event in a sentence of a factuality rule."""
ATTRIBUTION, FACTUALITY = "attribution", "factuality"
SILENT = ("same", "fact")
"""Values of rules that leave no mark on an event."""


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule with an id. `file` is the user's file that added it or words to it, None for the package's own."""

    id: str
    layer: str
    note: str
    fields: dict[str, Any]
    """What it matches and what it yields, as far as it says so."""
    yes: tuple[str, ...]
    no: tuple[str, ...]
    file: str | None


def listed_rules() -> list[ListedRule]:
    """Every rule in use that has an id, layer by layer in the order of their files."""
    return [rule for file in rule_files().values() for rule in _rules_of(file)]


def _rules_of(file: RuleFile) -> Iterator[ListedRule]:
    content = file.read()
    if not isinstance(content, Model):
        return
    added = _added_by(file)
    for _, entries in content:
        for entry in entries if isinstance(entries, tuple) else ():
            if isinstance(entry, Model) and hasattr(entry, "id") and hasattr(entry, "note"):
                said = entry.model_dump(mode="json", exclude_defaults=True)
                yield ListedRule(
                    id=said["id"],
                    layer=file.layer,
                    note=said["note"],
                    fields={key: value for key, value in said.items() if key not in SAID},
                    yes=tuple(said.get("yes", ())),
                    no=tuple(said.get("no", ())),
                    file=added.get(said["id"]),
                )


def _added_by(file: RuleFile) -> dict[str, str]:
    """Ids of rules to the last of the user's files that has something to say of them."""
    return {
        entry["id"]: str(path)
        for path in laid_over(*file.place)
        for entries in parsed(read_user_file(path), str(path)).values()
        for entry in (entries if isinstance(entries, list) else ())
        if isinstance(entry, dict) and "id" in entry
    }


def words_of(rule: ListedRule) -> list[str]:
    """The words that a rule fires on, whatever shape its file gives them."""
    return list(_words(rule.fields.get("words", ())))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.split()
    else:
        for item in value:
            yield from _words(value[item]) if isinstance(value, dict) else [item]


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence of a rule that does not show what it should."""

    rule: str
    sentence: str
    fires: bool
    """Whether the rule fires on the sentence; it should not then, else it should."""


def failures(nlp: Language, rules: Iterable[ListedRule]) -> Iterator[Failure]:
    """The sentences of these rules on which they fire or not, the other way round than they say."""
    for rule in rules:
        for sentence, expected in (*((s, True) for s in rule.yes), *((s, False) for s in rule.no)):
            if (rule.id in _fired(nlp, sentence, rule.layer)) != expected:
                yield Failure(rule.id, sentence, not expected)


def can_be_checked(rule: ListedRule) -> bool:
    """Whether a rule has sentences, and its layer tells which rule fired."""
    return bool(rule.yes) and (rule.layer in (ATTRIBUTION, FACTUALITY) or rule.layer in kinds())


def _fired(nlp: Language, sentence: str, layer: str) -> set[str]:
    if layer == ATTRIBUTION:
        return {mention.rule for mention in nlp(sentence)._.attributions}
    if layer == FACTUALITY:
        return _reached(nlp, sentence)
    return {claim.evidence.rule for claim in nlp(sentence)._.claims if claim.kind == layer}


def _reached(nlp: Language, marked: str) -> set[str]:
    """The rules that reach the marked events, those too that only let other marks through or stop them."""
    from claimex.components.factuality_scope import Scope

    class Watched(Scope):
        def __init__(self, doc: Doc) -> None:
            self.silent: dict[int, str] = {}
            super().__init__(doc)

        def from_head(self, i: int) -> Marks:
            self.at = i
            return super().from_head(i)

        def effect(self, rule: Governor, cue: int) -> Marks:
            if rule.value in SILENT:
                self.silent[self.at] = rule.id
            return super().effect(rule, cue)

    reached: set[str] = set()
    for token in marked_tokens(nlp, marked):
        scope = Watched(token.doc)
        reached.update(mark.rule for mark in scope.marks[token.i])
        if token.i in scope.silent:
            reached.add(scope.silent[token.i])
    return reached


def marked_tokens(nlp: Language, marked: str) -> list[Token]:
    """The tokens in brackets, of the text without them."""
    doc = nlp(MARKED.sub(r"\1", marked))
    starts = [match.start() - 2 * n for n, match in enumerate(MARKED.finditer(marked))]
    return [token for token in doc if token.idx in starts]
