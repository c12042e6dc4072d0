"""Films and sounds: made so that every phone plays them, with nothing in them of who recorded them, where and when."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from content_packs.errors import BadInput
from content_packs.media.audio import read_sound
from content_packs.media.conversion import for_everybody
from content_packs.media.convert import convert
from content_packs.media.films import poster
from content_packs.media.probe import Probe, probe
from ideascube.box_media.making.folder import Source, finished, posters
from ideascube.box_media.model import Kind, Made, MadeFile, Role

LONGEST = 12 * 3600  # seconds
_TYPES = {
    (".mp4", Kind.FILM): "video/mp4",
    (".webm", Kind.FILM): "video/webm",
    (".m4a", Kind.AUDIO): "audio/mp4",
    (".mp3", Kind.AUDIO): "audio/mpeg",
}


def make_film(source: Source) -> tuple[Kind, Made]:
    """A film with its poster, or a sound with its cover, whichever the file holds."""
    found = probe(source.path)
    if found.duration > LONGEST:
        raise BadInput(f"{source.path.name} is longer than {LONGEST // 3600} hours: cut it into parts.")
    kind = Kind.FILM if found.video else Kind.AUDIO
    main = _converted(source, found, kind)
    picture = _poster_of(source, main, found) if kind is Kind.FILM else _cover_of(source)
    return kind, Made((main, *posters(source, picture)))


def _converted(source: Source, found: Probe, kind: Kind) -> MadeFile:
    plan = for_everybody(found)
    name = ("film" if kind is Kind.FILM else "sound") + plan.ending
    convert(source.path, source.folder / name, plan, source.tell)
    made = probe(source.folder / name)
    size = (made.video.width, made.video.height) if made.video else (0, 0)
    file = finished(source, Role.MAIN, name, _TYPES[plan.ending, kind])
    return replace_measures(file, size, made.duration)


def replace_measures(file: MadeFile, size: tuple[int, int], duration: float) -> MadeFile:
    return MadeFile(file.role, file.name, file.mimetype, file.size, *size, round(duration, 3))


def _poster_of(source: Source, main: MadeFile, found: Probe) -> bytes | None:
    """Of what was made, which decodes quickly; some old browsers' recordings have a length only then."""
    return poster(source.folder / main.name, replace(found, duration=main.duration))


def _cover_of(source: Source) -> bytes | None:
    with suppress(BadInput):
        return read_sound(source.path).cover
    return None
