"""Numbers that count nothing: years, dates, clock times, ages in apposition, labels, scores, parts of other words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.plain_words import BREAK
from claimex.components.quantity_words import lexicon
from claimex.normalize.date_words import lexicon as date_words
from claimex.normalize.numbers import number_words, read_number

if TYPE_CHECKING:
    from claimex.components.plain_words import PlainWords
    from claimex.components.quantity_units import Unit
    from claimex.model import Bound
    from claimex.normalize.numbers import Number

OPENERS = {"(", '"', "'", "[", "~", "<", ">", "--", BREAK}
CLOSERS = {";", ")", "''", "“", "‘", "”"}


def is_part_of_word(view: PlainWords, i: int) -> bool:
    """Whether the number at i is glued to what stands before it: 'T-72', '3/4', '10:30', '555-1234'."""
    if i == 0:
        return False
    before, word = view.doc[view.tokens[i - 1]], view.low[i - 1]
    if before.whitespace_ or view.tokens[i - 1] != view.tokens[i] - 1 or word in OPENERS:
        return False
    if word in lexicon().currency_signs:
        return False
    if word in {"-", "–", "—"}:
        if i == 1:
            return False
        earlier = view.doc[view.tokens[i - 2]]
        return not earlier.whitespace_ and view.low[i - 2][-1:].isalnum()
    if word in {".", ",", ":"}:
        return i > 1 and view.low[i - 2][-1:].isalnum() and not before_space(view, i - 1)
    return word not in CLOSERS


def before_space(view: PlainWords, i: int) -> bool:
    """Whether white space stands before word i."""
    return i == 0 or bool(view.doc[view.tokens[i - 1]].whitespace_)


def is_label(view: PlainWords, i: int, number: Number, unit: Unit, bound: Bound | None) -> bool:
    """Whether the number at i names something: 'Division 17', 'Group of Seven', 'Apollo 13'."""
    names = lexicon().names
    before = view.at(i - 1)
    counted = unit.head is not None and not unit.elliptic
    if before in {"and", ",", "or"} and view.at(i - 2).isdigit() and view.at(i - 3) in names.always_before:
        return True
    if bound is None and before in names.before and number.form in {"digits", "words"}:
        return view.words[i - 1][:1].isupper() or not counted or before in names.always_before
    word = view.words[i]
    if number.form == "words" and word[:1].isupper() and bound is None and (before.isalpha() or before == "'s"):
        # A capital in running text: "Ocean's Twelve", "the Six Nations". Headlines are read in lower case.
        return not counted or view.words[unit.head or 0][:1].isupper()
    if before == "." and view.at(i - 2) in {"no", "nos"}:
        return True
    if number.form == "words" and before == "of" and view.at(i - 2) in names.group_nouns and not counted:
        return True
    if number.form == "digits" and bound is None and view.low[i].isdigit() and len(view.low[i]) < 4:
        # "Apollo 13", "the Nord Stream 1 pipeline", but not "in Gaza 12 soldiers".
        single = counted and view.tag(unit.head or 0) == "NN" and unit.name not in lexicon().measures.values()
        named = view.tag(i - 1) in {"NNP", "NNPS"} and view.words[i - 1].isalpha()
        return named and ((single and unit.end == number.end + 1) or (not counted and unit.name is None))
    return False


def is_time(view: PlainWords, i: int, number: Number, unit: Unit, bound: Bound | None) -> bool:
    """Whether the number at i belongs to a date, a clock time or a year."""
    names = lexicon().names
    before, after = view.at(i - 1), view.at(number.end)
    if after in names.after or (after == "local" and view.at(number.end + 1) == "time"):
        return True
    if number.form == "vague":
        return False
    if isinstance(number.value, float) and unit.head is not None and view.tag(unit.head) == "NNP":
        return True  # "23.34 Joe Biden has": the clock time of a live page
    if _is_month(view, i - 1):
        counted = unit.head is not None and view.tag(unit.head) in {"NNS", "NNPS"} and "," not in view.low[i]
        # "In March 12 soldiers died", "in May two soldiers": a month by itself before a count.
        return not (counted and (number.form == "words" or view.at(i - 2) in {"in", "since", "during"}))
    small = all(v is None or v <= 31 for v in (number.value, number.low, number.high))
    if small and number.form != "words":
        if _is_month(view, number.end):
            return True
        if after in {"and", "-", "to", "or"} and view.at(number.end + 1).isdigit():
            return _names_month(view, number.end + 2)
        if before in {"and", ",", "-", "to"} and view.at(i - 2).isdigit() and _names_month(view, i - 3):
            return unit.head is None
    return _is_year(view, i, number, unit, bound)


def _names_month(view: PlainWords, i: int) -> bool:
    """Whether the word at i names a month, in full or short: 'march', 'mar', 'mar.'."""
    return view.at(i).rstrip(".") in date_words().months


def _is_month(view: PlainWords, i: int) -> bool:
    """Whether the word at i names a month and is none else: 'may' before a verb and 'march' as one are."""
    if not _names_month(view, i):
        return False
    if view.low[i] == "may":
        return view.tag(i + 1) not in {"VB", "RB"}
    return view.low[i] not in {"march", "mar"} or view.tag(i) not in {"VB", "VBP"}


def _is_year(view: PlainWords, i: int, number: Number, unit: Unit, bound: Bound | None) -> bool:
    names, word = lexicon().names, view.low[i]
    if number.form == "range":
        return all(isinstance(v, int) and 1900 <= v <= 2099 for v in (number.low, number.high)) and "," not in word
    if not (word.isdigit() and len(word) == 4) or number.end != i + 1:
        return False
    value, before = int(word), view.at(i - 1)
    # "at 2115": a clock time.
    if word[0] == "0" or (before == "at" and value <= 2359 and 0 < value % 100 < 60 and unit.name is None):
        return True
    if _names_month(view, i - 1):
        return True
    plural = unit.head is not None and view.tag(unit.head) in {"NNS", "NNPS", ""} and not unit.elliptic
    counted = plural and before not in names.year_prepositions - {"of", "to", "for", "by"}
    if 1900 <= value <= 2099:
        # "2000 soldiers" and "some 2011 troops" count; "in 2003", "about 1990" and "the 1967 borders" do not.
        if counted and (value % 100 == 0 or bound is not None):
            return False
        return bound is None or view.at(i - 1) in lexicon().words.ambiguous_modifiers
    if 1000 <= value < 1900 and bound is None:
        return before in names.year_prepositions - {"to", "of", "for", "by"} and not plural
    return False


def is_age(view: PlainWords, i: int, number: Number, unit: Unit, lead: int) -> bool:
    """'Ilse Brandt, 58, said', 'Jon Maro (28)', 'aged between 12 and 22': a number of years understood."""
    said = lead - 2 if view.at(lead - 1) == "of" else lead - 1
    if unit.name is None and view.at(said) in {"aged", "ages", "age"}:
        return True
    if number.form != "digits" or unit.name is not None or number.end != i + 1:
        return False
    if not (isinstance(number.value, int) and number.value <= 120):
        return False
    opener, closer = view.at(i - 1), view.at(i + 1)
    if (opener, closer) not in {(",", ","), (",", "."), ("(", ")"), (",", ")"), (",", BREAK), (",", "and")}:
        return False
    return view.tag(i - 2) in {"NNP", "NNPS", "NN", "NNS", ""} or opener == "("


def is_tally(view: PlainWords, i: int, number: Number, unit: Unit) -> bool:
    """'by 3 to 1': two bare numbers of which the first is larger, unless a level fell 'from 30 to 10'."""
    if unit.name is not None or unit.head is not None or not isinstance(number.value, int) or number.value >= 100:
        return False
    if view.at(i - 1) == "to" and i > 1:
        other = read_number(view.low, i - 2)
        return other is not None and other.value is not None and view.at(i - 3) != "from"
    if view.at(number.end) == "to" and number.end + 1 < len(view.low):
        other = read_number(view.low, number.end + 1)
        return other is not None and other.value is not None and view.at(i - 1) != "from"
    return False


def is_pronoun_one(view: PlainWords, i: int, number: Number, unit: Unit) -> bool:
    """'one of the', 'no one', 'one day': the word counts only in 'one soldier', 'one dead', 'one more'."""
    if number.end != i + 1 or view.low[i] != "one":
        return False
    names = lexicon().names
    said = view.at(i - 1) == "that" and view.tag(i - 1) == "IN"  # 'said that one soldier died'
    if view.at(i + 1) in names.one_after or (view.at(i - 1) in names.one_before and not said):
        return True
    if view.tag(i) not in {"CD", ""}:
        return True
    return unit.head is None


def is_numbering(view: PlainWords, i: int, number: Number, unit: Unit) -> bool:
    """'1. First point', '(2)', a lone number on a line: the numbering of a list or of the page."""
    if number.form != "digits" or unit.name is not None or number.end != i + 1:
        return False
    before, after = view.at(i - 1), view.at(i + 1)
    if before in {"", BREAK} and after in {".", ")", "", BREAK, ":"}:
        return True
    return before == "(" and after == ")" and isinstance(number.value, int) and number.value < 100


def is_fraction(view: PlainWords, i: int, number: Number) -> bool:
    """'two-thirds of', 'one in five', 'three out of ten'."""
    end = number.end
    if view.at(end) in {"-", "–"}:
        end += 1
    if number.form == "words" and view.at(i - 1) == "in" and view.at(i - 2) in number_words():
        return True  # "one in five"
    return view.at(end) in lexicon().names.fractions
