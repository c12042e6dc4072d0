"""What goes over a bad link beside what was made: at 64 kbit/s with a cut every three minutes on average."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from content_packs.store.data_folder import DataFolder
from provisioning.outgoing.sending import Sending, send_parcels
from provisioning.storage import open_storage
from tests.support.cut_line import CutLine, cut_line
from tests.support.hub_places import allow, webdav
from tests.support.outboxes import add_parcel, noise

_RATE = 8_000  # bytes a second: 64 kbit/s
_BETWEEN_CUTS = 180 * _RATE  # bytes
_CREATIONS, _SIZE = 18, 250_000  # bytes


async def no_pause(seconds: float) -> None:
    pass


async def send_all(data: DataFolder, line: CutLine, url: str) -> None:
    """The line's own time passes with the bytes that it carries."""
    how = Sending(rate=_RATE, pause=no_pause, clock=lambda: line.sent / _RATE, attempts=50)
    async with open_storage(url, data.keys) as storage:
        outcome = await send_parcels(data, storage, how)
    assert outcome.ended_by is None


async def test_little_is_sent_beside_what_was_made(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "box")
    (tmp_path / "root").mkdir()
    chance = random.Random(1)
    for number in range(_CREATIONS):
        document = b'{"format": 1, "fields": {"body": "%s"}}' % (b"What we tell here. " * 100)
        add_parcel(data, "creation", f"aa.{number}", {"film.webm": noise(number, _SIZE), "creation.json": document})
    whole = _CREATIONS * (_SIZE + len(document))
    with webdav(tmp_path / "root", tmp_path / "nginx") as address, cut_line(urlsplit(address).port or 0, 1_400) as line:
        allow(data.keys, line.url)
        cuts = [int((number + chance.random()) * _BETWEEN_CUTS) + 1 for number in range(8)]
        line.cut_after(*(cut - before for before, cut in pairwise([0, *cuts])))

        await send_all(data, line, f"{line.url}/hub")

    assert line.cuts >= 3
    assert line.sent + line.answered <= 1.02 * whole
