"""Films, sounds and documents: each with a page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from content_packs.build import file_types
from content_packs.build.content import Content, Sources, Workshop
from content_packs.build.media import MediaItem, find_media
from content_packs.build.planned import HTML, ContentsLine, PlannedEntry


class ItemContent(Content):
    """The items of a pack by their files' paths."""

    def __init__(self, items: Mapping[str, MediaItem]) -> None:
        self.items = items

    def entries(self, workshop: Workshop) -> Iterator[PlannedEntry]:
        main = workshop.spec.language
        for item in self.items.values():
            make = partial(workshop.renderer.item, item)
            yield PlannedEntry(item.page, HTML, make, title=item.title_in(main, main), front=True)

    def lines(self, workshop: Workshop, language: str) -> Iterator[ContentsLine]:
        return (_line(item, workshop.spec.language, language) for item in self.items.values())


def _line(item: MediaItem, main: str, language: str) -> ContentsLine:
    written_in = language if language in item.fields.title or not item.fields.title else main
    title, summary = item.title_in(language, main), item.description_in(language, main)
    return ContentsLine(item.page, title, summary, written_in, item.path, item.fields.order, item.poster)


def find_items(sources: Sources) -> ItemContent:
    files = {file.path: file for file in sources.left()}
    items = find_media(files, sources.spec.languages)
    for side in sources.with_ending(file_types.SIDE_ENDING):
        sources.claim(side.path)
    return ItemContent(items)
