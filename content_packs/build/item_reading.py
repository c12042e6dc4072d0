"""What an item's file says of itself, whatever its kind, through `content_packs.media`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from content_packs.build import file_types
from content_packs.errors import MissingProgram
from content_packs.media.audio import read_sound
from content_packs.media.described import Described, Heading
from content_packs.media.epub import read_epub
from content_packs.media.films import poster, read_film
from content_packs.media.pdf import read_pdf
from content_packs.media.pictures import read_picture
from content_packs.media.probe import Probe, probe


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. `picture` is one of it, to be made smaller; `text` what it can be found by beside its page."""

    described: Described = field(default_factory=Described)
    picture: Path | bytes | None = None
    headings: tuple[Heading, ...] = ()
    text: str = ""
    probe: Probe | None = None


def read_item(file: Path, path: str, *, to_convert: bool = False) -> Reading:
    """Read the file of the item at `path`, in bounded time and memory; `to_convert` if its `probe` is needed.

    Raises BadInput where it is not what its name says or is damaged, MissingProgram where it takes ffmpeg.
    """
    ending = file_types.ending(path)
    if ending in file_types.FILM_ENDINGS:
        film = read_film(file)
        return Reading(film.described, poster(file, film.probe), probe=film.probe)
    if ending in file_types.SOUND_ENDINGS:
        sound = read_sound(file)
        return Reading(sound.described, sound.cover, probe=_sound_probe(file, to_convert))
    if ending == ".pdf":
        document = read_pdf(file)
        return Reading(document.described, document.picture, document.contents, document.text)
    if ending == ".epub":
        book = read_epub(file)
        return Reading(book.described, book.cover, book.contents, book.text)
    if ending in file_types.POSTER_ENDINGS:
        return Reading(read_picture(file), file)
    return Reading()


def _sound_probe(file: Path, needed: bool) -> Probe | None:
    """What ffprobe finds; without ffmpeg a sound's tags are read all the same."""
    try:
        return probe(file)
    except MissingProgram:
        if needed:
            raise
        return None
