"""Folders that are walked and lists of paths: what is found, passed over and refused."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path, PurePath
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimex.inputs.article import Problem
from claimex.inputs.finding import find_files
from claimex.inputs.source import stem, suffix
from claimex.run.journal import BEGINNING
from tests.conftest import ROOT
from tests.inputs.made import SENTENCE, made

RECORD = '{\n "claimex": "0.1.0",\n "schema": 1\n}\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def found(*paths: str, lists: tuple[str, ...] = ()) -> list[str]:
    """Files and what is said about the rest."""
    return [item.message if isinstance(item, Problem) else item for item in find_files(paths, lists=lists)]


def test_every_format_is_found_in_a_folder(here: Path) -> None:
    """Packed ones too."""
    for name in ("a.txt", "b.HTML", "c.jsonl.gz", "d.json", "e.md", "f.gz", "g.txt.bz2"):
        made(here, f"in/{name}", SENTENCE)
    assert found("in") == ["in/a.txt", "in/b.HTML", "in/c.jsonl.gz", "in/d.json"]


def test_what_a_run_wrote_is_no_article(here: Path) -> None:
    """The claims and the record beside them: a second run reads what the first one did."""
    for name in ("claims.jsonl", "claims.run.json"):
        made(here, f"in/{name}", (ROOT / "data" / name).read_bytes())
    made(here, "in/array.json", "[]\n")
    made(here, "in/array.json.run.json", RECORD)
    made(here, "in/killed.jsonl", "")
    made(here, "in/killed.jsonl.journal", BEGINNING)
    for name in ("a.txt", "other.json"):
        made(here, f"in/{name}", "{}")
    assert found("in") == ["in/a.txt", "in/other.json"]
    assert found("in/claims.jsonl") == ["in/claims.jsonl"]


@pytest.mark.parametrize(
    ("article", "beside", "content"),
    [
        ("trip.txt", "trip.run.json", RECORD),
        ("trip.txt", "trip.txt.run.json", RECORD),
        ("trip.jsonl", "trip.run.json", RECORD),
        ("trip.json", "trip.run.json", RECORD),
        ("trip.jsonl", "trip.jsonl.journal", BEGINNING),
        ("trip.run.json", "trip.txt", SENTENCE),
    ],
)
def test_no_article_hides_behind_a_record(here: Path, article: str, beside: str, content: str | bytes) -> None:
    """Nor behind the name of one: whatever is no claims file, record or journal by its content is read."""
    made(here, f"in/{article}", json.dumps({"text": SENTENCE}))
    made(here, f"in/{beside}", content)
    assert f"in/{article}" in found("in")


def test_a_list_of_paths(here: Path) -> None:
    """Relative to the working directory; folders are walked; empty lines are nothing; nothing comes twice."""
    for name in ("a.txt", "b c.txt", "in/d.txt", "-"):
        made(here, name, SENTENCE)
    listing = made(here, "list", "\ufeffb c.txt\r\n\r\n./a.txt\nin\n-\nmissing.txt\n")
    assert found("a.txt", lists=(listing,)) == ["a.txt", "b c.txt", "in/d.txt", "./-", "missing.txt"]


def test_a_list_ended_by_nul_characters(here: Path) -> None:
    """Names may have line breaks in them, and bytes that are no text."""
    names = ["a\nb.txt", os.fsdecode(b"\xff.txt")]
    listing = made(here, "list", b"\0".join(map(os.fsencode, names)) + b"\0")
    assert found(lists=(listing,)) == names


def test_a_list_may_not_lead_outside(here: Path) -> None:
    """Neither by its words nor by links; the folder of the list is as good as the working directory."""
    outside = made(here.parent, "secret.txt", SENTENCE)
    (here / "link.txt").symlink_to(outside)
    (here / "in").mkdir()
    (here / "in" / "link.txt").symlink_to(outside)
    listing = made(here, "list", f"{outside}\n../secret.txt\nlink.txt\nin\n/etc/passwd\n\x1b[31m/../..\n")
    said = found(lists=(listing,))
    assert len(said) == 6
    assert all("is neither in this folder nor in that of the list" in sentence for sentence in said)
    assert said[1].startswith(f"{listing}, line 2: ../secret.txt is neither")
    beside = made(here.parent, "list", f"{outside}\n")
    assert found(lists=(beside,)) == [outside]


def test_a_list_on_standard_input_leads_anywhere(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is what a command of the user's writes: `find /data -name '*.txt' | claimex extract --files-from -`."""
    outside = made(here.parent, "data/a.txt", SENTENCE)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{outside}\n../data\n".encode())))
    assert found(lists=("-",)) == [outside, "../data/a.txt"]


def test_links_that_lead_nowhere_or_back_to_themselves(here: Path) -> None:
    """Are told when they are opened; they keep nobody from what lies beside them. Links to folders are passed over."""
    made(here, "in/sub/a.txt", SENTENCE)
    (here / "in" / "loop.txt").symlink_to("loop.txt")
    (here / "in" / "gone.txt").symlink_to("nowhere.txt")
    (here / "in" / "sub" / "up").symlink_to("..")
    (here / "in" / "zero.txt").symlink_to("/dev/zero")
    assert found("in") == ["in/gone.txt", "in/loop.txt", "in/sub/a.txt"]


def test_a_list_is_refused_before_a_folder_is_walked(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line of a stranger's list may be `/`: one sentence, and no look at what lies below."""
    made(here.parent, "there/a.txt", SENTENCE)
    listing = made(here, "list", "/\n..\n../there\n")
    monkeypatch.setattr(os, "scandir", lambda path: pytest.fail(f"{path} is walked"))
    said = found(lists=(listing,))
    assert [sentence.split(" is neither in ")[0] for sentence in said] == [
        f"{listing}, line 1: /", f"{listing}, line 2: ..", f"{listing}, line 3: ../there",
    ]  # fmt: skip


def test_folders_deeper_than_a_path_can_tell(here: Path) -> None:
    """Are told; what lies beside them and above them is found."""
    made(here, "in/a.txt", SENTENCE)
    made(here, "in/z.txt", SENTENCE)
    folder = os.open("in", os.O_RDONLY)
    for _ in range(20):
        os.mkdir("d" * 240, dir_fd=folder)
        below = os.open("d" * 240, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    os.close(os.open("b.txt", os.O_CREAT | os.O_WRONLY, dir_fd=folder))
    os.close(folder)
    first, told, last = found("in")
    assert (first, last) == ("in/a.txt", "in/z.txt")
    assert told.endswith("d: this folder cannot be read (File name too long)")


def test_a_folder_that_may_be_listed_and_not_entered(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its articles are told when they are opened: nothing is asked of them here."""
    made(here, "in/a.txt", SENTENCE)
    monkeypatch.setattr(os, "stat", Mock(side_effect=PermissionError(13, "Permission denied")))
    monkeypatch.setattr(Path, "is_dir", Mock(side_effect=PermissionError(13, "Permission denied")))
    monkeypatch.setattr("os.path.isdir", lambda path: True)
    assert found("in") == ["in/a.txt"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("missing", "no such file or folder"), ("pipe", "this is a named pipe"), (".", "this is a folder, not a file")],
)
def test_a_list_that_cannot_be_read(here: Path, name: str, reason: str) -> None:
    """One sentence."""
    os.mkfifo("pipe")
    (said,) = found(lists=(name,))
    assert reason in said


@given(st.text(alphabet="a.é/ GZgz\\", max_size=12))
def test_the_parts_of_a_path_are_those_of_pathlib(path: str) -> None:
    """Name and suffix, packed or not."""
    name = PurePath(path).name
    name = name[:-3] if name.lower().endswith(".gz") else name
    assert (stem(path), suffix(path)) == (PurePath(name).stem, PurePath(name).suffix[1:].lower())
