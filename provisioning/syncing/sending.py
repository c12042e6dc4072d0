"""What leaves the box in a run: to the hub over the link, or onto a stick. How it is cut is decided in `outgoing`."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from content_packs.commands.text import human_size
from content_packs.errors import BadInput
from provisioning.addresses import is_here
from provisioning.notices import Notice
from provisioning.outgoing.parcels import read_outbox
from provisioning.outgoing.sending import HowFar, Outcome, Sending, send_parcels
from provisioning.outgoing.sent import SentNote
from provisioning.storage import Storage, open_storage
from provisioning.syncing.board import now_text
from provisioning.syncing.setting import Setting, hub_at
from provisioning.syncing.state import Outgoing


def target_of(setting: Setting) -> str:
    """Where to: what was asked, else the first signed hub that was added, unless all is taken from elsewhere."""
    if setting.asked.target:
        return setting.asked.target
    if setting.asked.source:
        return ""
    return next((source.url for source in setting.sources if source.is_signed), "")


def waiting_size(setting: Setting, target: str) -> int:
    """Bytes that are still to go out to this address."""
    parcels, _ = read_outbox(setting.data)
    note = SentNote.of(setting.data.sync, target)
    files = {file.sha256: file.size for parcel in parcels for file in parcel.files}
    return sum(length for sha256, size in files.items() for _, length in note.missing(sha256, size))


async def send(setting: Setting, target: str) -> None:
    """Send what waits in the outbox; what could not be sent is noted. Raises Ended."""
    is_carried = is_here(target)
    setting.pace.begin(None, is_large=False)
    board = setting.board
    count = (lambda amount: None) if is_carried else setting.pace.count_out
    how = Sending(
        route="carried" if is_carried else "manifest",
        rate=math.inf if is_carried else board.state.link.rate,
        made=now_text(),
        may_go_on=setting.pace.look,
        tell=lambda far: board.sending(_outgoing(far)),
    )
    async with open_target(setting, target, count) as storage:
        _report(setting, await send_parcels(setting.data, storage, how))


def open_target(setting: Setting, target: str, on_bytes: Callable[[int], None]) -> Storage:
    """The storage; on a stick its folder is made. Raises BadInput where the stick is not there."""
    place = hub_at(target)
    if is_here(target) and not Path(place).parent.is_dir():
        raise BadInput(f"There is no folder {target}: plug the stick in, or give another place with --to.")
    return open_storage(place, setting.data.keys, on_bytes, make=is_here(target))


def _outgoing(far: HowFar) -> Outgoing:
    return Outgoing(far.objects, far.objects_total, far.bytes, far.bytes_total)


def _report(setting: Setting, outcome: Outcome) -> None:
    board = setting.board
    for sentence in outcome.waiting:
        board.warning(Notice("send", sentence))
    for key, sentence in outcome.receipt.incomplete.items():
        board.warning(Notice("send", sentence, key))
    if outcome.far.objects or outcome.counter:
        board.did_something = True
        board.say(_arrived(outcome))
    if outcome.ended_by is not None:
        raise outcome.ended_by


def _arrived(outcome: Outcome) -> str:
    size = human_size(outcome.far.bytes)
    if outcome.ended_by is not None:
        return f"{size} of what was made here have arrived."
    return f"What was made here has arrived{f', {size}' if outcome.far.bytes else ''}."
