"""What `claimex review` asks, and what the answers do; keys and lines come from functions, so no terminal is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from shutil import get_terminal_size
from textwrap import wrap
from typing import TextIO

from claimex.cli.output import print_claim
from claimex.evaluate.fields import FIELDS, Field, fields_of
from claimex.review.session import Session
from claimex.wording import Claim, printable

Key = Callable[[], str]
"""Waits for a key."""
Ask = Callable[[str], str]
"""Asks for a line."""

KEYS = {
    "r": "right",
    "w": "wrong",
    "f": "a field is wrong",
    "m": "missed one here",
    "s": "skip",
    "b": "back",
    "q": "quit",
}
"""What can be answered to a claim."""


class Enough(Exception):  # noqa: N818 - it is no error
    """Whoever answers has had enough."""


def ask_about(session: Session, key: Key, ask: Ask, stream: TextIO) -> None:
    """Show the claim of a session and do what the answer says. Raises Enough for the answer that ends it."""
    claim = session.current
    if claim is None:
        return
    stream.write(f"\n{'─' * 40}\n{session.place + 1} of {len(session.claims)}\n\n")
    print_claim(claim, stream)
    pressed = ""
    while not _done(session, claim, pressed, ask, stream):
        if pressed in ("", "f", "m", "b"):
            stream.write("\n" + "  ".join(f"{letter} {words}" for letter, words in KEYS.items()) + "\n")
        stream.flush()
        pressed = key().lower()


def _done(session: Session, claim: Claim, pressed: str, ask: Ask, stream: TextIO) -> bool:
    """Do what a key says; whether the session is somewhere else now."""
    if pressed == "q":
        raise Enough
    if pressed == "f":
        _correct(session, fields_of(claim["kind"]), ask, stream)
    elif pressed == "m":
        _add(session, claim, ask, stream)
    elif pressed == "b":
        if session.back():
            return True
        stream.write("this is where the session began\n")
    elif pressed in ("r", "w", "s"):
        {"r": session.right, "w": session.wrong, "s": session.skip}[pressed]()
        stream.write(f"{KEYS[pressed]}\n")
        return True
    return False


def _correct(session: Session, fields: Sequence[Field], ask: Ask, stream: TextIO) -> None:
    """Ask which field is wrong, and what it should say."""
    claim = session.current
    if claim is None or not fields:
        stream.write("claims of this kind have no fields that are scored; is it right or wrong as a whole?\n")
        return
    for number, field in enumerate(fields, 1):
        stream.write(printable(f"  {number} {field.name}: {field.say(claim) or '(nothing)'}") + "\n")
    number = _number("which one (Enter: none)", len(fields), ask, stream)
    if number:
        field = fields[number - 1]
        words = _until_taken(field, lambda said: session.correct(field, said), ask, stream)
        stream.write(printable(f"{field.name}: {words or '(nothing)'}; r where the rest is right") + "\n")


def _add(session: Session, claim: Claim, ask: Ask, stream: TextIO) -> None:
    """Ask for a claim that stands in this sentence, too."""
    kinds = list(FIELDS)
    for number, kind in enumerate(kinds, 1):
        stream.write(f"  {number} {kind}\n")
    chosen = _number("of which kind (Enter: none)", len(kinds), ask, stream)
    if not chosen:
        return
    kind = kinds[chosen - 1]
    words = ask("its words, as they stand in the sentence (Enter: none): ").strip()
    while words and words not in claim["evidence"]["sentence"]["text"]:
        stream.write("the sentence has no such words\n")
        words = ask("its words, as they stand in the sentence (Enter: none): ").strip()
    if words:
        said = {field.name: _until_taken(field, field.read, ask, stream) for field in fields_of(kind)}
        session.missed(kind, words, said)
        stream.write("noted; and the claim above?\n")


def _number(question: str, highest: int, ask: Ask, stream: TextIO) -> int:
    """A number from 1 to `highest`, 0 for none."""
    while True:
        answer = ask(f"{question}: ").strip()
        if not answer:
            return 0
        if answer.isdecimal() and 1 <= int(answer) <= highest:
            return int(answer)
        stream.write(f"a number from 1 to {highest}\n")


def _until_taken(field: Field, take: Callable[[str], object], ask: Ask, stream: TextIO) -> str:
    """Ask what a field should say until it can; the words."""
    hint = ", ".join(field.choices) or field.hint
    stream.write("\n".join(wrap(f"{field.name}: {hint}", get_terminal_size().columns - 1)) + "\n")
    while True:
        words = ask(f"{field.name}? ")
        try:
            take(words)
        except ValueError as error:
            stream.write(printable(str(error)) + "\n")
        else:
            return words.strip()
