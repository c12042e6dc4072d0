"""Making a pack: from a folder of pages and media, described in `docs/formats/pack-source.md`, to one ZIM file."""

from content_packs.build.builder import BuildReport, Progress, build_pack

__all__ = ["BuildReport", "Progress", "build_pack"]
