"""The kinds of jobs: which function does each, and what is written down when one fails. Each part adds its own line.

The function is imported only in the process that does the job, which may crash, or be killed and begun again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.collections import edition_failed
from ideascube.box_db.media import make_failed

Tell = Callable[[float, float], None]
"""`tell(done, total)`, in any unit; each call is a sign of life, and costs nothing."""

Work = Callable[[Mapping[str, Any], Tell, DataFolder], None]
"""`work(arguments, tell, data)`. The arguments are those of `queue_job`, and `about`.

Raises an IdeascubeError with one sentence where it cannot be done, NoSpace where it can be done once there is room.
What it changes in the database and on the disk has to bear being begun again at any moment.
"""

Failed = Callable[[sqlite3.Connection, str, str], None]
"""`failed(connection, about, problem)`: a deed, in the transaction in which the job is said to have failed."""


@dataclass(frozen=True, slots=True)
class JobKind:
    """`work`: "module:function"; `memory`: bytes that it may take; `silence`: seconds without `tell` that end it."""

    work: str
    failed: Failed = lambda connection, about, problem: None
    memory: int = 512 * 1024 * 1024
    silence: int = 900

    def function(self) -> Work:
        module, _, name = self.work.partition(":")
        work: Work = getattr(import_module(module), name)
        return work


KINDS: dict[str, JobKind] = {
    "convert": JobKind("ideascube.box_media.converting:convert_media", make_failed),
    "publish-collection": JobKind(
        "ideascube.collecting.publishing:publish_collection", edition_failed, memory=1024 * 1024 * 1024
    ),
    "withdraw-collection": JobKind("ideascube.collecting.publishing:withdraw_collection"),
}
