"""What other boxes made and the organisation accepted, or a sister box's stick brings, into the inbox."""

from __future__ import annotations

from content_packs.box_key import box_key
from content_packs.commands.text import counted
from provisioning.addresses import is_here
from provisioning.notices import Notice
from provisioning.outgoing.incoming import Incoming, take_accepted, take_from_stick
from provisioning.planning.holdings import read_space
from provisioning.syncing.believing import Believed, open_place
from provisioning.syncing.setting import Setting


async def receive(setting: Setting, believed: Believed) -> None:
    """Take in the creations that the catalogue accepted; what fails is noted. Raises Ended."""
    own, space = box_key(setting.data.keys).id, read_space(setting.data, setting.wishes.reserve)
    room = space.free - space.reserve
    setting.pace.begin(None, is_large=False)
    async with open_place(setting, believed.source, setting.pace.count_in) as storage:
        asking = {"attempts": 1 if is_here(believed.place) else 5, "may_go_on": setting.pace.look}
        creations = believed.catalogue.creations
        _report(setting, await take_accepted(setting.data, storage, creations, own, room, **asking), storage.shown)
        if setting.place and is_here(setting.place):
            keys = {box.id: box.key for box in believed.catalogue.boxes}
            _report(setting, await take_from_stick(setting.data, storage, keys, own, room), storage.shown)


def _report(setting: Setting, incoming: Incoming, place: str) -> None:
    board = setting.board
    for sentence in incoming.problems:
        board.problem(Notice("refused", sentence, place))
    for box in incoming.unknown:
        board.warning(Notice("enrol", f"The box {box} is not enrolled: what it put on {place} was left there.", box))
    if incoming.taken:
        board.did_something = True
        what = counted(len(incoming.taken), "thing")
        board.say(f"Of what other boxes made, {what} came.")
    if incoming.ended_by is not None:
        raise incoming.ended_by
