"""What waits for a person, and what was refused: `sync/decisions.json` and `answers.json` (docs/formats/sync.md).

Several commands change it, each under a short lock. When something is held back is decided in `catalogues`.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from content_packs.store.durable import make_folder, write_atomically

T = TypeVar("T")

FORMAT = 1
_NAME = "decisions.json"
_ANSWERS = "answers.json"
_LOCK = "decisions.lock"
_LIMIT = 4 * 1024 * 1024  # bytes
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
    decisions = _read(folder / _NAME, Decisions, Decisions())
    if decisions.format != FORMAT:
        return Decisions()
    return answered(decisions, _read(folder / _ANSWERS, _Answers, _Answers()))


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
    """Write what `change` makes of the decisions, while nobody else does. Raises OSError."""
    make_folder(folder)
    with _locked(folder / _LOCK):
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


def _read(path: Path, kind: type[T], empty: T) -> T:
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.read(_LIMIT), type=kind)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return empty


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
