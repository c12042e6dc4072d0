"""One publisher at a time, wherever they are: the file `publishing` of a hub, which is created once."""

from __future__ import annotations

import json
import platform
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

from content_packs.errors import Busy, NotThere, Unfinished
from provisioning.hub.hub import Hub
from provisioning.storage import Storage
from provisioning.trust.clock import written

CLAIM = "publishing"
_CLAIM_LIMIT = 4096  # bytes


@asynccontextmanager
async def claimed(hub: Hub, storage: Storage) -> AsyncIterator[None]:
    """The hub is this publisher's inside. Raises Busy where it is somebody else's, and as a Storage."""
    since = written(datetime.now(UTC))
    claim = json.dumps({"publisher": hub.publisher, "name": platform.node(), "since": since}).encode()
    if not await storage.claim(CLAIM, claim):
        await _refuse_foreign_claim(hub, storage)
    try:
        yield
    finally:
        with suppress(Unfinished):  # the next time it is ours still
            if (await read_claim(storage)).get("publisher") == hub.publisher:  # nobody took it away
                await storage.release(CLAIM)


async def _refuse_foreign_claim(hub: Hub, storage: Storage) -> None:
    """A claim of this publisher's own was left by a crash, since this data folder's lock is held."""
    claim = await read_claim(storage)
    if claim.get("publisher") != hub.publisher:
        raise Busy(
            f"{claim.get('name', 'Somebody')} publishes to {storage.shown} since {claim.get('since', 'a moment ago')}: "
            "try again later. If that was broken off for good, give `ideascube hub unlock` first."
        )


async def read_claim(storage: Storage) -> dict[str, str]:
    """Who publishes; empty where nobody says it."""
    try:
        found = json.loads(await storage.get(CLAIM, _CLAIM_LIMIT))
    except (NotThere, ValueError):
        return {}
    return {str(key): str(value)[:100] for key, value in found.items()} if isinstance(found, dict) else {}
