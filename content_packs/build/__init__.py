"""Making a pack: from a folder of pages and media, described in `docs/formats/pack-source.md`, to one ZIM file.

`build_pack` is loaded when it is asked for: who reads YAML as this package does, such as a sync on a box with little
memory, needs none of the libraries that make pages and pictures, which take 20 MB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from content_packs.build.options import BuildOptions
from content_packs.build.progress import Progress, Step

if TYPE_CHECKING:
    from content_packs.build.builder import BuildReport, build_pack

__all__ = ["BuildOptions", "BuildReport", "Progress", "Step", "build_pack"]


def __getattr__(name: str) -> Any:
    if name not in ("BuildReport", "build_pack"):
        raise AttributeError(f"module {__name__} has no attribute {name}")
    from content_packs.build import builder

    return getattr(builder, name)
