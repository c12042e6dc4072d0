"""Reading a signed catalogue: begun once with a fingerprint, refreshed whenever there is a line.

What is believed is decided in `metadata`, what time it is in `clock`. Whatever goes wrong, the box has what it had.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from content_packs.errors import BadInput, NotAllowed, NotThere, Refused, Unfinished
from content_packs.store.data_folder import DataFolder
from provisioning.decisions import Refused as RefusedRecord
from provisioning.decisions import note_refused
from provisioning.notices import Notice
from provisioning.storage import Storage
from provisioning.trust.clock import Clock, Expiry, written
from provisioning.trust.hub_paths import TIMESTAMP_PATH, root_path, snapshot_path, targets_path
from provisioning.trust.kept import Kept
from provisioning.trust.metadata import TrustedMetadata
from provisioning.trust.target import fetch_catalogue

ROOT_LIMIT, TIMESTAMP_LIMIT, METADATA_LIMIT = 64 * 1024, 16 * 1024, 64 * 1024  # bytes
_ROOTS = 64  # new ones in one refresh

_FINGERPRINT = re.compile(r"(?:(\d{1,4}):)?([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Refreshed:
    """`content`: the bytes of the catalogue (`Catalogue.from_bytes`), which are new to the box where `is_new`.

    `metadata`: the newest that were verified. `warnings`: what a person should know and what stopped nothing.
    """

    content: bytes
    is_new: bool
    metadata: TrustedMetadata
    warnings: tuple[Notice, ...] = ()


async def begin(name: str, storage: Storage, folder: Path, fingerprint: str) -> None:
    """Trust the root metadata of this fingerprint, which `hub init` printed, from now on. `folder`: keys/trust/NAME.

    Raises BadInput for what is no fingerprint, Refused where the hub has another root, NotThere where it is no hub, and
    as a Storage.
    """
    match = _FINGERPRINT.fullmatch("".join(fingerprint.split()).lower())
    if match is None:
        raise BadInput(
            "A root's fingerprint is 64 hexadecimal digits, as `ideascube hub init` prints it: copy them all."
        )
    root = await storage.get(root_path(int(match[1] or 1)), ROOT_LIMIT)
    if hashlib.sha256(root).hexdigest() != match[2]:
        raise Refused(
            f"The root of {storage.shown} has another fingerprint than was given: ask the organisation for the right "
            "one, and see whether the address is theirs."
        )
    TrustedMetadata(name, root)
    kept = Kept(folder)
    kept.forget()
    kept.keep_metadata("root", root)


async def refresh(
    name: str, storage: Storage, folder: Path, clock: Clock, *, accept_expired: bool = False
) -> Refreshed:
    """The newest catalogue, from the hub or as it was kept. `folder`: keys/trust/NAME, where `begin` left the root.

    What has certainly expired is not taken in place of what is here, unless a person said so (`accept_expired`).

    Raises Refused for what is not the organisation's, or older than what was seen; Unfinished where the line is gone,
    or where what came first has expired; and as a Storage. What is kept stays usable: `Kept(folder).catalogue()`.
    """
    kept = Kept(folder)
    trusted = _believed(name, kept)
    await _update_roots(trusted, storage, kept)
    found = await _update_rest(trusted, storage, kept)
    clock = clock.told(storage.server_time).having_seen(trusted.published)
    expiry = clock.judge(trusted.expires)
    warnings = _warnings(trusted, clock, expiry)
    if expiry is Expiry.EXPIRED and not accept_expired:
        return Refreshed(_what_is_here(kept, warnings), False, trusted, warnings)
    for role, content in found.items():
        kept.keep_metadata(role, content)
    here = kept.catalogue(trusted.catalogue)
    content = here or await fetch_catalogue(trusted, storage, kept)
    return Refreshed(content, here is None, trusted, warnings)


async def refresh_noted(
    name: str, storage: Storage, data: DataFolder, clock: Clock, *, accept_expired: bool = False
) -> Refreshed:
    """The same for the box with this data folder; what is refused is recorded in sync/decisions.json as well."""
    try:
        return await refresh(name, storage, trust_folder(data, name), clock, accept_expired=accept_expired)
    except Refused as error:
        note_refused(data.sync, RefusedRecord("refused", name, str(error), written(clock.best)))
        raise


def trust_folder(data: DataFolder, name: str) -> Path:
    """Where what is trusted of the catalogue `name` is kept."""
    return data.keys / "trust" / name


def seen_clock(data: DataFolder, clock: Clock) -> Clock:
    """The clock with what the catalogues that are kept say, for everything beside a refresh that needs the time."""
    folders = sorted((data.keys / "trust").glob("*/")) if (data.keys / "trust").is_dir() else []
    times = [time for folder in folders if (time := _published(folder)) is not None]
    return clock.having_seen(max(times, default=None))


def _published(folder: Path) -> datetime | None:
    try:
        trusted = _believed(folder.name, Kept(folder))
    except BadInput:
        return None
    _believe_again(trusted.update_timestamp, Kept(folder).metadata("timestamp"))
    return trusted.published


def _believed(name: str, kept: Kept) -> TrustedMetadata:
    root = kept.metadata("root")
    if root is None:
        raise BadInput(f"Nothing says whom to trust for the catalogue {name}: add it again, with its fingerprint.")
    try:
        return TrustedMetadata(name, root)
    except (Refused, Unfinished) as error:
        raise BadInput(f"What was kept of the catalogue {name} is damaged: add it again.") from error


async def _update_roots(trusted: TrustedMetadata, storage: Storage, kept: Kept) -> None:
    """Section 5.3 of the specification: one after the other, each signed by the one before."""
    for _ in range(_ROOTS):
        try:
            content = await storage.get(root_path(trusted.root.version + 1), ROOT_LIMIT)
        except (NotThere, NotAllowed):  # object stores say 403 of what is not there to those who may not list
            return
        trusted.update_root(content)
        kept.keep_metadata("root", content)
    raise Refused(f"The catalogue {trusted.name} has more than {_ROOTS} new roots: it was refused. Try again later.")


async def _update_rest(trusted: TrustedMetadata, storage: Storage, kept: Kept) -> dict[str, bytes]:
    """Believe the newest timestamp, snapshot and targets, and give those that are new. Sections 5.4 to 5.6."""
    _believe_again(trusted.update_timestamp, kept.metadata("timestamp"))
    timestamp = await storage.get(TIMESTAMP_PATH, TIMESTAMP_LIMIT)
    found = {"timestamp": timestamp} if trusted.update_timestamp(timestamp) else {}
    if not _believe_again(partial(trusted.update_snapshot, is_ours=True), kept.metadata("snapshot")):
        version = trusted.timestamp.snapshot_meta.version
        found["snapshot"] = await storage.get(snapshot_path(version), METADATA_LIMIT)
        trusted.update_snapshot(found["snapshot"])
    if not _believe_again(trusted.update_targets, kept.metadata("targets")):
        found["targets"] = await storage.get(targets_path(trusted.targets_version), METADATA_LIMIT)
        trusted.update_targets(found["targets"])
    return found


def _believe_again(update: Callable[[bytes], object], content: bytes | None) -> bool:
    """Whether what was verified before is still the newest. What newer keys no longer sign counts as not seen."""
    if content is None:
        return False
    try:
        update(content)
    except (Refused, Unfinished):
        return False
    return True


def _what_is_here(kept: Kept, warnings: tuple[Notice, ...]) -> bytes:
    content = kept.catalogue()
    if content is None:
        raise Unfinished(warnings[-1].sentence)
    return content


def _warnings(trusted: TrustedMetadata, clock: Clock, expiry: Expiry) -> tuple[Notice, ...]:
    """The one of the expiry last."""
    clocks = [Notice("clock", clock.problem, trusted.name)] if clock.problem else []
    return (*clocks, *([Notice("expired", _expired(trusted, expiry), trusted.name)] if expiry in _SAID else []))


def _expired(trusted: TrustedMetadata, expiry: Expiry) -> str:
    return f"The catalogue {trusted.name} was valid until {trusted.expires:%Y-%m-%d}{_SAID[expiry]}"


_SAID = {
    Expiry.EXPIRED: (
        ": whoever publishes it has to do so again, or somebody in between holds news back. To take what it says all "
        "the same, give `ideascube catalog refresh --accept-expired`."
    ),
    Expiry.PERHAPS: " by this box's clock: set the clock if it is wrong, else whoever publishes it has to do so again.",
}
