"""Where the signed metadata of a hub lie, below its address (docs/formats/hub.md).

As the specification of The Update Framework has it with consistent snapshots: all but the timestamp bear their number.
"""

from __future__ import annotations

TIMESTAMP_PATH = "metadata/timestamp.json"  # the one file that is always at the same place


def root_path(version: int) -> str:
    return f"metadata/{version}.root.json"


def snapshot_path(version: int) -> str:
    return f"metadata/{version}.snapshot.json"


def targets_path(version: int) -> str:
    return f"metadata/{version}.targets.json"
