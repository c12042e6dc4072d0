"""Smaller pictures that the builder makes: posters for pages, thumbnails for lists and galleries."""

from __future__ import annotations

from pathlib import Path

from content_packs.build.planned import PlannedEntry
from content_packs.build.work_folder import WorkFolder
from content_packs.media.pictures import thumbnail

POSTER_WIDTH, THUMBNAIL_WIDTH = 640, 240  # pixels


class SmallPictures:
    """Makes them in a folder of the build's own."""

    def __init__(self, folder: WorkFolder) -> None:
        self._folder = folder

    def poster(self, picture: Path | bytes, of: str) -> PlannedEntry:
        """Of the file at the path `of`. Raises BadInput where it is no picture."""
        return self._make(picture, f"_pack/posters/{of}.webp", POSTER_WIDTH)

    def thumbnail(self, picture: Path | bytes, of: str) -> PlannedEntry:
        return self._make(picture, f"_pack/thumbnails/{of}.webp", THUMBNAIL_WIDTH)

    def _make(self, picture: Path | bytes, path: str, width: int) -> PlannedEntry:
        made = thumbnail(picture, width)
        file = self._folder.new_file(".webp")
        file.write_bytes(made)
        return PlannedEntry(path, "image/webp", file, len(made))
