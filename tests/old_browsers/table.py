"""The table of docs/support.md: what it says of each feature, and what is missing in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.old_browsers.data import Row, browser_data
from tests.old_browsers.used import ROOT, used_everywhere

PAGE = ROOT / "docs" / "support.md"
_LINE = re.compile(r"^\| (`.+`) \|" + r" ([^|]+) \|" * 6 + r" (.+) \|$", re.MULTILINE)
_WRITTEN = [
    (re.compile(pattern), written)
    for pattern, written in (
        (r"css\.properties\.([^.]+)", r"\1"),
        (r"css\.properties\.([^.]+)\.(.+)", r"\1: \2"),
        (r"css\.at-rules\.([^.]+)", r"@\1"),
        (r"css\.at-rules\.([^.]+)\.(.+)", r"@\1 (\2)"),
        (r"css\.selectors\.(.+)", r":\1"),
        (r"css\.types\.(?:.+\.)?([^.]+)", r"\1()"),
        (r"(?:html|svg)\.(?:elements\.)?([^.]+)", r"<\1>"),
        (r"(?:html|svg)\.(?:elements\.)?([^.]+)\.(.+)", r"<\1 \2>"),
        (r"(?:javascript\.builtins|api)\.(.+)", r"\1"),
    )
]


@dataclass(frozen=True)
class Line:
    """One line: features that came together, the versions, and what happens where they are missing."""

    features: tuple[str, ...]
    row: Row
    without: str


def lines() -> list[Line]:
    found = _LINE.findall(PAGE.read_text("utf-8"))
    return [Line(tuple(re.findall(r"`([^`]+)`", names)), Row(*row), without) for names, *row, without in found]


def shown(feature: str) -> str:
    """A feature as people write it."""
    for pattern, written in _WRITTEN:
        if found := pattern.fullmatch(feature):
            return found.expand(written).replace("type_", "type=").replace("<global_attributes", "<*")
    raise ValueError(feature)


def needed() -> dict[str, Row]:
    """The features that our pages use beyond the base, as the table writes them."""
    data = browser_data()
    used = used_everywhere(data)
    rows = {feature: row for feature, row in data.rows.items() if feature in used}
    return {shown(feature): row for feature, row in rows.items() if not _comes_with_its_property(feature, rows)}


def _comes_with_its_property(feature: str, rows: dict[str, Row]) -> bool:
    """Whether it is a value that every browser has that has the property."""
    whole = rows.get(feature.rpartition(".")[0])
    return whole is not None and worst([whole, rows[feature]]) == whole


def worst(rows: list[Row]) -> Row:
    """The row of several features that are used together: the last version, the least that is said."""
    versions = [max((row[place] for row in rows), key=_number) for place in range(3)]
    says = [min((row[place] for row in rows), key=["no", "partly", "yes", "?"].index) for place in range(3, 6)]
    return Row(*versions, *says)


def _number(version: str) -> float:
    return float("inf") if version == "no" else float(version)


def missing_rows() -> list[str]:
    """Lines for the table, to be completed by what happens where the feature is missing."""
    there = {feature for line in lines() for feature in line.features}
    return [f"| `{name}` | {' | '.join(row)} |  |" for name, row in sorted(needed().items()) if name not in there]


def superfluous() -> list[str]:
    """What the table says of features that no page uses any more."""
    used = needed()
    return [f"no longer used: `{feature}`" for line in lines() for feature in line.features if feature not in used]
