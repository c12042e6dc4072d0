"""Everything that no other kind has claimed goes in as it is: pictures, styles, scripts."""

from __future__ import annotations

from collections.abc import Iterator

from content_packs.build import file_types
from content_packs.build.content import Content, Sources, Workshop
from content_packs.build.names import meant_name
from content_packs.build.notes import Notes
from content_packs.build.planned import HTML, PlannedEntry
from content_packs.build.progress import Reporter, Step
from content_packs.build.public_pictures import PublicPictures, may_tell
from content_packs.build.source import SourceFile


def file_entry(source: SourceFile) -> PlannedEntry:
    """A file as it is; an HTML page under the title that it has."""
    mimetype = file_types.mimetype_of(source.path)
    is_page = mimetype == HTML
    return PlannedEntry(source.path, mimetype, source.file, source.size, None if is_page else "", front=is_page)


class PlainFiles(Content):
    """Files as they are, but pictures without what is private in them."""

    def __init__(self, sources: Sources) -> None:
        self._files = [sources.claim(file.path) for file in sources.left()]
        notes = Notes()
        for file in self._files:
            if meant := meant_name(file.path):
                notes.about(file.path, f"it is not read as a description under this name: rename it to {meant}")
        self._public = PublicPictures(sources.work, notes)
        self._tell = sources.tell
        self.warnings = notes.all

    def entries(self, workshop: Workshop) -> Iterator[PlannedEntry]:
        """Slow where there are many pictures."""
        reporter = Reporter(sum(file.size for file in self._files if may_tell(file)), self._tell, Step.READING)
        for file in self._files:
            yield file_entry(self._public.public(file))
            if may_tell(file):
                reporter.add(file.size, file.path)


def find_files(sources: Sources) -> PlainFiles:
    return PlainFiles(sources)
