"""Pictures that no page shows: a page for each folder of them, so that nothing in a pack is out of reach."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import partial
from urllib.parse import unquote

from content_packs.build import file_types
from content_packs.build.content import Content, Sources, Workshop
from content_packs.build.gallery import Gallery, Picture
from content_packs.build.names import stem
from content_packs.build.page_parts import GALLERY_LENGTH, in_parts
from content_packs.build.planned import HTML, ContentsLine, PlannedEntry
from content_packs.build.small_pictures import SmallPictures
from content_packs.build.source import SourceFile
from content_packs.build.work_folder import WorkFolder
from content_packs.errors import BadInput
from content_packs.media.pictures import read_picture

_STYLE_ENDING = ".css"
_STYLE_LIMIT = 4 * 1024 * 1024  # bytes
_STYLE_ADDRESS = re.compile(rb"url\(\s*['\"]?([^'\")\s]{1,500})")


class GalleryContent(Content):
    """The galleries of a pack. Which pictures are in them is known only when all pages are."""

    def __init__(self, sources: Sources) -> None:
        self._pictures = sources.with_ending(*file_types.PICTURE_ENDINGS)
        self._styled = _shown_by_styles(sources.with_ending(_STYLE_ENDING))
        self._illustration = sources.spec.illustration.resolve()
        self._small = SmallPictures(WorkFolder(sources.work, "galleries"))
        self._galleries: list[Gallery] = []

    def entries(self, workshop: Workshop) -> Iterator[PlannedEntry]:
        for folder, files in self._unshown(workshop.shown).items():
            pictures = []
            for file in files:
                picture, entries = self._picture(file)
                pictures.append(picture)
                yield from entries
            gallery = Gallery(folder, tuple(pictures))
            self._galleries.append(gallery)
            yield from self._pages(gallery, workshop)

    def _pages(self, gallery: Gallery, workshop: Workshop) -> Iterator[PlannedEntry]:
        main = workshop.spec.language
        title = gallery.title(workshop.spec.title_in(main))
        for path, pictures, trail in in_parts(gallery.pictures, GALLERY_LENGTH, main, gallery.page):
            workshop.renderer.trails[path] = [trail]
            make = partial(workshop.renderer.gallery, path, title, pictures)
            yield PlannedEntry(path, HTML, make, title=title, front=path == gallery.page())

    def lines(self, workshop: Workshop, language: str) -> Iterator[ContentsLine]:
        for gallery in self._galleries:
            title = gallery.title(workshop.spec.title_in(language))
            name = f"{gallery.folder}/"
            yield ContentsLine(gallery.page(), title, "", language, name, picture=gallery.pictures[0].thumbnail)

    def _unshown(self, shown: set[str]) -> dict[str, list[SourceFile]]:
        """By folder, the pictures that nothing shows."""
        found: dict[str, list[SourceFile]] = {}
        for file in self._pictures:
            if file.path not in shown and file.path not in self._styled and file.file.resolve() != self._illustration:
                found.setdefault(posixpath.dirname(file.path), []).append(file)
        return found

    def _picture(self, file: SourceFile) -> tuple[Picture, tuple[PlannedEntry, ...]]:
        """A drawing, and what cannot be read, stands for itself."""
        title = stem(file.path).rpartition("/")[2]
        try:
            small = self._small.thumbnail(file.file, file.path)
            return Picture(file.path, small.path, read_picture(file.file).title or title), (small,)
        except BadInput:  # told where the picture itself is put in
            return Picture(file.path, file.path, title), ()


def _shown_by_styles(styles: Iterable[SourceFile]) -> set[str]:
    shown = set()
    for style in styles:
        with style.file.open("rb") as file:
            text = file.read(_STYLE_LIMIT)
        for address in _STYLE_ADDRESS.findall(text):
            path = posixpath.join(posixpath.dirname(style.path), unquote(address.decode("utf-8", "replace")))
            shown.add(posixpath.normpath(path))
    return shown


def find_galleries(sources: Sources) -> GalleryContent:
    return GalleryContent(sources)
