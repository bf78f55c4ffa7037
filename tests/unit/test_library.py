"""claimex as a library: its functions take what the README says, again and again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import claimex
import claimex.pipeline
from claimex.errors import UsageError

TEXT = "Chad sent 1,200 soldiers to Gao, the army said."


@pytest.fixture(autouse=True)
def one_pipeline(nlp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls share the pipeline of the session."""
    monkeypatch.setattr(claimex.pipeline, "build_nlp", lambda *args, **options: nlp)


def test_files_folders_and_texts(tmp_path: Path) -> None:
    """A result each, in order; what cannot be read is a problem in its place."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    results = list(claimex.extract([tmp_path, str(tmp_path / "a.txt"), TEXT, tmp_path / "none.txt"]))
    assert [result.article and result.article.id for result in results] == ["a", None, f"{tmp_path}/a", "text-2", None]
    assert [len(result.problems) for result in results] == [0, 1, 0, 0, 1]
    quotes = [[claim.evidence.quote for claim in result.claims if claim.kind == "troop_count"] for result in results]
    assert quotes == [["1,200 soldiers"], [], ["1,200 soldiers"], ["1,200 soldiers"], []]


def test_no_two_articles_share_an_id(tmp_path: Path) -> None:
    """Wherever they come from: folders, files that are named, texts."""
    for name in ("a/x.txt", "b/x.txt", "text-2.txt", "text-4.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    given = [tmp_path / "a", tmp_path / "b/x.txt", TEXT, tmp_path / "text-2.txt", TEXT, tmp_path / "text-4.txt"]
    assert ids_of(given) == ["x", f"{tmp_path}/b/x", "text-2", f"{tmp_path}/text-2", "text-4", f"{tmp_path}/text-4"]
    assert ids_of([tmp_path / "text-2.txt", TEXT, TEXT]) == ["text-2", "text-1", "text-2-2"]


def ids_of(given: list[Any]) -> list[str | None]:
    """The ids of the articles."""
    return [result.article and result.article.id for result in claimex.extract(given)]


@pytest.mark.parametrize("call", [1, 2])
def test_one_text_is_one_article(call: int) -> None:
    """Not an article a character; and a second call is like the first."""
    (result,) = claimex.extract(TEXT, kinds=("troop_count",), published="2013-02-04")
    assert result.article is not None
    assert (result.article.id, result.article.published) == ("text-0", "2013-02-04")
    assert {claim.kind for claim in result.claims} == {"troop_count"}


def test_an_unknown_kind() -> None:
    """Said at once, with those there are."""
    with pytest.raises(UsageError, match="no kind 'troops'; choose from entity, troop_count"):
        claimex.extract(TEXT, kinds=("troops",))


def test_a_dump_with_names_of_its_own(tmp_path: Path) -> None:
    """As on the command line."""
    path = tmp_path / "dump"
    path.write_text('{"body": "' + TEXT + '"}\n{"text": "x"}\n', encoding="utf-8")
    read, failed = claimex.extract(path, format="jsonl", fields={"text": "body"})
    assert read.article is not None
    assert (read.article.id, read.encoding) == ("dump-1", "utf-8")
    assert "there is no field 'body'" in failed.problems[0].message


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"format": "xml"}, "no format 'xml'; choose from txt"),
        ({"fields": {"body": "text"}}, "no field 'body'; an article has id, text"),
        ({"published": "soon"}, "published 'soon' is no date"),
    ],
)
def test_options_that_make_no_sense(options: Any, said: str) -> None:
    """Said at once."""
    with pytest.raises(UsageError, match=said):
        claimex.extract(TEXT, **options)
