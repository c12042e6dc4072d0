"""Deltas, which carry what changed between two versions of a pack, and the layers that a box makes of them."""

from __future__ import annotations

from content_packs.delta.diff import DiffReport, write_delta
from content_packs.delta.flatten import FlattenReport, flatten
from content_packs.delta.layers import LayerReport, make_layer
from content_packs.new_base import new_base_due

__all__ = [
    "DiffReport",
    "FlattenReport",
    "LayerReport",
    "flatten",
    "make_layer",
    "new_base_due",
    "write_delta",
]
