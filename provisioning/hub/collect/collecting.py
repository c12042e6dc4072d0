"""One round through all boxes: their lists read, what is new checked, each told what arrived."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

from content_packs.errors import BadInput
from provisioning.hub.collect.checking import Found, check_parcel
from provisioning.hub.collect.lists import Lists, UnknownBox, read_lists
from provisioning.hub.collect.record import (
    INCOMPLETE,
    WHOLE,
    KnownBox,
    KnownParcel,
    Record,
    write_record,
)
from provisioning.hub.collect.standing import ACCEPTED, Row, accepted_version, row
from provisioning.outgoing.asking import Asking
from provisioning.outgoing.manifest import Manifest, is_box_id, receipt_path
from provisioning.outgoing.pages import Sent
from provisioning.outgoing.receipt import LIMIT, MISSING_LIMIT, Receipt, write_receipt
from provisioning.trust.catalogue import Catalogue

_BOXES_LIMIT = 10_000

Say = Callable[[str], None]


@dataclass(slots=True)
class Round:
    """What was found. `unknown`: what boxes that are not enrolled say of themselves. `problems`: sentences.

    `is_complete`: whether every list that there is was read, so that what no list needs is known.
    """

    rows: list[Row] = field(default_factory=list)
    unknown: list[Manifest] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    needed: set[str] = field(default_factory=set)
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class Collector:
    """`folder`: where what was collected lies. `today`: YYYY-MM-DD. `say`: told what takes long."""

    asking: Asking
    catalogue: Catalogue
    folder: Path
    record: Record
    today: str
    say: Say = lambda sentence: None

    @property
    def files(self) -> Path:
        return self.folder / "files"

    async def collect(self) -> Round:
        """Read and check everything. Raises what the storage raises; what was checked till then is recorded."""
        found = Round()
        keys = {box.id: box.key for box in self.catalogue.boxes}
        for box in await self._boxes(found, keys):
            await self._collect_box(box, keys.get(box), found)
            write_record(self.folder, self.record)
        return found

    async def _boxes(self, found: Round, enrolled: dict[str, str]) -> list[str]:
        """Those that are enrolled, and those that sent something, where the storage can say it."""
        boxes = dict.fromkeys(enrolled)
        try:
            async for box in _senders(self.asking.storage.list("inbox")):
                boxes.setdefault(box)
                if len(boxes) > _BOXES_LIMIT:
                    found.problems.append(f"More than {_BOXES_LIMIT} boxes have sent something: not all were read.")
                    break
        except BadInput:
            found.is_complete = False
        return list(boxes)

    async def _collect_box(self, box: str, key: str | None, found: Round) -> None:
        known = self.record.boxes.get(box, KnownBox())
        before = known.newest
        try:
            lists = await read_lists(self.asking, box, key, known)
        except UnknownBox as error:
            found.unknown.append(error.manifest)
            found.is_complete = False  # what it sends may be wanted tomorrow
            return
        for problem in lists.problems:
            found.problems.append(problem)
            found.is_complete = False
            self.record.refuse(box, problem, self.today)
        if not lists.manifests:
            return
        self.record.boxes[box] = known
        if known.newest != before:
            known.last = self.today
        found.needed |= lists.needed
        await self._check(lists, known, found)

    async def _check(self, lists: Lists, known: KnownBox, found: Round) -> None:
        missing, parcels = set(lists.missing), {}
        for key, sent in lists.sent.items():
            before = known.parcels.get(key)
            looked = await self._look(lists.box, sent, before)
            missing |= looked.missing
            each = row(lists.box, sent, looked.how, looked.why, self.catalogue)
            found.rows.append(each)
            parcels[key] = _known(sent, looked, each)
        known.parcels = parcels
        await self._put_receipt(lists.box, known, missing)

    async def _look(self, box: str, sent: Sent, before: KnownParcel | None) -> Found:
        """Check what was not checked before; what is accepted already need not be here."""
        is_same = before is not None and (before.version, before.state) == (sent.parcel.version, sent.parcel.state)
        is_accepted = accepted_version(self.catalogue, box, sent) == sent.parcel.version
        if before is not None and is_same and before.found == WHOLE and (is_accepted or self._has(sent)):
            return Found(WHOLE)
        self.say(f"Reading {sent.parcel.shown_title} of the box {box}")
        return await check_parcel(self.asking, sent, self.files)

    def _has(self, sent: Sent) -> bool:
        return all(any(self.files.glob(f"{file.sha256}*")) for file in sent.parcel.files)

    async def _put_receipt(self, box: str, known: KnownBox, missing: set[str]) -> None:
        incomplete = {key: each.why for key, each in known.parcels.items() if each.found == INCOMPLETE}
        receipt = Receipt(seen=known.seen, missing=sorted(missing)[:MISSING_LIMIT], incomplete=incomplete)
        content = write_receipt(receipt)
        if await self.asking.get(receipt_path(box), LIMIT) != content:
            await self.asking.storage.put(receipt_path(box), content)


def _known(sent: Sent, looked: Found, each: Row) -> KnownParcel:
    parcel = sent.parcel
    about = parcel.document.get("about", {}) if parcel.kind == "counters" else {}
    return KnownParcel(
        parcel.version, parcel.state, looked.how, parcel.kind, parcel.shown_title[:200], parcel.size, looked.why,
        each.standing, about,
    )  # fmt: skip


async def _senders(paths: AsyncIterator[str]) -> AsyncIterator[str]:
    last = ""
    async for path in paths:
        box = path.split("/")[1] if path.count("/") else ""
        if box != last and is_box_id(box):
            last = box
            yield box


def clear_files(files: Path, rows: list[Row]) -> None:
    """Let go of what was put together of parcels that wait no longer."""
    wanted = {file.sha256 for row in rows if row.standing != ACCEPTED for file in row.sent.parcel.files}
    for path in files.glob("*"):
        if path.name.lstrip(".").partition(".")[0] not in wanted:
            path.unlink(missing_ok=True)
