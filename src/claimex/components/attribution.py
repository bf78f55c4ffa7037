"""Who says what: speech, thought and documents, quoted or not, as `doc._.attributions`."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from spacy.strings import get_string_id

from claimex.annotations import AttributionMention
from claimex.components.attribution_lexicon import index
from claimex.components.attribution_others import others
from claimex.components.attribution_quotes import after_dateline, claim_quotes, go_on, whole_quotes
from claimex.components.attribution_speakers import Speakers, carrier
from claimex.components.attribution_text import Draft, Reading
from claimex.components.attribution_verbs import verb_cues
from claimex.components.columns import parsed_tokens
from claimex.components.layer import Layer
from claimex.layering import from_rules

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from claimex.components.attribution_text import Range


@from_rules
def _hashes() -> frozenset[int]:
    lexicon = index()
    return frozenset(int(get_string_id(word)) for word in lexicon.lemmas | lexicon.according_first)


def _candidates(doc: Doc) -> list[int]:
    """Tokens that were parsed and whose lemma or form stands in the word lists."""
    known = _hashes()
    lemmas, lowers = doc.to_array("LEMMA").tolist(), doc.to_array("LOWER").tolist()
    return [i for i in parsed_tokens(doc) if lemmas[i] in known or lowers[i] in known]


def drafts(doc: Doc) -> list[Draft]:
    """The attributions of a Doc in token ranges, by cue."""
    reading = Reading(doc)
    candidates = _candidates(doc)
    found: list[Draft] = []
    claimed: dict[int, int] = {}
    carried: set[int] = set()
    for cue in verb_cues(reading, candidates):
        draft = cue.draft()
        quoted = claim_quotes(reading, cue, claimed, len(found))
        frame = cue.quote_frame()
        if quoted is not None and frame is not None:
            near = reading.trim(*quoted)
            if draft is None or draft.content is None or draft.frame is None or draft.frame.takes != "clause":
                draft = cue.make((cue.verb.i, cue.end), near, frame)
            else:
                draft.content = _with_quote(draft.content, quoted, cue.verb.i)
        if cue.quoting is not None:
            carried.add(cue.quoting.i)
        if draft is not None:
            found.append(draft)
    found = [draft for draft in found if draft.cue[0] not in carried]
    found.extend(others(reading, candidates))
    found.sort(key=lambda d: d.cue)
    _cut_at_next(doc, found)
    found = _outermost(found, len(doc))
    for draft in found:
        if draft.content is not None:
            draft.content = reading.trim(after_dateline(reading, draft.content[0]), draft.content[1])
        _leave_dateline(reading, draft)
        whole_quotes(reading, draft)
    go_on(reading, found)
    return found


def _leave_dateline(reading: Reading, draft: Draft) -> None:
    """Cut 'OSLO, June 9 -' off a source in front of its cue, also where the parser took the city for the speaker."""
    if draft.source is None or draft.source[1] > draft.cue[0]:
        return
    after = after_dateline(reading, reading.ahead(reading.paragraph(draft.source[0])[0]))
    if draft.source[0] < after < draft.cue[0]:
        end = draft.source[1] if draft.root >= after else draft.cue[0]
        named = reading.trim(after, end)
        if named is not None:
            draft.source = named
            if draft.root < after:
                draft.root = named[1] - 1


def _with_quote(content: Range, quoted: Range, verb: int) -> Range:
    """Clause and quotation as one range; a phrase in front of the verb is no part of what is quoted behind it."""
    start = quoted[0] if content[0] < verb < quoted[0] else min(quoted[0], content[0])
    return start, max(quoted[1], content[1])


def _cut_at_next(doc: Doc, found: list[Draft]) -> None:
    """'He said that A, adding that B', 'he said that A, and they warned that B': the next report ends the first."""
    for k, draft in enumerate(found):
        if draft.content is None or draft.source is None:
            continue
        for later in found[k + 1 : k + 4]:
            start, end = draft.content
            if not draft.cue[1] <= start < later.cue[0] < end:
                continue
            same = later.root == draft.root >= 0
            if same or _is_beside(doc, draft, later):
                end = later.cue[0] if same or later.source is None else later.source[0]
                while end - 1 > start and doc[end - 1].pos_ in ("CCONJ", "ADV", "PUNCT", "SPACE"):
                    end -= 1
                draft.content = (start, end)


def _is_beside(doc: Doc, draft: Draft, later: Draft) -> bool:
    """Whether a verb of saying behind 'and' with a subject of its own stands beside the first one, in its tense."""
    verb = doc[later.cue[0]]
    if later.source is None or later.frame is None or later.frame.takes != "clause" or verb.dep_ != "conj":
        return False
    joint = doc[later.source[0] - 1]
    return joint.pos_ == "CCONJ" and verb.tag_ == doc[draft.cue[0]].tag_ and verb.tag_ != verb.head.tag_


def _outermost(found: list[Draft], n: int) -> list[Draft]:
    """Without the wishes and judgements that stand inside what another source says: they are that source's words."""
    steps = [0] * (n + 1)
    for draft in found:
        if draft.content is not None:
            steps[draft.content[0]] += 1
            steps[draft.content[1]] -= 1
    depth = list(accumulate(steps))

    def is_inside(draft: Draft) -> bool:
        start, end = draft.content or (0, 0)
        return depth[draft.cue[0]] > (start <= draft.cue[0] < end)

    return [d for d in found if d.frame is None or d.frame.nested or not is_inside(d)]


def find(doc: Doc) -> list[AttributionMention]:
    """Attributions by the position of their cue; contents may nest and overlap."""
    mentions: list[AttributionMention] = []
    if not len(doc):
        return mentions
    speakers = Speakers(doc)
    for draft in drafts(doc):
        resolved = speakers.resolved(draft)
        via, behind = carrier(draft, doc)
        head = behind or (resolved.root if resolved is not None else doc[draft.root] if draft.root >= 0 else None)
        mentions.append(
            AttributionMention(
                source=doc[draft.source[0] : draft.source[1]] if draft.source is not None else None,
                cue=doc[draft.cue[0] : draft.cue[1]],
                content=doc[draft.content[0] : draft.content[1]] if draft.content is not None else None,
                type=speakers.type(head) if head is not None else "unnamed",
                via=via,
                resolved=resolved,
                rule=draft.rule,
                reporting=draft.reporting,
            )
        )
    return mentions


def create(nlp: Language, name: str) -> Layer:
    """Factory `claimex_attribution`."""
    return Layer(name, "attributions", find)
