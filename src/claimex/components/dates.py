"""The dates layer: every date said in a Doc, with the days that it can mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.annotations import DateMention
from claimex.components.layer import Layer
from claimex.components.plain_words import BREAK, PlainWords, read_words
from claimex.normalize.date_named import feast_at
from claimex.normalize.date_words import lexicon
from claimex.normalize.dates import may_start, read_date, resolve
from claimex.normalize.published import parse_published

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from claimex.normalize.date_words import Said
    from claimex.normalize.intervals import Direction

PAST_TAGS = {"VBD", "VBN"}
VERBS = {"VERB", "AUX"}
FUTURE_MODALS = {"will", "'ll", "shall", "would", "must", "should"}
NOUNS = {"NN", "NNS", "NNP", "NNPS"}
NOMINAL = {"NN", "JJ", "NNP", "NNS"}
OPENERS = {"(", BREAK, '"', "'"}
MASK = "\0"
"""Stands in for a word that only looks like a month or weekday, so that no rule reads it as one."""


def find(doc: Doc) -> list[DateMention]:
    """Dates in text order, none overlapping; resolved against the article's publication date where it is known."""
    view = read_words(doc)
    words = _masked(view)
    article = doc._.context.article
    published = parse_published(article.published) if article is not None else None
    counted = {i for q in doc._.quantities for i in range(q.number.start, q.number.end)}
    found: list[DateMention] = []
    start = 0
    for i, word in enumerate(words):
        if i < start or not may_start(words, i, word):
            continue
        said = read_date(words, i)
        if said is None or (said.weak and not _stands_as_date(view, i, said)):
            continue
        if len(words[said.end - 1]) == 4 and view.tokens[said.end - 1] in counted:
            start = said.end
            continue  # "after 2000 soldiers", "from 1200 to 1900 men"
        interval = resolve(said, published, _direction(view, i))
        start = said.end
        found.append(
            DateMention(
                span=view.span(i, said.end),
                precision=interval.precision,
                earliest=interval.earliest.isoformat() if interval.earliest else None,
                latest=interval.latest.isoformat() if interval.latest else None,
            )
        )
    return found


def _masked(view: PlainWords) -> list[str]:
    """The words, with 'may', 'march', 'sun' and the like hidden where they are no month or day."""
    return [MASK if _is_other_word(view, i, word) else word for i, word in enumerate(view.low)]


def _is_other_word(view: PlainWords, i: int, word: str) -> bool:
    words = lexicon().words
    if word in lexicon().months:
        token = view.doc[view.tokens[i]]
        if token.ent_type_ == "PERSON" and token.ent_iob_ == "I":
            return True  # a surname
    if word in words.verb_months:
        return not _is_month(view, i)
    if (feast := feast_at(view.low, i)) is not None and view.tag(feast[0]) in NOUNS:
        return True  # "Christmas shopping", "Christmas Island"
    if word in words.word_days:
        return not (view.at(i + 1)[:1].isdigit() or view.at(i + 1) in lexicon().months)
    if word == "soon":
        return view.at(i + 1) in {"as", "after", "enough"}
    if word == "second":
        return view.at(i + 1) not in {"quarter", "half"}
    return word == BREAK


def _is_month(view: PlainWords, i: int) -> bool:
    """Whether 'may', 'march' or 'mar' at i is a month."""
    before, after = view.at(i - 1), view.at(i + 1)
    if view.tag(i + 1) == "VB" or (view.tag(i) in {"MD", "VB", "VBP", "VBD"} and not view.words[i].istitle()):
        return before.isdigit() and after[:1].isdigit()
    if before[:1].isdigit() or after[:1].isdigit():
        return True
    if view.tag(i - 1) == "NNP" and before not in lexicon().weekdays:
        return False  # "Theresa May"
    return before in lexicon().words.before_month or (view.tag(i) == "NNP" and view.words[i].istitle())


def _stands_as_date(view: PlainWords, i: int, said: Said) -> bool:
    """Whether a bare season or year is one here: after a preposition, not counted, not part of a name."""
    words, before = lexicon().words, view.at(i - 1)
    if view.low[i][:1].isdigit():
        year = int(view.low[i][:4])
        if view.at(i + 1) in words.clock or year > 2099 or (year < 1800 and before not in words.before_old_year):
            return False
        glued = i > 0 and not view.doc[view.tokens[i - 1]].whitespace_ and before not in OPENERS
        return not glued and (before in words.before_year or view.tag(i + 1) in NOMINAL)
    if feast_at(view.low, i + (view.low[i] == "the")) is not None:
        return before in words.before_feast
    return (
        before in words.before_season
        and view.at(said.end) != "of"
        and view.tag(said.end - 1) not in {"VB", "VBD", "VBP", "VBZ"}
    )


def _direction(view: PlainWords, i: int) -> Direction | None:
    """Whether the clause around word i speaks of the past or of what is to come; None where the parse cannot say."""
    token = view.doc[view.tokens[i]]
    for _ in range(8):
        if token.pos_ in VERBS and token.tag_ != "VBG":
            return _tense(token)
        if token.head.i == token.i:
            break
        token = token.head
    return None


def _tense(verb: Token) -> Direction | None:
    auxiliaries = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    modal = next((a for a in auxiliaries if a.tag_ == "MD"), None)
    if modal is not None:
        return "future" if modal.lower_ in FUTURE_MODALS else None
    if any(a.tag_ == "TO" for a in auxiliaries):
        # "the first leader to visit Kyiv in April" may have done so; "to have left" has.
        perfect = any(a.lemma_ == "have" for a in auxiliaries)
        return "past" if perfect else None if verb.dep_ in {"acl", "relcl"} else "future"
    if verb.tag_ in PAST_TAGS or any(a.tag_ == "VBD" for a in auxiliaries):
        return "past"
    return None


def create(nlp: Language, name: str) -> Layer:
    """Factory `claimex_dates`."""
    return Layer(name, "dates", find)
