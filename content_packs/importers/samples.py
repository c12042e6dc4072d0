"""A look into some films, sounds, books and documents of a folder: what they say of themselves, words, a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from content_packs.build.file_types import DOCUMENT_ENDINGS, FILM_ENDINGS, ITEM_ENDINGS, SOUND_ENDINGS, ending
from content_packs.errors import IdeascubeError
from content_packs.importers.facts import Facts
from content_packs.importers.placing import PAGE_ENDINGS
from content_packs.media.audio import read_sound
from content_packs.media.described import Described
from content_packs.media.epub import read_epub
from content_packs.media.films import poster, read_film
from content_packs.media.pdf import read_pdf

_READ = 4  # of a folder
_DOCUMENT_LIMIT = 100 * 1024 * 1024  # bytes
_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Sample:
    """One file: what it says of itself, the beginning of its text, a picture of it as PNG, JPEG or WebP, or None."""

    described: Described
    text: str = ""
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class Samples:
    """What was read; `alone`: the folder is one film, sound or document, without pages."""

    samples: tuple[Sample, ...] = ()
    alone: bool = False

    def facts(self) -> Facts:
        """What a pack of one single film, sound or document can say of itself: what that says."""
        if not self.alone or not self.samples:
            return Facts()
        said = self.samples[0].described
        return Facts(
            title=said.title,
            description=said.description,
            languages=(said.language,) if said.language else (),
            creator=", ".join(said.creators),
            publisher=said.publisher,
            licence=said.licence,
        )


def read_samples(folder: Path) -> Samples:
    """Some files of a folder, spread over it. Slow: the builder's reading is what bounds it, a minute or two a file."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    items = [file for file in files if ending(file.name) in ITEM_ENDINGS]
    pages = any(ending(file.name) in PAGE_ENDINGS for file in files)
    chosen = items[:: max(1, len(items) // _READ)][:_READ]
    return Samples(tuple(_readable(chosen)), len(items) == 1 and not pages)


def _readable(files: list[Path]) -> Iterator[Sample]:
    for file in files:
        try:
            sample = _read(file)
        except IdeascubeError:
            continue  # the builder says what is wrong with it
        if sample is not None:
            yield sample


def _read(file: Path) -> Sample | None:
    kind = ending(file.name)
    if kind in FILM_ENDINGS:
        film = read_film(file)
        return Sample(film.described, picture=poster(file, film.probe))
    if kind in SOUND_ENDINGS:
        sound = read_sound(file)
        return Sample(sound.described, picture=sound.cover)
    if kind in DOCUMENT_ENDINGS and file.stat().st_size > _DOCUMENT_LIMIT:
        return None
    if kind == ".epub":
        book = read_epub(file)
        return Sample(book.described, book.text[:_CHARACTERS], book.cover)
    if kind == ".pdf":
        document = read_pdf(file)
        return Sample(document.described, document.text[:_CHARACTERS], document.picture)
    return None
