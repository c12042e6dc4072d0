"""How long it takes until what was published is found, with much on the box. What is asked for: 2 seconds."""

from __future__ import annotations

import secrets
import statistics
import string
import time
from pathlib import Path

from benchmarks.load import LoadError
from benchmarks.servers import Ideascube, running
from benchmarks.workspace.browsing import Visitor, sign_in
from ideascube.box_db.creations import change_state, new_creation
from ideascube.box_db.database import box_database, transaction
from ideascube.creations.model import Consent, Fields, Words
from ideascube.creations.states import Deed
from ideascube.people.rights import Role

TIMES = 5  # in a round
_PATIENCE = 900.0  # seconds, for what was there already to be indexed
_LOOK_EVERY = 0.05  # seconds


def measure_publication(data: Path, rounds: int) -> str:
    """A table of the times, once everything that was there before is found."""
    server = Ideascube(data)
    with running(server, [f"{server.searches}/health"]):
        visitor = sign_in(data, server.searches, "Olga", Role.OPERATOR)
        first = _published_to_found(data, visitor, _PATIENCE)
        found = [_published_to_found(data, visitor, 60) for _ in range(rounds * TIMES)]
    head = ["| published to found | seconds |", "| --- | --- |"]
    rows = [("least", min(found)), ("median", statistics.median(found)), ("most", max(found)), ("the first", first)]
    return "\n".join([*head, *(f"| {name} | {seconds:.2f} |" for name, seconds in rows)])


def _published_to_found(data: Path, visitor: Visitor, patience: float) -> float:
    """Seconds from the end of the deed to a page of results that has it."""
    word = "".join(secrets.choice(string.ascii_lowercase) for _ in range(12))
    fields = Fields(
        kind="article",
        language="en",
        texts={"en": Words(f"About {word}")},
        body="<p>Some words.</p>",
        licence="CC0-1.0",
        consent=Consent("none_shown"),
    )
    with box_database(data / "box.db") as connection, transaction(connection):
        creation = new_creation(connection, fields, visitor.person)
        change_state(connection, creation, Deed.PUBLISH, 1)
    began = time.perf_counter()
    while f"/items/{creation}" not in visitor.fetch(f"/search?q={word}"):
        if time.perf_counter() - began > patience:
            raise LoadError(f"What was published was not found within {patience:.0f} seconds.")
        time.sleep(_LOOK_EVERY)
    return time.perf_counter() - began
