"""Somebody who is signed in, on a running box of the benchmark."""

from __future__ import annotations

import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.people import account_by_name, add_account
from ideascube.box_db.people_sessions import Phone, begin_session
from ideascube.people.boot import this_boot
from ideascube.people.cookies import SESSION
from ideascube.people.rights import Person, Role


@dataclass(frozen=True, slots=True)
class Visitor:
    """`cookie`: of a session."""

    base: str
    person: Person
    cookie: str

    def fetch(self, path: str) -> str:
        """The page, as a browser gets it. Raises OSError for anything but 200."""
        request = urllib.request.Request(self.base + path, headers={"Cookie": f"{SESSION}={self.cookie}"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return str(answer.read().decode())

    def seconds(self, path: str) -> float:
        began = time.perf_counter()
        self.fetch(path)
        return time.perf_counter() - began


def sign_in(data: Path, base: str, name: str, role: Role) -> Visitor:
    with box_database(data / "box.db") as connection, transaction(connection):
        found = account_by_name(connection, name) or add_account(connection, name, role, "-")
        return Visitor(base, found.person, begin_session(connection, found.id, Phone("Bench", own=True), this_boot()))
