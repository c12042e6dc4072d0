"""Which browsers have which feature: what of MDN's and caniuse's data our pages need, as data.json has it.

`tools/renew_browser_data.py` writes the file; docs/support.md says which browsers the base is made of.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "data.json"


class Row(NamedTuple):
    """The first version of the first three that has a feature, or "no"; whether today's of the others do."""

    chrome: str
    firefox: str
    safari: str
    uc: str  # yes, partly, no, or ? where nobody says
    opera_mini: str
    kaios: str


@dataclass(frozen=True)
class BrowserData:
    """`base`: what the oldest browsers have; `later`: what is newer; `rows`: the newer that is used, with versions."""

    base: frozenset[str]
    later: frozenset[str]
    rows: dict[str, Row]

    def knows(self, feature: str) -> bool:
        return feature in self.base or feature in self.later


@cache
def browser_data() -> BrowserData:
    written = json.loads(FILE.read_text("utf-8"))
    return BrowserData(
        base=frozenset(_names(written["base"])),
        later=frozenset(_names(written["later"])),
        rows={name: Row(*row) for name, row in written["rows"].items()},
    )


def _names(grouped: dict[str, str]) -> list[str]:
    return [f"{parent}.{name}" for parent, names in grouped.items() for name in names.split()]
