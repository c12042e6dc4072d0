"""Where one writes."""

from __future__ import annotations

WRITE = "/staff/write"


def write_address(creation: str, further: str = "", **query: object) -> str:
    """The page of a creation, or one `further` below it, such as `versions`."""
    path = f"{WRITE}/{creation}" + (f"/{further}" if further else "")
    asked = "&".join(f"{name}={value}" for name, value in query.items() if value)
    return f"{path}?{asked}" if asked else path
