"""The file that decisions go to: each is on the disk before the next question is asked."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from claimex.errors import StoreError
from claimex.evaluate.decisions import Decision, read_decision, standing
from claimex.store import json_bytes


class DecisionFile:
    """Decisions, read and added to. A last line that was cut off is taken out; `mended` tells of it.

    Raises StoreError where the file cannot be read or a line of it is no decision.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.mended = False
        try:
            data = path.read_bytes() if path.exists() else b""
        except OSError as error:
            raise StoreError(f"{path}: the decisions cannot be read ({error.strerror})") from error
        whole, _, last = data.rpartition(b"\n")
        decisions = [self._decision(number, line) for number, line in enumerate(whole.splitlines(), 1)]
        if last:
            try:
                decisions.append(read_decision(last))
            except msgspec.MsgspecError:
                self.mended = True
                os.truncate(path, len(data) - len(last))
            else:
                self._append(b"\n")
        self.standing = standing(decisions)

    def _decision(self, number: int, line: bytes) -> Decision:
        try:
            return read_decision(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise StoreError(
                f"{self.path}, line {number}: not a decision ({error}); name another file with -o, or mend the line"
            ) from error

    def add(self, decision: Decision) -> None:
        """Write a decision down. Raises StoreError where it cannot be: the file is as it was then."""
        self._append(json_bytes(msgspec.to_builtins(decision)) + b"\n")
        if decision.decision == "taken_back":
            self.standing.pop(decision.key, None)
        else:
            self.standing[decision.key] = decision

    def _append(self, data: bytes) -> None:
        try:
            with self.path.open("ab", buffering=0) as handle:
                size = handle.tell()
                try:
                    if handle.write(data) != len(data):
                        raise OSError(28, "No space left on device")
                    os.fsync(handle.fileno())
                except OSError:
                    handle.truncate(size)
                    raise
        except OSError as error:
            raise StoreError(
                f"{self.path}: the decision cannot be written ({error.strerror}); those before it are kept"
            ) from error
