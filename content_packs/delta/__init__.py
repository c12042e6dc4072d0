"""Deltas, which carry what changed between two versions of a pack, and the layers that a box makes of them."""

from __future__ import annotations

from content_packs.delta.diff import DiffReport, write_delta
from content_packs.delta.layers import LayerReport, make_layer

__all__ = ["DiffReport", "LayerReport", "make_layer", "write_delta"]
