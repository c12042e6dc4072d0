"""How what boxes sent is shown: lines for people, objects for programs."""

from __future__ import annotations

from typing import Any

from content_packs.commands.text import human_size
from provisioning.hub.collect.collecting import Round
from provisioning.hub.collect.record import KnownBox, Record
from provisioning.hub.collect.standing import ACCEPTED, READ, Row
from provisioning.outgoing.manifest import Manifest


def in_groups(box: str) -> str:
    """A box's id as people compare it: four digits and four."""
    return " ".join(box[start : start + 4] for start in range(0, len(box), 4))


def round_lines(found: Round, record: Record) -> list[str]:
    lines = []
    for box in dict.fromkeys(row.box for row in found.rows):
        rows = [row for row in found.rows if row.box == box]
        lines.append(box_line(box, record.boxes[box]))
        lines += [_row_line(row) for row in rows if row.standing not in (ACCEPTED, READ)]
        quiet = sum(row.standing == ACCEPTED for row in rows)
        lines += [f"  {quiet} accepted before"] if quiet else []
    lines += [_unknown_line(manifest) for manifest in found.unknown]
    return lines or ["Nothing has arrived from any box."]


def called(box: str, name: str) -> str:
    """The box by its id, and by its name where it has one."""
    return f"{box} {name}".rstrip()


def box_line(box: str, known: KnownBox) -> str:
    newest = max(known.newest.values(), default=0)
    return f"{called(box, known.name)}: list {newest}, last news {known.last or 'never'}"


def _row_line(row: Row) -> str:
    parcel = row.sent.parcel
    line = f"  {row.standing:10} {row.name}  {parcel.shown_title} ({human_size(parcel.size)})"
    notes = [note for note in (row.why, row.warning and f"{row.warning}.") if note]
    return f"{line}: {' '.join(notes)}" if notes else line


def _unknown_line(manifest: Manifest) -> str:
    return (
        f"{called(manifest.box, manifest.name)}: not enrolled. If the box itself shows {in_groups(manifest.box)}, "
        f"give `ideascube hub collect --enrol {manifest.box}`."
    )


def round_json(found: Round, record: Record) -> dict[str, Any]:
    return {
        "boxes": {box: box_json(box, record.boxes[box]) for box in dict.fromkeys(row.box for row in found.rows)},
        "parcels": [_row_json(row) for row in found.rows],
        "unknown": [{"box": each.box, "name": each.name, "key": each.key.hex()} for each in found.unknown],
        "problems": found.problems,
    }


def box_json(box: str, known: KnownBox) -> dict[str, Any]:
    return {"box": box, "name": known.name, "last": known.last, "seen": known.seen}


def _row_json(row: Row) -> dict[str, Any]:
    parcel = row.sent.parcel
    return {
        "name": row.name, "box": row.box, "kind": parcel.kind, "id": parcel.id, "version": parcel.version,
        "state": parcel.state, "title": parcel.title, "size": parcel.size, "standing": row.standing, "why": row.why,
        "warning": row.warning,
    }  # fmt: skip
