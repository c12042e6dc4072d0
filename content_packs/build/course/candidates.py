"""The files in a course's folder that can be steps, and those of them that nobody made one."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from content_packs.build.content import Workshop
from content_packs.build.course.course_yml import StepSpec
from content_packs.build.course.find import FoundCourse
from content_packs.build.course.links import linked_files
from content_packs.build.course.listing import Candidate
from content_packs.build.course.names import is_below
from content_packs.build.file_types import HTML_ENDINGS, MARKDOWN_ENDING, ending


class Candidates:
    """The pages, items and quizzes below the folder of one course. A page goes by its name, whatever its language."""

    def __init__(self, found: FoundCourse, workshop: Workshop) -> None:
        self._found = found
        self._workshop = workshop
        self._index = posixpath.join(found.folder, f"index{MARKDOWN_ENDING}")

    def __iter__(self) -> Iterator[Candidate]:
        """All of them but the pack's first page."""
        everything = (*map(Candidate, self._found.quizzes), *self._pages(), *self._items())
        return (one for one in everything if is_below(one.path, self._found.folder) and one.path != self._index)

    def lessons(self) -> Iterator[Candidate]:
        """Those that are lessons where nobody lists any: without the films and documents that others bring along."""
        pages = {one.path for one in self}
        brought = (self._linked_from(pages) & self._workshop.items.keys()) | self._found.shown
        return (one for one in self if one.path not in brought)

    def unused(self, steps: Iterable[StepSpec]) -> Iterator[str]:
        """The paths of those that are no step, and that no step's page leads to or shows, nor a quiz."""
        named = [file for step in steps for file in (step.file, *step.attachments)]
        used = {self.name_of(file.path) for file in named} | self._found.shown
        used |= {self.name_of(path) for path in self._linked_from(used)}
        return (path for path in sorted(one.path for one in self) if path not in used)

    def name_of(self, path: str) -> str:
        """The name by which a file goes here: a page's is that of all its translations."""
        page = self._workshop.pages.by_source.get(path)
        if page is not None:
            return page.name + MARKDOWN_ENDING
        is_page = ending(path) in (MARKDOWN_ENDING, *HTML_ENDINGS, "")
        return posixpath.splitext(path)[0] + MARKDOWN_ENDING if is_page else path

    def _linked_from(self, names: set[str]) -> set[str]:
        pages = [page for page in self._workshop.pages.by_source.values() if page.name + MARKDOWN_ENDING in names]
        return {path for page in pages for path in linked_files(page)}

    def _pages(self) -> Iterator[Candidate]:
        for name, versions in self._workshop.pages.by_name.items():
            orders = [page.order for page in versions.values() if page.order is not None]
            yield Candidate(name + MARKDOWN_ENDING, min(orders, default=None))

    def _items(self) -> Iterator[Candidate]:
        return (Candidate(path, item.fields.order) for path, item in self._workshop.items.items())
