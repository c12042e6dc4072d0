"""Pages in Markdown and HTML: an entry each, and a redirect from the name that translations share."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial

from content_packs.build import file_types
from content_packs.build.content import Content, Sources, Workshop
from content_packs.build.kinds.files import file_entry
from content_packs.build.names import unlisted_language
from content_packs.build.pages import Page, Pages, find_pages
from content_packs.build.planned import HTML, ContentsLine, PlannedEntry, PlannedRedirect


class PageContent(Content):
    """The pages of a pack."""

    def __init__(self, pages: Pages, languages: tuple[str, ...]) -> None:
        self.pages = pages
        self._languages = languages
        self.warnings = [
            f"{path} looks like a page in {language}, which pack.yml does not list under languages."
            for path in pages.by_source
            if (language := unlisted_language(path, languages))
        ]
        self.warnings += [
            f"{one.source.path} and {other.source.path} are one page in {one.language} by their names, and only the "
            "second is listed: rename one."
            for one, other in pages.doubled
        ]

    def entries(self, workshop: Workshop) -> Iterator[PlannedEntry]:
        for page in self.pages.by_source.values():
            yield _markdown_entry(page, workshop) if page.is_markdown else _html_entry(page, workshop)

    def redirects(self, workshop: Workshop) -> Iterator[PlannedRedirect]:
        """To the main language's page, for links that leave the language open."""
        for name in self.pages.by_name:
            page = self.pages.best(name, self._languages[0], self._languages)
            if page is not None:
                yield PlannedRedirect(f"{name}.html", page.title, page.path)

    def lines(self, workshop: Workshop, language: str) -> Iterator[ContentsLine]:
        for name in self.pages.by_name:
            page = self.pages.best(name, language, self._languages)
            if page is not None:
                yield ContentsLine(page.path, page.title, page.summary, page.language, name, page.order)

    def shown(self, workshop: Workshop) -> Collection[str]:
        return self.pages.shown


def _markdown_entry(page: Page, workshop: Workshop) -> PlannedEntry:
    make = partial(workshop.renderer.page, page)
    return PlannedEntry(page.path, HTML, make, page.source.size, page.title, front=True)


def _html_entry(page: Page, workshop: Workshop) -> PlannedEntry:
    """The file as it is, unless another kind of content puts links on it: its bytes stay, the links come behind."""
    entry = file_entry(page.source)
    if page.path not in workshop.renderer.trails:
        return entry
    return replace(entry, content=partial(workshop.renderer.html_with_trails, page))


def find_page_content(sources: Sources) -> PageContent:
    files = sources.with_ending(file_types.MARKDOWN_ENDING, *file_types.HTML_ENDINGS)
    pages = find_pages({file.path: sources.claim(file.path) for file in files}, sources.spec.languages)
    return PageContent(pages, sources.spec.languages)
