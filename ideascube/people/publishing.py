"""What an operator set about the box, shown to all web workers at once."""

from __future__ import annotations

import asyncio
import logging

from aiohttp import web

from ideascube.box_db.box_facts import all_facts
from ideascube.live_facts import FACTS, save_facts
from ideascube.web.context import DATABASE, SETTINGS

log = logging.getLogger(__name__)


async def publish_facts(request: web.Request) -> None:
    """To be called after a change. Where the file cannot be written, the jobs process tries again."""
    facts = await request.app[DATABASE].read(all_facts)
    try:
        await asyncio.to_thread(save_facts, request.app[SETTINGS].data, facts)
    except OSError as error:
        log.warning("The file of the box's name and languages cannot be written: %s.", error.strerror)
    request.app[FACTS].look_again()
