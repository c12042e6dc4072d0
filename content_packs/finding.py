"""What a check found wrong: a record of its own, so that rules and readers can make them without knowing each other."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning", "hint"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a pack.

    An error means that something in it cannot be read: don't install it. With a warning all can be read, but not all is
    as the ZIM specification or a reader wants it. A hint is what a careful maker would do better. `entry` is the
    entry's path, None where the whole pack is meant.
    """

    severity: Severity
    entry: str | None
    what: str
    cure: str

    def to_json(self) -> dict[str, str | None]:
        return asdict(self)

    @property
    def sentence(self) -> str:
        where = f"{self.entry}: " if self.entry is not None else ""
        return f"{where}{self.what}. {self.cure}."

    def __str__(self) -> str:
        return f"{self.severity}: {self.sentence}"
