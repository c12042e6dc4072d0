"""Making items of what was found: reading each file, its pictures and subtitles, converting what phones cannot play.

A file that is not what its name says, or is damaged, costs a warning and is offered as a download. Slow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from content_packs.build import file_types
from content_packs.build.content import Sources
from content_packs.build.found_items import FoundItem
from content_packs.build.item import MediaItem
from content_packs.build.item_reading import Reading, read_item
from content_packs.build.names import stem
from content_packs.build.planned import PlannedEntry
from content_packs.build.progress import Progress, Reporter, Step
from content_packs.build.public_pictures import PublicPictures
from content_packs.build.small_pictures import SmallPictures
from content_packs.build.source import SourceFile
from content_packs.build.transcripts import Transcript
from content_packs.errors import BadInput, MissingProgram
from content_packs.media.conversion import conversion_of
from content_packs.media.convert import convert
from content_packs.media.subtitles import Subtitles, read_subtitles, to_vtt
from content_packs.zim.index_text import text_path

HEADINGS_LIMIT = 500


class ItemMaker:
    """Makes the items of one pack, and gathers the warnings about them."""

    def __init__(self, sources: Sources) -> None:
        self._options, self._tell = sources.options, sources.tell
        self._work = sources.work / "made"
        self._work.mkdir()
        self._made = 0
        self._small = SmallPictures(self._work / "small")
        self._public = PublicPictures(self._work)
        self._programs_missed: set[str] = set()
        self.warnings: list[str] = []

    def make_all(self, found: list[FoundItem]) -> dict[str, MediaItem]:
        """The items by their files' paths."""
        reporter = Reporter(sum(item.source.size for item in found), self._tell, Step.READING)
        items = {}
        for item in found:
            items[item.source.path] = self._item(item)
            reporter.add(item.source.size, item.source.path)
        self.warnings.extend(self._public.warnings)
        return items

    def _item(self, found: FoundItem) -> MediaItem:
        reading = self._read(found.source)
        content = self._playable(found.source, reading)
        pictures = self._pictures(found, reading)
        subtitles = dict(self._subtitles(found))
        text = self._text(found, reading)
        return MediaItem(
            source=found.source.path,
            path=content.path,
            size=content.size,
            element=_element(found.source.path) if reading else "a",
            fields=found.fields,
            described=reading.described if reading else Reading().described,
            poster=pictures.poster,
            thumbnail=pictures.thumbnail,
            subtitles={language: entry.path for language, entry in subtitles.items()},
            transcripts=_transcripts(found, subtitles),
            headings=reading.headings[:HEADINGS_LIMIT] if reading else (),
            entries=(content, *pictures.entries, *subtitles.values(), *text),
        )

    def _warn(self, path: str, sentence: str) -> None:
        """Errors name a file without its folder, notes not at all."""
        name = path.rpartition("/")[2]
        sentence = sentence if sentence.endswith(".") else f"{sentence}."
        self.warnings.append(path + sentence[len(name) :] if sentence.startswith(name) else f"{path}: {sentence}")

    def _new_file(self, ending: str) -> Path:
        """A name in the build's own folder."""
        self._made += 1
        return self._work / f"{self._made}{ending}"

    # Reading

    def _read(self, source: SourceFile) -> Reading | None:
        """What the file says, or None where it is not what its name says."""
        try:
            reading = read_item(source.file, source.path)
        except BadInput as error:
            self._warn(source.path, f"{error} It is in the pack as a download only.")
            return None
        except MissingProgram as error:
            self._warn_once(str(error))
            return Reading()
        for note in reading.described.notes:
            self._warn(source.path, note)
        return reading

    def _warn_once(self, sentence: str) -> None:
        if sentence not in self._programs_missed:
            self._programs_missed.add(sentence)
            self.warnings.append(sentence)

    # Pictures

    def _pictures(self, found: FoundItem, reading: Reading | None) -> _Pictures:
        """The maker's own picture goes before one from the file."""
        path = found.source.path
        if found.poster is not None:
            try:
                small = self._small.thumbnail(found.poster.file, path)
            except BadInput:  # told where the poster itself is put in
                return _Pictures()
            return _Pictures(found.poster.path, small.path, (small,))
        if reading is None or reading.picture is None:
            return _Pictures()
        try:
            large, small = self._small.poster(reading.picture, path), self._small.thumbnail(reading.picture, path)
        except BadInput as error:
            self._warn(path, f"its cover: {error}")
            return _Pictures()
        return _Pictures(large.path, small.path, (large, small))

    # Conversion

    def _playable(self, source: SourceFile, reading: Reading | None) -> PlannedEntry:
        """The item's file as it goes into the pack."""
        source = self._public.public(source)
        plan = conversion_of(reading.probe, self._options.height) if reading and reading.probe else None
        if plan is None:
            return _file(source.path, source.file, source.size)
        if not self._options.convert:
            self._warn(source.path, f"{plan.why} Build with --convert to have it converted.")
            return _file(source.path, source.file, source.size)
        made = self._new_file(plan.ending)
        convert(source.file, made, plan, lambda done, total: self._tell_conversion(source, done / (total or 1)))
        return _file(stem(source.path) + plan.ending, made, made.stat().st_size)

    def _tell_conversion(self, source: SourceFile, share: float) -> None:
        if self._tell is not None:
            self._tell(Progress(round(min(share, 1) * source.size), source.size, source.path, Step.CONVERTING))

    # Text

    def _text(self, found: FoundItem, reading: Reading | None) -> tuple[PlannedEntry, ...]:
        if reading is None or not reading.text.strip():
            return ()
        made = self._new_file(".txt")
        made.write_text(reading.text, encoding="utf-8")
        path = text_path(f"{stem(found.source.path)}.html")
        return (PlannedEntry(path, "text/plain", made, made.stat().st_size),)

    # Subtitles

    def _subtitles(self, found: FoundItem) -> Iterator[tuple[str, PlannedEntry]]:
        for language, source in sorted(found.subtitles.items()):
            subtitles = self._read_subtitles(source, language)
            if subtitles is not None and subtitles.cues:
                yield language, self._vtt(source, subtitles)

    def _read_subtitles(self, source: SourceFile, language: str) -> Subtitles | None:
        try:
            subtitles = read_subtitles(source.file, language)
        except BadInput as error:
            self._warn(source.path, f"{error} It is left out.")
            return None
        for note in subtitles.notes:
            self._warn(source.path, note)
        if not subtitles.cues:
            self._warn(source.path, "It holds no subtitle that can be read, and is left out.")
        return subtitles

    def _vtt(self, source: SourceFile, subtitles: Subtitles) -> PlannedEntry:
        """A VTT file that is well formed stays as it is, with its places and styles."""
        path = f"{stem(source.path)}.vtt"
        if file_types.ending(source.path) == ".vtt" and not subtitles.notes and _begins_as_vtt(source.file):
            return _file(path, source.file, source.size)
        made = self._new_file(".vtt")
        made.write_text(to_vtt(subtitles.cues), encoding="utf-8")
        return _file(path, made, made.stat().st_size)


@dataclass(frozen=True, slots=True)
class _Pictures:
    """Paths of the poster and thumbnail, and the entries that were made for them."""

    poster: str | None = None
    thumbnail: str | None = None
    entries: tuple[PlannedEntry, ...] = ()


def _element(path: str) -> str:
    ending = file_types.ending(path)
    if ending in file_types.FILM_ENDINGS:
        return "video"
    if ending in file_types.PICTURE_ENDINGS:
        return "img"
    return "audio" if ending in file_types.SOUND_ENDINGS else "a"


def _transcripts(found: FoundItem, subtitles: dict[str, PlannedEntry]) -> tuple[Transcript, ...]:
    """A written one goes before the subtitles of its language."""
    readable = {language: found.subtitles[language] for language in subtitles}
    return tuple(Transcript(language, file) for language, file in sorted((readable | dict(found.transcripts)).items()))


def _file(path: str, file: Path, size: int) -> PlannedEntry:
    return PlannedEntry(path, file_types.mimetype_of(path), file, size)


def _begins_as_vtt(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(6) == b"WEBVTT"
