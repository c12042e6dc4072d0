"""Which files of this box a body shows, by their addresses. Pure."""

from __future__ import annotations

import re

# The id is the SHA-256 of what was uploaded: ideascube/box_media/
ADDRESS = re.compile(r"/media/([0-9a-f]{64})/([A-Za-z0-9][A-Za-z0-9._-]{0,99})")


def media_inside(body: str) -> set[str]:
    """The ids of the files."""
    return {found[1] for found in ADDRESS.finditer(body)}
