"""What the home page shows, as one web worker has it in memory.

One read of the box's database tells whether it still is so. Where that cannot be read, the page is as it last was,
or as on a box that nobody arranged.
"""

from __future__ import annotations

import logging

from aiohttp import web

from content_packs.errors import IdeascubeError
from ideascube.box_clock import today_text
from ideascube.box_db.home_facts import HomeFacts, home_facts
from ideascube.web.context import DATABASE

log = logging.getLogger(__name__)


class LiveHome:
    """Ask `facts` for each page."""

    def __init__(self) -> None:
        self._facts = HomeFacts()
        self._problem = ""

    async def facts(self, request: web.Request) -> HomeFacts:
        try:
            changed = await request.app[DATABASE].read(home_facts, self._facts.stamp, today_text())
            self._problem = ""
        except IdeascubeError as error:
            self._tell(str(error))
            changed = None
        self._facts = changed or self._facts
        return self._facts

    def _tell(self, problem: str) -> None:
        if problem != self._problem:
            log.warning("The home page stays as it was. %s", problem)
        self._problem = problem


LIVE_HOME: web.AppKey[LiveHome] = web.AppKey("live_home", LiveHome)
