"""How XML is read that anyone may have written: no entity is resolved, nothing is fetched, and memory is bounded."""

from __future__ import annotations

from typing import Any

# For each parser of lxml, which is loaded by who parses: it takes memory.
CAREFUL: dict[str, bool] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def forget(element: Any) -> None:
    """Let go of an element that was read, while the document goes on, and of those before it."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
