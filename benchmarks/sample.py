"""What one round of a row measured."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sample:
    """Our figure, the one it is compared with (or none), and what else was seen."""

    ours: float
    other: float | None = None
    notes: dict[str, float] = field(default_factory=dict)

    @property
    def compared(self) -> float:
        return self.ours / self.other if self.other else self.ours
