"""The addresses of what is shared. Pure."""

from __future__ import annotations

SHARING = "/staff/sharing"


def sharing_address(creation: str, page: str = "") -> str:
    """Of one creation; `page`: `merge`, or empty."""
    return f"{SHARING}/{creation}" + (f"/{page}" if page else "")
