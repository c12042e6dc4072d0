"""The arrangement that is worked on: read with what fills it, and changed by a step after that of a page."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from ideascube.arranging.changes import Reason, RefusedError
from ideascube.arranging.model import Arrangement, from_json, to_json
from ideascube.box_clock import today_text
from ideascube.box_db.arrangement import Conflict, Row, change, newest, row_of, shown
from ideascube.box_db.home_facts import HomeFacts, facts_of
from ideascube.web.context import DATABASE

Change = Callable[[Arrangement], Arrangement]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is worked on, and what fills it. `is_shown`: learners see just this; `can_go_back`: to what was before."""

    row: Row
    facts: HomeFacts
    is_shown: bool
    can_go_back: bool

    @property
    def arrangement(self) -> Arrangement:
        return self.facts.arrangement


async def load_draft(request: web.Request) -> Draft:
    return await request.app[DATABASE].read(_draft, today_text())


def _draft(connection: sqlite3.Connection, day: str) -> Draft:
    row = newest(connection)
    before = row_of(connection, row.before) if row.before is not None else None
    facts = facts_of(connection, from_json(row.body), day)
    return Draft(row, facts, row.body == shown(connection).body, before is not None and before.body != row.body)


async def change_draft(request: web.Request, turn: int, how: Change) -> Row | Conflict:
    """Change what the page of that turn showed, unless somebody else was faster. Raises RefusedError."""
    return await request.app[DATABASE].write(_change, turn, how, int(time.time()))


async def change_newest(request: web.Request, how: Change) -> Row:
    """Change what is there now, whatever others did meanwhile: for what does not touch theirs. Raises RefusedError."""
    return await request.app[DATABASE].write(_change_newest, how, int(time.time()))


def _change_newest(connection: sqlite3.Connection, how: Change, now: int) -> Row:
    result = _change(connection, newest(connection).turn, how, now)
    assert isinstance(result, Row)  # within one transaction nobody else is faster
    return result


def _change(connection: sqlite3.Connection, turn: int, how: Change, now: int) -> Row | Conflict:
    before = row_of(connection, turn)
    if before is None:
        raise RefusedError(Reason.GONE)
    arrangement = from_json(before.body)
    changed = how(arrangement)
    return change(connection, turn, before.body if changed == arrangement else to_json(changed), now)
