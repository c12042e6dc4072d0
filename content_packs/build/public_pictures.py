"""Pictures as they go into a pack: without what tells where, when and with whose phone they were taken."""

from __future__ import annotations

from pathlib import Path

from content_packs.build import file_types
from content_packs.build.notes import Notes
from content_packs.build.source import SourceFile
from content_packs.errors import BadInput
from content_packs.media.pictures import public_bytes

# What new phones take pictures in, which neither Pillow nor most browsers read.
_UNREADABLE = (".heic", ".heif")
_MAY_TELL = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".tif", ".tiff")


def may_tell(source: SourceFile) -> bool:
    """Whether it is a picture that may hold something private."""
    return file_types.has_ending(source.path, _MAY_TELL)


class PublicPictures:
    """Makes copies of the pictures that hold something private, in the build's own folder; the others stay."""

    def __init__(self, work: Path, notes: Notes) -> None:
        self._work = work / "pictures"
        self._notes = notes

    def public(self, source: SourceFile) -> SourceFile:
        """The file, or its copy. What is no picture though its name says so stays, with a note."""
        if file_types.has_ending(source.path, _UNREADABLE):
            told = "most browsers do not show it, and it may tell where it was taken: save it as JPEG"
            self._notes.about(source.path, told)
        if not may_tell(source):
            return source
        try:
            data = public_bytes(source.file)
        except BadInput as error:
            self._notes.about(source.path, f"{error} It goes in as it is.")
            return source
        return source if data == source.file.read_bytes() else self._copy(source, data)

    def _copy(self, source: SourceFile, data: bytes) -> SourceFile:
        copy = self._work / source.path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(data)
        return SourceFile(source.path, str(copy), len(data))
