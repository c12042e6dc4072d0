"""What a person decided of packs that were held back: `sync/answers.json`; docs/formats/sync.md."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from content_packs.file_lock import file_lock
from content_packs.json_file import read_json
from content_packs.store.durable import write_atomically
from ideascube.box_clock import utc_text
from ideascube.syncing.said import HeldBack

NAME = "answers.json"
ACCEPTED, REFUSED = "accepted", "refused"

_LOCK = "answers.lock"
_LIMIT = 5000  # answers, the newest


class Answer(msgspec.Struct, frozen=True):
    catalogue: str
    id: str
    size_now: int
    decision: str
    when: str = ""

    @property
    def version(self) -> tuple[str, str, int]:
        return self.catalogue, self.id, self.size_now


class Answers(msgspec.Struct, frozen=True):
    answers: tuple[Answer, ...] = ()


def read_answers(folder: Path) -> tuple[Answer, ...]:
    return read_json(folder / NAME, Answers, Answers()).answers


def still_waiting(held_back: Iterable[HeldBack], answers: Iterable[Answer]) -> list[HeldBack]:
    """Those that nobody decided on, in that very version."""
    answered = {answer.version for answer in answers if answer.decision in (ACCEPTED, REFUSED)}
    return [held for held in held_back if not held.decision and held.version not in answered]


def answer(folder: Path, held: HeldBack, decision: str) -> None:
    """Write it down beside the others, one person after the other. Slow. Raises OSError."""
    new = Answer(*held.version, decision, utc_text())
    with file_lock(folder / _LOCK):
        others = [each for each in read_answers(folder) if each.version != new.version]
        write_atomically(folder / NAME, msgspec.json.encode(Answers((*others, new)[-_LIMIT:])))
