"""The pages of contents, one for each language: every page and item of the pack, whatever kind of content it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from content_packs.build.content import Content, Workshop
from content_packs.build.page_parts import PART_LENGTH, in_parts
from content_packs.build.pages import Page
from content_packs.build.planned import HTML, ContentsLine, PlannedEntry
from content_packs.build.render import contents_path


def contents_pages(workshop: Workshop, contents: Iterable[Content], main: Page | None) -> Iterator[PlannedEntry]:
    """The contents in each language of the pack, without what a kind of content lists itself."""
    contents = tuple(contents)
    listed = {path for content in contents for path in content.listed(workshop)}
    for language in workshop.spec.languages:
        all_lines = (line for content in contents for line in content.lines(workshop, language))
        lines = _in_order((line for line in all_lines if line.path not in listed), main)
        yield from _in_parts(workshop, language, lines)


def _in_order(lines: Iterable[ContentsLine], main: Page | None) -> list[ContentsLine]:
    """The first page first, then by `order`, then by name."""
    return sorted(lines, key=lambda line: (main is None or line.name != main.name, line.place))


def _in_parts(workshop: Workshop, language: str, lines: list[ContentsLine]) -> Iterator[PlannedEntry]:
    """On several pages where they are long; only the first is suggested."""
    title = workshop.spec.title_in(language)
    for path, part, trail in in_parts(lines, PART_LENGTH, language, partial(contents_path, language)):
        workshop.renderer.trails[path] = [trail]
        make = partial(workshop.renderer.contents, path, language, part)
        yield PlannedEntry(path, HTML, make, title=title, front=path == contents_path(language), searchable=False)
