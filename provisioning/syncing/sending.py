"""What leaves the box in a run: to the hub over the link, or onto a stick. How it is cut and signed is in `outgoing`."""

from __future__ import annotations

import math

from provisioning.outgoing.parcels import read_outbox
from provisioning.outgoing.sending import HowFar, Outcome, Sending, send_parcels
from provisioning.storage import open_storage
from provisioning.syncing.board import now_text
from provisioning.syncing.setting import Setting, hub_folder, is_folder
from provisioning.syncing.state import Notice, Outgoing


def target_of(setting: Setting) -> str:
    """Where to: what was asked, else the first signed hub that was added, unless all is taken from elsewhere."""
    if setting.asked.target:
        return setting.asked.target
    if setting.asked.source:
        return ""
    return next((source.url for source in setting.sources if source.is_signed), "")


def has_something(setting: Setting) -> bool:
    """Whether there is anything that could go out."""
    parcels, problems = read_outbox(setting.data)
    return bool(parcels or problems)


async def send(setting: Setting, target: str) -> None:
    """Send what waits in the outbox; what could not be sent is noted. Raises Ended."""
    is_carried = is_folder(target)
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
    async with open_storage(hub_folder(target), setting.data.keys, count) as storage:
        _report(setting, await send_parcels(setting.data, storage, how))


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
        board.say(f"{outcome.far.objects} objects of what was made here have arrived.")
    if outcome.ended_by is not None:
        raise outcome.ended_by
