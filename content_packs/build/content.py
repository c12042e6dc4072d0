"""The seam between the plan and the kinds of content: pages, films and documents, pictures, courses.

To add a kind, write a module with a `Finder` and name it in `plan.KINDS`. It is used in two steps:

1. Finders are called in the order of `KINDS`, each with the `Sources` that are left. One claims the files that nobody
   else is to take (a course its `course.yml` and quizzes, not the pages that are its lessons) and returns a `Content`.
2. Once every kind has found what is its own, the plan asks each `Content` for what it adds, giving the `Workshop`, in
   which all pages and items can be looked up by their source file. `trails` are asked for first, and put on the pages.

Nothing is written here, and nothing needs to be kept in memory: an entry's content is made when it is written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from content_packs.build import file_types
from content_packs.build.names import split_language
from content_packs.build.options import BuildOptions
from content_packs.build.pack_yml import PackSpec
from content_packs.build.planned import ContentsLine, PlannedEntry, PlannedRedirect
from content_packs.build.progress import Tell
from content_packs.build.source import SourceFile

if TYPE_CHECKING:
    from content_packs.build.item import MediaItem
    from content_packs.build.pages import Page, Pages
    from content_packs.build.render import Renderer


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a page of the pack: its entry's path, its title and the language that the title is in."""

    path: str
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class Trail:
    """Where a page stands among others: those above it, the outermost first, and its neighbours. Shown on the page.

    `beside` are those that belong to it: what is handed out with a lesson.
    """

    language: str
    up: Sequence[PageLink] = ()
    previous: PageLink | None = None
    next: PageLink | None = None
    beside: Sequence[PageLink] = ()


class Sources:
    """The files of a pack's folder by path, sorted, of which kinds of content claim theirs one after the other."""

    def __init__(
        self,
        spec: PackSpec,
        files: Mapping[str, SourceFile],
        work: Path,
        options: BuildOptions,
        tell: Tell | None = None,
    ) -> None:
        self.spec = spec
        self.files = files
        self.work = work  # a folder for what is made of files, gone after the build
        self.options = options
        self.tell = tell
        self._claimed: set[str] = set()

    def left(self) -> list[SourceFile]:
        """The files that nobody has claimed."""
        return [file for path, file in self.files.items() if path not in self._claimed]

    def with_ending(self, *endings: str) -> list[SourceFile]:
        """Those that are left and end so, in small letters with the dot."""
        return [file for file in self.left() if file_types.has_ending(file.path, endings)]

    def claim(self, path: str) -> SourceFile:
        """Take a file: nobody after this makes anything of it, nor does it go into the pack by itself."""
        self._claimed.add(path)
        return self.files[path]


class Content:
    """What one kind of content adds to a pack. A kind overrides what it has something to say to."""

    warnings: Sequence[str] = ()

    def trails(self, workshop: Workshop) -> Mapping[str, Sequence[Trail]]:
        """Links to put on pages that other kinds make, by the page's path: one trail a language of that page."""
        return {}

    def entries(self, workshop: Workshop) -> Iterable[PlannedEntry]:
        return ()

    def redirects(self, workshop: Workshop) -> Iterable[PlannedRedirect]:
        return ()

    def lines(self, workshop: Workshop, language: str) -> Iterable[ContentsLine]:
        """Its lines of the contents in a language; each page in that language where there is one."""
        return ()

    def mains(self, workshop: Workshop) -> Mapping[str, str]:
        """The path of a first page by language, for a pack that has no page called index and names no other."""
        return {}

    def listed(self, workshop: Workshop) -> Collection[str]:
        """Paths of pages of other kinds that it lists itself, so that the contents need not (a course its lessons)."""
        return ()

    def shown(self, workshop: Workshop) -> Collection[str]:
        """Source files that its pages show, so that no gallery is made of them (the pictures of a quiz)."""
        return ()


class Finder(Protocol):
    """Finds all content of one kind among the files that are left. Raises BadInput where they contradict each other."""

    def __call__(self, sources: Sources) -> Content: ...


@dataclass(slots=True)
class Workshop:
    """What is known of a pack once every kind has found what is its own."""

    spec: PackSpec
    pages: Pages
    items: Mapping[str, MediaItem]
    renderer: Renderer
    shown: set[str] = field(default_factory=set)  # source files that a page shows

    def page_of(self, source: str, language: str) -> PageLink | None:
        """The page that shows a source file: in `language` where there is one, else in the first that has it.

        `source` may name a page without its language (`boil.md` for `boil.fr.md`).
        """
        if source in self.items:
            item, main = self.items[source], self.spec.language
            shown_in = language if language in item.fields.title else main
            return PageLink(item.page, item.title_in(language, main), shown_in)
        named = source in self.pages.by_source and split_language(source, self.spec.languages)[1]
        page = self.pages.by_source[source] if named else self._best_page(source, language)
        return PageLink(page.path, page.title, page.language) if page is not None else None

    def _best_page(self, source: str, language: str) -> Page | None:
        name = split_language(source, self.spec.languages)[0]
        return self.pages.best(name, language, self.spec.languages)
