"""Films, sounds, documents and described pictures: each with a page of its own, under which its text is found too."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path

from content_packs.build import file_types
from content_packs.build.content import Content, Sources, Workshop
from content_packs.build.found_items import FoundItem, find_items
from content_packs.build.item import MediaItem
from content_packs.build.item_list import item_list
from content_packs.build.item_making import ItemMaker
from content_packs.build.names import stem
from content_packs.build.planned import HTML, ContentsLine, PlannedEntry, PlannedRedirect
from content_packs.build.source import SourceFile
from content_packs.zim.index_text import TEXT_FOLDER


class ItemContent(Content):
    """The items of a pack by their files' paths."""

    def __init__(
        self,
        items: Mapping[str, MediaItem],
        posters: frozenset[str],
        loose_subtitles: list[SourceFile],
        warnings: list[str],
    ) -> None:
        self.items = items
        self.warnings: list[str] = warnings
        self._posters = posters
        self._loose_subtitles = loose_subtitles

    def entries(self, workshop: Workshop) -> Iterator[PlannedEntry]:
        for file in self._loose_subtitles:
            if file.path not in workshop.shown:
                self.warnings.append(
                    f"{file.path} has the name of no film or sound, so that nobody sees it: correct it."
                )
        for item in self.items.values():
            yield from item.entries
            yield _page(item, workshop)
        if self.items:
            yield item_list(self.items.values(), workshop.spec.language)

    def redirects(self, workshop: Workshop) -> Iterator[PlannedRedirect]:
        """From the name that a converted file had, for pages that link to it."""
        for item in self.items.values():
            if item.path != item.source:
                yield PlannedRedirect(item.source, item.title_in(workshop.spec.language, ""), item.path)

    def lines(self, workshop: Workshop, language: str) -> Iterator[ContentsLine]:
        return (_line(item, workshop.spec.language, language) for item in self.items.values())

    def shown(self, workshop: Workshop) -> Collection[str]:
        return self._posters


def _page(item: MediaItem, workshop: Workshop) -> PlannedEntry:
    main = workshop.spec.language
    texts = [entry.content for entry in item.entries if entry.path.startswith(TEXT_FOLDER)]
    text = texts[0] if texts and isinstance(texts[0], Path) else None
    make = partial(workshop.renderer.item, item)
    return PlannedEntry(item.page, HTML, make, title=item.title_in(main, main), front=True, text=text)


def _line(item: MediaItem, main: str, language: str) -> ContentsLine:
    written_in = language if language in item.fields.title or not item.fields.title else main
    title, summary = item.title_in(language, main), item.description_in(language, main)
    return ContentsLine(item.page, title, summary, written_in, item.source, item.fields.order, item.thumbnail)


def find_item_content(sources: Sources) -> ItemContent:
    """Slow: reads every item's file, and converts films where that is asked for."""
    found = find_items(sources)
    _claim(sources, found)
    maker = ItemMaker(sources)
    items = maker.make_all(found)
    posters = frozenset(item.poster.path for item in found if item.poster is not None)
    return ItemContent(items, posters, _loose_subtitles(sources), maker.notes.all)


def _claim(sources: Sources, found: list[FoundItem]) -> None:
    """What is made of these goes in, not they themselves; posters are files like any other."""
    for item in found:
        for file in (item.source, *item.companions()):
            sources.claim(file.path)
    for side in sources.with_ending(file_types.SIDE_ENDING):
        sources.claim(side.path)


def _loose_subtitles(sources: Sources) -> list[SourceFile]:
    """Those that belong to no film by their name. Of a film's `.srt` and `.vtt` the one that is not used is none."""
    return [
        file
        for file in sources.with_ending(*file_types.SUBTITLES_ENDINGS)
        if file_types.ending(file.path) == ".vtt" or f"{stem(file.path)}.vtt" not in sources.files
    ]
