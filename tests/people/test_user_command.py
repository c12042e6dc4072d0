"""`ideascube user`, as an operator types it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from argon2 import PasswordHasher

from ideascube.box_db.database import box_database
from ideascube.box_db.deeds import deeds
from ideascube.box_db.people import account_by_name, has_operator
from ideascube.people.deeds import ALL_DEEDS


def user(data: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ideascube", "--data", str(data), "user", *arguments]
    return subprocess.run(command, capture_output=True, text=True, input=typed, timeout=60, check=False)


DEEDS = ["added-person", "made-operator", "added-person", "removed-person", "gave-password"]


def said(answer: subprocess.CompletedProcess[str]) -> tuple[int, str]:
    return answer.returncode, answer.stderr


def test_people_from_the_first_to_the_last(tmp_path: Path):
    nobody = user(tmp_path, "list")
    added = user(tmp_path, "add", " Zoé   Müller ", "--role", "operator")
    typed = user(tmp_path, "add", "أحمد", "--role", "contributor", "--prompt", typed="ماء البئر نظيف\n")
    listed = user(tmp_path, "list")
    last = user(tmp_path, "remove", "zoe muller")
    removed = user(tmp_path, "remove", "احمد")
    renewed = user(tmp_path, "passwd", "ZOÉ MÜLLER")
    with box_database(tmp_path / "box.db") as connection:
        zoe = account_by_name(connection, "Zoé Müller")
        log = [(each.name, each.deed, each.about) for each in deeds(connection, ALL_DEEDS)][::-1]
        assert has_operator(connection)

    assert (0, "There is nobody: this box is not set up yet.\n") == (nobody.returncode, nobody.stdout)
    drawn = re.search(r"Password: (\S{14}) \(to be changed", renewed.stdout)
    assert drawn
    assert zoe
    assert (0, 0, True) == (added.returncode, typed.returncode, zoe.drawn)
    assert PasswordHasher().verify(zoe.password, drawn[1])
    assert "operator     Zoé Müller\ncontributor  أحمد\n" == listed.stdout
    assert (2, "ideascube: This is the only operator: first make somebody else an operator.\n") == said(last)
    assert (0, "") == said(removed)
    assert DEEDS == [deed for _, deed, _ in log]
    assert {""} == {name for name, *_ in log}


def test_what_is_wrong_is_one_sentence(tmp_path: Path):
    user(tmp_path, "add", "Amina", "--role", "mediator")
    answers = [
        user(tmp_path, "add", "AMINA", "--role", "operator"),
        user(tmp_path, "add", "\u200b", "--role", "operator"),
        user(tmp_path, "add", "Bilal", "--role", "operator", "--prompt", typed="short\n"),
        user(tmp_path, "passwd", "Nobody"),
        user(tmp_path, "remove", "Nobody"),
        user(tmp_path, "add", "Bilal", "--role", "king"),
    ]

    assert [2] * 6 == [answer.returncode for answer in answers]
    assert all(re.fullmatch(r"ideascube: [^\n]+\n", answer.stderr) for answer in answers[:5])
    assert not any("Traceback" in answer.stderr for answer in answers)


def test_a_database_that_may_not_be_written_is_said(tmp_path: Path):
    (tmp_path / "box.db").mkdir()

    answer = user(tmp_path, "add", "Amina", "--role", "mediator")

    assert answer.returncode in (1, 5)
    assert "box.db" in answer.stderr
    assert "Traceback" not in answer.stderr
