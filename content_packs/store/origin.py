"""Where a pack came from, as far as whoever brought it said so; kept in its record, docs/formats/store.md."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

LONGEST_NAME = 200  # characters of a catalogue's name


@dataclass(frozen=True, slots=True)
class Origin:
    """`catalogue`: the name under which this box knows the catalogue. `signed`: whether it was signed, and verified."""

    catalogue: str
    signed: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def origin_from(document: object) -> Origin | None:
    """What a record says; None for nothing, and for what is no origin: it must not keep a pack from being shown."""
    if not isinstance(document, dict):
        return None
    catalogue, signed = document.get("catalogue"), document.get("signed")
    if not isinstance(catalogue, str) or not catalogue or len(catalogue) > LONGEST_NAME:
        return None
    return Origin(catalogue, signed is True)


def better_known(before: Origin | None, now: Origin | None) -> Origin | None:
    """The origin of files that are here already and came a second time: what was signed once stays so, and stays
    with who signed it, since that one may also take it back.
    """
    if now is None or (before is not None and before.signed):
        return before
    return now
