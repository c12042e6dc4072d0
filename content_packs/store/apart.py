"""The store's name for `content_packs.apart`, where work in a process of its own is."""

from content_packs.apart import EndedBadlyError, HowFar, run_apart

__all__ = ["EndedBadlyError", "HowFar", "run_apart"]
