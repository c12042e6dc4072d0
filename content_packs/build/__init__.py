"""Making a pack: from a folder of pages and media, described in `docs/formats/pack-source.md`, to one ZIM file."""

from content_packs.build.builder import BuildReport, build_pack
from content_packs.build.options import BuildOptions
from content_packs.build.progress import Progress, Step

__all__ = ["BuildOptions", "BuildReport", "Progress", "Step", "build_pack"]
