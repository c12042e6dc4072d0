"""What is known of all boxes: a line each, and what they counted, summed. From the record alone, without a line."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from typing import Any

from provisioning.hub.collect.record import KnownBox, Record
from provisioning.hub.collect.standing import CHANGED, NEW
from provisioning.outgoing.parcels import COUNTERS

COUNTED = ("days", "packs", "collections", "courses")  # docs/formats/sharing.md
COLUMNS = ("box", "name", "last", "list", "parcels", "bytes", "waiting", "creations", *COUNTED)
_UNFOUND_LIMIT = 200


def report_of(record: Record) -> dict[str, Any]:
    """`boxes`: an object each; `total`; `unfound`: what was searched for and hardly found, on how many days in all."""
    boxes = [_of_box(box, known) for box, known in sorted(record.boxes.items())]
    summed = {name: sum(each[name] for each in boxes) for name in COLUMNS[4:]}
    return {
        "boxes": boxes,
        "total": {"boxes": len(boxes), **summed},
        "unfound": _unfound(record.boxes.values()),
        "refused": [{"box": each.box, "why": each.why, "when": each.when} for each in record.refused],
    }


def report_csv(report: dict[str, Any]) -> str:
    """A line for each box, and one for all."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _plain(value) for name, value in each.items()} for each in report["boxes"])
    writer.writerow({"box": "all", **report["total"]})
    return text.getvalue()


def _plain(value: object) -> object:
    """A text that no spreadsheet takes for a formula: names are other people's."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _of_box(box: str, known: KnownBox) -> dict[str, Any]:
    parcels = [each for each in known.parcels.values() if each.kind != COUNTERS]
    about = _about(known)
    creations = about.get("creations")
    return {
        "box": box,
        "name": known.name,
        "last": known.last,
        "list": max(known.newest.values(), default=0),
        "parcels": len(parcels),
        "bytes": sum(each.size for each in parcels),
        "waiting": sum(each.standing in (NEW, CHANGED) for each in parcels),
        "creations": sum(map(_number, creations.values())) if isinstance(creations, dict) else 0,
        **{name: _number(about.get(name)) for name in COUNTED},
    }


def _about(known: KnownBox) -> dict[str, Any]:
    return next((each.about for each in known.parcels.values() if each.kind == COUNTERS), {})


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else 0


def _unfound(boxes: Iterable[KnownBox]) -> list[dict[str, Any]]:
    days: Counter[str] = Counter()
    for known in boxes:
        listed = _about(known).get("unfound")
        for each in listed if isinstance(listed, list) else ():
            if isinstance(each, dict) and isinstance(each.get("text"), str):
                days[each["text"][:100]] += _number(each.get("days"))
    return [{"text": text, "days": count} for text, count in days.most_common(_UNFOUND_LIMIT)]
