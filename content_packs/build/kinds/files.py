"""Everything that no other kind has claimed goes in as it is: pictures, styles, scripts, films themselves."""

from __future__ import annotations

from collections.abc import Iterator

from content_packs.build import file_types
from content_packs.build.content import Content, Sources, Workshop
from content_packs.build.planned import HTML, PlannedEntry
from content_packs.build.source import SourceFile


def file_entry(source: SourceFile) -> PlannedEntry:
    """A file as it is; an HTML page under the title that it has."""
    mimetype = file_types.mimetype_of(source.path)
    is_page = mimetype == HTML
    return PlannedEntry(source.path, mimetype, source.file, source.size, None if is_page else "", front=is_page)


class PlainFiles(Content):
    """Files as they are."""

    def __init__(self, files: list[SourceFile]) -> None:
        self._files = files

    def entries(self, workshop: Workshop) -> Iterator[PlannedEntry]:
        return map(file_entry, self._files)


def find_files(sources: Sources) -> PlainFiles:
    return PlainFiles([sources.claim(file.path) for file in sources.left()])
