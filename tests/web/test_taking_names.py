"""Names of files that people save: readable on any phone, whatever a pack puts into its titles."""

from __future__ import annotations

import pytest

from ideascube.taking.names import saved_name


@pytest.mark.parametrize(
    ("title", "path", "name"),
    [
        ("Se laver les mains", "films/0001.mp4", "Se laver les mains.mp4"),
        ("غسل اليدين", "films/0001.MP4", "غسل اليدين.mp4"),
        ("book.epub", "books/book.epub", "book.epub"),
        ("", "books/book.epub", "book.epub"),
        ("A/B: what?", "x.pdf", "A B what.pdf"),
        ("..", "..", "page"),
        ("\u202egnp.exe", "x.png", "gnp.exe.png"),
        ("line\nline\0", "x.txt", "line line.txt"),
        ("نمی‌دانم", "x.txt", "نمی‌دانم.txt"),
        ("a" * 300, "x.txt", "a" * 80 + ".txt"),
        ("no ending", "A/no ending", "no ending"),
        ("odd", "x.é\u0301!", "odd"),
    ],
)
def test_a_file_is_called_by_its_title(title: str, path: str, name: str) -> None:
    assert name == saved_name(title, path)


def test_a_page_becomes_html() -> None:
    assert "Ray Charles.html" == saved_name("Ray Charles", "A/Ray_Charles", ".html")
