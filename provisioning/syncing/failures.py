"""Failures as notices: which code word of docs/formats/sync.md says what happened. Rules only."""

from __future__ import annotations

from content_packs.errors import (
    BadInput,
    BrokenPack,
    Busy,
    IdeascubeError,
    NoSpace,
    NotAllowed,
    Refused,
    Unfinished,
)
from provisioning.notices import Notice


class Ended(Unfinished):
    """Nothing more is done in this run: the budget, the hour, a person. `code` says which."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class Paid(Unfinished):
    """What one step may use in this run is used; others go on."""


def notice(error: IdeascubeError, usual: str, about: str = "") -> Notice:
    """`usual`: the code of what failed, where the error itself does not say more."""
    return Notice(_code(error, usual), str(error), about)


def _code(error: IdeascubeError, usual: str) -> str:
    if isinstance(error, Ended):
        return error.code
    for kind, code in ((Paid, "budget"), (Unfinished, "line-lost"), (Refused, "refused"), (NoSpace, "space")):
        if isinstance(error, kind):
            return code
    return usual


def is_passing(error: IdeascubeError) -> bool:
    """Whether it goes on by itself the next time."""
    return isinstance(error, Unfinished | Busy)


def result_code(problems: list[IdeascubeError]) -> int:
    """The exit code of a run with these failures: that of the first which a person has to cure, else of the first."""
    grave = [error for error in problems if isinstance(error, BadInput | BrokenPack | NoSpace | NotAllowed)]
    return next((error.exit_code for error in (*grave, *problems)), 0)
