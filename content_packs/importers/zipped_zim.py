"""Old Ideascube's `zipped-zim`: a finished ZIM file, with an index beside it that nothing reads any more."""

from __future__ import annotations

import shutil
from pathlib import Path

from content_packs.build.names import stem
from content_packs.errors import BadInput
from content_packs.importers.importer import Made, Order
from content_packs.importers.source import Source, bring_all, explained

_WHOLE, _FIRST_PART = ".zim", ".zimaa"


class ZippedZim:
    """A ZIM file, whole or in parts (`.zimaa`, `.zimab`, …), below `data/content/` or with nothing beside it."""

    def recognises(self, source: Source) -> bool:
        zims = _zims(source)
        old_layout = any(path.removeprefix("data/").startswith("content/") for path in zims)
        return bool(zims) and (old_layout or len(source.files) == len(_parts(source, zims[0])))

    def convert(self, order: Order) -> Made:
        zims = _zims(order.source)
        if len(zims) > 1:
            raise BadInput(f"{order.source.name} holds {len(zims)} ZIM files: unpack it, and install each of them.")
        if not order.said.is_empty:
            raise BadInput(f"{order.source.name} holds a finished ZIM, which says itself what it is: give no options.")
        parts = _parts(order.source, zims[0])
        zim = order.into / (stem(zims[0]).rpartition("/")[2] + _WHOLE)
        _join(order, parts, zim)
        return Made(zim, [*order.source.notes, *_left_out(order.source, parts)])


def _zims(source: Source) -> list[str]:
    return [path for path in source.files if path.endswith((_WHOLE, _FIRST_PART))]


def _parts(source: Source, first: str) -> list[str]:
    """The files of one ZIM, in order."""
    if first.endswith(_WHOLE):
        return [first]
    start = first.removesuffix("aa")
    return sorted(path for path in source.files if path.startswith(start) and len(path) == len(first))


def _join(order: Order, parts: list[str], zim: Path) -> None:
    """One file of all parts: ZIMs are split between any two bytes."""
    if len(parts) == 1:
        bring_all(order.source, {parts[0]: zim}, order.progress)
        return
    pieces = {part: order.into / f"{number:04}.part" for number, part in enumerate(parts)}
    bring_all(order.source, pieces, order.progress)
    try:
        with zim.open("xb") as whole:
            for piece in pieces.values():
                with piece.open("rb") as opened:
                    shutil.copyfileobj(opened, whole, 1024 * 1024)
                piece.unlink()
    except OSError as error:
        raise explained(error, zim.name) from error


def _left_out(source: Source, parts: list[str]) -> list[str]:
    others = [path for path in source.files if path not in parts]
    if not others:
        return []
    folders = ", ".join(sorted({path.rpartition("/")[0] for path in others})[:3])
    what = "lists and indexes of an old form, which nothing reads any more"
    return [f"{len(others)} files beside the ZIM are left out ({folders}): {what}."]
