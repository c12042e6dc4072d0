"""The SPDX identifier of a licence that a file names by its address or its usual name."""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"creativecommons\.org/(?:licenses/([a-z-]+)/(\d\.\d)|publicdomain/(zero|mark)/1\.0)", re.IGNORECASE
)
_NAME = re.compile(r"\bCC[ -]?(BY(?:[ -](?:NC|ND|SA))*)[ -]?(?:v\.? ?)?(\d\.\d)", re.IGNORECASE)
_ZERO = re.compile(r"\bCC[ -]?0\b", re.IGNORECASE)


def licence_id(text: str) -> str:
    """The identifier (https://spdx.org/licenses/) of the Creative Commons licence in `text`; nothing where none is."""
    if found := _ADDRESS.search(text):
        kind, version, public = found.groups()
        if public:
            return "CC0-1.0" if public.lower() == "zero" else "CC-PDM-1.0"
        return _in_order(kind, version)
    if found := _NAME.search(text):
        return _in_order(*found.groups())
    return "CC0-1.0" if _ZERO.search(text) else ""


def _in_order(kind: str, version: str) -> str:
    """SPDX writes the parts in one order: BY, NC, SA or ND."""
    parts = set(re.split("[ -]", kind.upper()))
    return "-".join(["CC", *(part for part in ("BY", "NC", "SA", "ND") if part in parts), version])
