"""What waits for a person, and what was refused: `sync/decisions.json` and `answers.json` (docs/formats/sync.md).

Several commands change it, each under a short lock. When something is held back is decided in `catalogues`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from content_packs.file_lock import file_lock
from content_packs.json_file import read_json
from content_packs.store.durable import write_atomically

FORMAT = 1
_NAME = "decisions.json"
_ANSWERS = "answers.json"
_LOCK = "decisions.lock"
_REFUSED_LIMIT = 200
_HELD_BACK_LIMIT = 5000


class HeldBack(msgspec.Struct, frozen=True):
    """An entry that shrank: sizes in bytes, entries 0 where not known. `decision`: empty, `accepted` or `refused`."""

    catalogue: str
    id: str
    title: str = ""
    size_before: int = 0
    size_now: int = 0
    entries_before: int = 0
    entries_now: int = 0
    since: str = ""
    decision: str = ""


class Refused(msgspec.Struct, frozen=True):
    """Something hostile or false that was refused. `when`: UTC, YYYY-MM-DDTHH:MM:SSZ."""

    code: str
    about: str
    sentence: str
    when: str = ""


class Decisions(msgspec.Struct, frozen=True):
    format: int = FORMAT
    held_back: tuple[HeldBack, ...] = ()
    refused: tuple[Refused, ...] = ()


class _Answer(msgspec.Struct, frozen=True):
    catalogue: str
    id: str
    size_now: int
    decision: str


class _Answers(msgspec.Struct, frozen=True):
    answers: tuple[_Answer, ...] = ()


def read_decisions(folder: Path) -> Decisions:
    """What the folder `sync` says, a person's answers included; empty where there is nothing that can be read."""
    decisions = read_json(folder / _NAME, Decisions, Decisions())
    return answered(decisions, read_json(folder / _ANSWERS, _Answers, _Answers()))


def answered(decisions: Decisions, answers: _Answers) -> Decisions:
    """With what a person said on the page of the very version that waits."""
    said = {
        (answer.catalogue, answer.id, answer.size_now): answer.decision
        for answer in answers.answers
        if answer.decision in ("accepted", "refused")
    }
    held = (
        msgspec.structs.replace(each, decision=said.get((each.catalogue, each.id, each.size_now), each.decision))
        for each in decisions.held_back
    )
    return msgspec.structs.replace(decisions, held_back=tuple(held))


def change_decisions(folder: Path, change: Callable[[Decisions], Decisions]) -> None:
    """Write what `change` makes of the decisions, while nobody else does. Raises NoSpace, NotAllowed, OSError."""
    with file_lock(folder / _LOCK):
        before = read_decisions(folder)
        after = change(before)
        if after != before:
            write_atomically(folder / _NAME, msgspec.json.encode(_bounded(after)))


def note_refused(folder: Path, refused: Refused) -> None:
    """Record that something was refused, once for each thing and sentence. Raises OSError."""

    def change(decisions: Decisions) -> Decisions:
        others = (
            each for each in decisions.refused if (each.about, each.sentence) != (refused.about, refused.sentence)
        )
        return msgspec.structs.replace(decisions, refused=(*others, refused))

    change_decisions(folder, change)


def _bounded(decisions: Decisions) -> Decisions:
    return Decisions(FORMAT, decisions.held_back[-_HELD_BACK_LIMIT:], decisions.refused[-_REFUSED_LIMIT:])
