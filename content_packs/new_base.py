"""When a pack has so many or such large layers that a new base is due. A rule only."""

from __future__ import annotations

from collections.abc import Sequence

LAYER_LIMIT = 5
SHARE_LIMIT = 25  # per cent of the base's size


def new_base_due(base: int, layers: Sequence[int]) -> str | None:
    """Why a new base is due, as part of a sentence, or None where it is not. Sizes in bytes.

    Each layer is one more file to ask for everything; what it replaced still takes its room in the files below.
    """
    if len(layers) >= LAYER_LIMIT:
        return f"it has {len(layers)} layers"
    if sum(layers) * 100 > base * SHARE_LIMIT:
        return f"its layers take {sum(layers) * 100 // max(base, 1)} % of the base's size"
    return None
