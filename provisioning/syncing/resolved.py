"""All that has to be known of an offer before its file is fetched: asked for once, and not again in each run."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import msgspec

from content_packs.pieces import Pieces
from content_packs.store.durable import make_folder, write_atomically
from provisioning import catalogues
from provisioning.catalogues import Web
from provisioning.catalogues.offer_json import offer_text, read_offer
from provisioning.offers import Offer
from provisioning.planning.keys import key_of
from provisioning.syncing.setting import Setting

_LIMIT = 64 * 1024 * 1024  # bytes: sums of 1 TB by the MiB


class _Resolved(msgspec.Struct, frozen=True):
    """An offer as the catalogue has it, and as it was found to be, with the sums of its pieces."""

    asked: str
    found: str
    algorithm: str = ""
    length: int = 0
    digests: tuple[bytes, ...] = ()


class Resolving:
    """What was found is kept in `sync/resolved/`, a file for each key of what is on its way."""

    def __init__(self, setting: Setting, web: Web) -> None:
        self._setting, self._web = setting, web
        self._folder = setting.data.sync / "resolved"

    async def resolve(self, offer: Offer) -> Offer:
        """The offer with size, sums and mirrors. Raises as `catalogues.resolve`."""
        path = self._folder / key_of(offer)
        if (known := _known(path, offer)) is not None:
            return known
        source = next(each for each in self._setting.sources if each.name == offer.catalogue)
        found = await catalogues.resolve(offer, source, self._setting.data, self._web)
        if found is not offer:
            with contextlib.suppress(OSError):  # then it is asked for again
                make_folder(self._folder)
                write_atomically(path, msgspec.msgpack.encode(_resolved(offer, found)))
        return found

    def forget(self, offer: Offer) -> None:
        """It proved wrong."""
        (self._folder / key_of(offer)).unlink(missing_ok=True)

    def clear(self, keys: Iterable[str]) -> None:
        """Keep what is on its way still."""
        wanted = set(keys)
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                if path.name not in wanted:
                    path.unlink()


def _resolved(offer: Offer, found: Offer) -> _Resolved:
    if (pieces := found.piece_sums) is None:
        return _Resolved(offer_text(offer), offer_text(found))
    return _Resolved(offer_text(offer), offer_text(found), pieces.algorithm, pieces.length, pieces.digests)


def _known(path: Path, offer: Offer) -> Offer | None:
    try:
        with path.open("rb") as file:
            kept = msgspec.msgpack.decode(file.read(_LIMIT), type=_Resolved)
        if kept.asked != offer_text(offer):
            return None
        found = read_offer(kept.found, offer.catalogue, is_signed=offer.is_signed)
    except (OSError, msgspec.MsgspecError, ValueError):
        return None
    pieces = Pieces(kept.algorithm, kept.length, kept.digests) if kept.digests else None
    return replace(found, piece_sums=pieces)
