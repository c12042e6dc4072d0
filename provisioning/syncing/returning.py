"""What boxes put on a stick, brought to their hub by a machine that has a line (docs/formats/outgoing.md)."""

from __future__ import annotations

from content_packs.errors import BadInput, BrokenPack
from provisioning.outgoing.asking import Asking
from provisioning.outgoing.incoming import boxes_on
from provisioning.outgoing.manifest import SIZE_LIMIT, manifest_path, read_manifest
from provisioning.storage import Storage
from provisioning.syncing.copying import Copying
from provisioning.syncing.setting import Setting

_ROUTE = "carried"


async def bring_back(setting: Setting, stick: Storage, hub: Storage) -> int:
    """Objects first, each box's signed list last; gives how many files were new at the hub.

    What is damaged or not signed by its box is noted, and left. Raises as storages do, and Ended.
    """
    source, target = Asking(stick, attempts=1), Asking(hub, may_go_on=setting.pace.look)
    copying = Copying(source, target)
    for box in await boxes_on(stick):
        with setting.board.failing("refused", box):
            await _bring_box(box, source, target, copying)
    return copying.count


async def _bring_box(box: str, source: Asking, target: Asking, copying: Copying) -> None:
    path = manifest_path(box, _ROUTE)
    raw = await source.get(path, SIZE_LIMIT)
    if raw is None:
        return
    manifest = read_manifest(raw, box)
    if await _counter_at(target, box) >= manifest.counter:
        return
    for page in manifest.pages:
        await copying.copy_page(page)
    await copying.put(path, raw)


async def _counter_at(target: Asking, box: str) -> int:
    """Of the list that the hub has of this box by this way; 0 where it has none that the box signed."""
    raw = await target.get(manifest_path(box, _ROUTE), SIZE_LIMIT)
    try:
        return 0 if raw is None else read_manifest(raw, box).counter
    except (BadInput, BrokenPack):
        return 0
