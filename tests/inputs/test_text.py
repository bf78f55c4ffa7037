"""Plain text: front matter, encodings, and text that stays as it was."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from claimex.inputs.text import front_matter
from tests.inputs.made import SENTENCE, known, made, read


def test_text_is_read_as_it_stands(tmp_path: Path) -> None:
    """Line ends, byte-order mark, combining marks and right-to-left text keep their offsets."""
    text = "\ufeffChad\r\nsent 30\u00a0soldiers \U0001f600 to Ga\u0308o, \u202bقال الجيش\u202c.\r\n"
    ((article,), said) = read(made(tmp_path, "a.txt", text))
    assert said == []
    assert article.text == text
    assert article.ref.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (article.ref.id, article.encoding, article.notes) == ("a", "utf-8", ())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_front_matter_fills_the_article(tmp_path: Path, end: str, mark: str) -> None:
    """Offsets and hash are those of the text below it."""
    head = [
        "title: Troops: a count",
        "published: 2013-02-04T10:00:00+01:00",
        "Publisher:  The Courier",
        "url:http://x.y/z",
    ]
    path = made(tmp_path, "a.txt", mark + end.join([*head, "id: gao-1", "", SENTENCE, "", "More."]))
    ((article,), said) = read(path)
    assert said == []
    assert article.text == end.join([SENTENCE, "", "More."])
    assert article.ref.sha256 == hashlib.sha256(article.text.encode()).hexdigest()
    assert known(article) == {
        "id": "gao-1",
        "title": "Troops: a count",
        "published": "2013-02-04",
        "publisher": "The Courier",
        "url": "http://x.y/z",
    }


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        f"title: Troops\n{SENTENCE}\n",
        f"title: Troops\nauthor: A Writer\n\n{SENTENCE}\n",
        f"title: Troops\ntitle: Again\n\n{SENTENCE}\n",
        f"\ntitle: Troops\n\n{SENTENCE}\n",
        f"---\ntitle: Troops\n---\n\n{SENTENCE}\n",
        f"Titles: Troops\n\n{SENTENCE}\n",
        f"Zelensky: we stand firm\n\n{SENTENCE}\n",
        f"text: Troops\n\n{SENTENCE}\n",
        f" title: Troops\n\n{SENTENCE}\n",
    ],
)
def test_what_only_looks_like_front_matter_is_text(text: str) -> None:
    """Other keys, a key twice, text without a blank line before it."""
    assert front_matter(text) == ({}, text)


def test_front_matter_without_a_text(tmp_path: Path) -> None:
    """It is a problem, not an empty article."""
    assert read(made(tmp_path, "a.txt", "title: Troops\n\n \n")) == ([], [": there is no text below the front matter"])


def test_the_seeds_have_no_front_matter(seeds: list[Path]) -> None:
    """Their first lines are text."""
    for seed in seeds:
        assert front_matter(seed.read_text(encoding="utf-8"))[0] == {}


def test_a_date_that_is_none_is_left_out_and_said(tmp_path: Path) -> None:
    """And the date of the command line takes its place only where there is none."""
    ((article,), _) = read(made(tmp_path, "a.txt", f"published: last \x1b[31mweek\n\n{SENTENCE}"))
    assert article.ref.published is None
    assert article.notes == ("published 'last \\x1b[31mweek' is not one day: it is left out; write it as 2024-11-14",)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "“We won’t send 300 soldiers – not now,” General Ángel Muñoz said."),
        ("cp1252", "Québec sent 300 soldiers."),
        ("cp1252", "Café"),
        ("cp1252", "It cost £20m. " * 5),
        ("cp1252", "The army’s 300 soldiers left. " * 5),
        ("cp1252", "Vojislav Šešelj and Ana Muñoz met in São Paulo—and left."),
        ("mac_roman", "“We won’t go,” he said – 300 men."),
        ("mac_roman", "General Muñoz said 20 men died in Málaga."),
        ("mac_roman", "D’Souza met François Hollande."),
        ("cp1250", "The Czech minister Jiří Šedivý said 300 soldiers left Plzeň."),
        ("cp1250", "Český prezident Václav Havel vyslal 300 vojáků do Bosny."),
        ("cp1250", "Prezydent Wałęsa wysłał 300 żołnierzy do Łodzi."),
        ("iso8859_2", "Lech Wałęsa met Václav Havel, and Jiří Šedivý, in Gdańsk."),
        ("cp1251", "Министр сказал."),
        ("koi8_r", "Президент отправил 300 солдат в Донецк."),
        ("cp850", "General Muñoz said 20 men died in Málaga."),
        ("gb18030", "总统派遣了300名士兵前往边境。"),
        ("cp1251", "Министр обороны заявил, что 300 солдат отправлены в Курск."),
        ("cp1250", "Wojsko wysłało 300 żołnierzy do Łodzi, powiedział minister. Święta."),
        ("utf-16", "The army’s 300 soldiers \U0001f600 left Gao.\r\n"),
        ("utf-32", "The army’s 300 soldiers left Gao."),
    ],
)
def test_other_encodings_are_found_and_recorded(tmp_path: Path, encoding: str, text: str) -> None:
    """The text is what Python's codec of the recorded name makes of the bytes."""
    data = text.encode(encoding)
    ((article,), said) = read(made(tmp_path, "a.txt", data))
    assert said == []
    assert article.text == text == data.decode(article.encoding or "")
    assert article.encoding == encoding


def test_a_stray_byte_does_not_make_another_encoding(tmp_path: Path) -> None:
    """UTF-8 that was cut or damaged stays UTF-8; the place is said."""
    data = "“Zürich” sent 300 soldiers — “now”.".encode() + b"\xe2\x80"
    ((article,), said) = read(made(tmp_path, "a.txt", data))
    assert said == []
    assert article.text == "“Zürich” sent 300 soldiers — “now”.\ufffd"
    assert article.encoding == "utf-8"
    assert article.notes == ("1 place is no valid UTF-8 and stands as U+FFFD",)
