"""The manifest of an open ZIM: its own where it brings one, over what its metadata say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TypeVar

from content_packs.errors import BadInput, IdeascubeError
from content_packs.manifest.derive import METADATA, derive_manifest
from content_packs.manifest.model import METADATA_NAME, Manifest, parse_manifest
from content_packs.zim.reader import PackReader

Read = TypeVar("Read")

_LIMIT = 20_000  # characters kept of one value, so that one pack can't fill the library's file


def manifest_of(archive: PackReader, pack_id: str) -> Manifest:
    """What the pack says of itself; `pack_id` where it names no id of its own. What is damaged is left out.

    What only the file can say (its facts as a ZIM) or others of it (size, hashes, layers) is not believed of what it
    brings inside.
    """
    derived = derived_of(archive, pack_id)
    own = _or(partial(archive.metadata, METADATA_NAME), None)
    if own is None:
        return derived
    try:
        return within_zim(parse_manifest(own, derived), derived)
    except BadInput:
        return derived


def derived_of(archive: PackReader, pack_id: str) -> Manifest:
    """The manifest that the pack's metadata give, whatever it brings of its own."""
    articles, media = _or(archive.counts, (0, 0))
    return derive_manifest(pack_id, dict(_metadata(archive)), uuid=archive.uuid, articles=articles, media=media)


def within_zim(manifest: Manifest, derived: Manifest) -> Manifest:
    """A manifest from inside of a ZIM without what it cannot know there."""
    return replace(manifest, zim=derived.zim, size=0, hashes=None, layers=())


def _metadata(archive: PackReader) -> Iterator[tuple[str, str]]:
    for name in METADATA:
        value = _or(partial(archive.metadata, name), None)
        if value is not None:
            yield name, value.decode("utf-8", "replace")[:_LIMIT]


def _or(read: Callable[[], Read], default: Read) -> Read:
    """One damaged value must not hide the pack: it counts as missing here, and `pack check` names it."""
    try:
        return read()
    except IdeascubeError:
        return default
