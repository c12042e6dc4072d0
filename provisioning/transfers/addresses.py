"""Addresses, which come from catalogues that anyone may have written."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit

_NONE = SplitResult("", "", "", "", "")


def split(address: str) -> SplitResult:
    """Its parts; all of them empty where it is no address."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return _NONE
    return parts


def join(base: str, target: str) -> str:
    """Where `target`, found at `base`, leads to; empty where it is no address."""
    try:
        return urljoin(base, target)
    except ValueError:
        return ""
