"""Checking a pack: what building, installing and uploading ask, and `ideascube pack check` shows."""

from content_packs.check.checker import FINDING_LIMIT, check_pack
from content_packs.finding import Finding

__all__ = ["FINDING_LIMIT", "Finding", "check_pack"]
