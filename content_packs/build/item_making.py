"""Making items of what was found: reading each file, its pictures, text and subtitles.

A file that is not what its name says, or is damaged, costs a warning and is offered as a download. Slow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from content_packs.build import file_types
from content_packs.build.content import Sources
from content_packs.build.found_items import FoundItem
from content_packs.build.item import MediaItem
from content_packs.build.item_conversion import Converter
from content_packs.build.item_reading import Reading, read_item
from content_packs.build.item_subtitles import subtitle_entries
from content_packs.build.names import stem
from content_packs.build.notes import Notes
from content_packs.build.planned import PlannedEntry
from content_packs.build.progress import Reporter, Step
from content_packs.build.public_pictures import PublicPictures
from content_packs.build.small_pictures import SmallPictures
from content_packs.build.source import SourceFile
from content_packs.build.transcripts import Transcript
from content_packs.build.work_folder import WorkFolder
from content_packs.errors import BadInput, MissingProgram
from content_packs.zim.index_text import text_path

HEADINGS_LIMIT = 500
TRANSCRIPT_FOLDER = "_pack/transcripts/"


@dataclass(frozen=True, slots=True)
class _Pictures:
    """Paths of the poster and thumbnail, and the entries that were made for them."""

    poster: str | None = None
    thumbnail: str | None = None
    entries: tuple[PlannedEntry, ...] = ()


class ItemMaker:
    """Makes the items of one pack, and gathers what there is to say about them."""

    def __init__(self, sources: Sources) -> None:
        self.notes = Notes()
        self._tell = sources.tell
        self._must_convert = sources.options.convert
        self._folder = WorkFolder(sources.work, "items")
        self._small = SmallPictures(self._folder)
        self._public = PublicPictures(sources.work, self.notes)
        self._converter = Converter(sources.options, self._folder, self.notes, sources.tell)

    def make_all(self, found: list[FoundItem]) -> dict[str, MediaItem]:
        """The items by their files' paths. Raises NoSpace, and MissingProgram where films are to be converted."""
        reporter = Reporter(sum(item.source.size for item in found), self._tell, Step.READING)
        items = {}
        for item in found:
            items[item.source.path] = self._item(item)
            reporter.add(item.source.size, item.source.path)
        return items

    def _item(self, found: FoundItem) -> MediaItem:
        reading = self._read(found.source)
        is_damaged, reading = reading is None, reading or Reading()
        content = self._converter.playable(self._public.public(found.source), reading.probe)
        pictures = self._pictures(found, reading)
        subtitles = dict(subtitle_entries(found, self._folder, self.notes))
        written = dict(_written_transcripts(found))
        return MediaItem(
            source=found.source.path,
            path=content.path,
            size=content.size,
            element="a" if is_damaged else _element(found.source.path),
            fields=found.fields,
            described=reading.described,
            poster=pictures.poster,
            thumbnail=pictures.thumbnail,
            subtitles={language: entry.path for language, entry in subtitles.items()},
            transcripts=_transcripts(found, subtitles),
            written={language: entry.path for language, entry in written.items()},
            headings=reading.headings[:HEADINGS_LIMIT],
            entries=(content, *pictures.entries, *subtitles.values(), *written.values(), *self._text(found, reading)),
        )

    def _read(self, source: SourceFile) -> Reading | None:
        """What the file says, or None where it is not what its name says."""
        try:
            reading = read_item(source.file, source.path, to_convert=self._must_convert)
        except BadInput as error:
            self.notes.about(source.path, f"{error} It is in the pack as a download only.")
            return None
        except MissingProgram as error:
            if self._must_convert:
                raise
            self.notes.once(str(error))
            return Reading()
        for note in reading.described.notes:
            self.notes.about(source.path, note)
        return reading

    def _pictures(self, found: FoundItem, reading: Reading) -> _Pictures:
        """The maker's own picture goes before one from the file."""
        path = found.source.path
        try:
            if found.poster is not None:
                small = self._small.thumbnail(found.poster.file, path)
                return _Pictures(found.poster.path, small.path, (small,))
            if reading.picture is not None:
                large, small = self._small.poster(reading.picture, path), self._small.thumbnail(reading.picture, path)
                return _Pictures(large.path, small.path, (large, small))
        except BadInput as error:
            if found.poster is None:  # else it is told where the poster itself is put in
                self.notes.about(path, f"its cover cannot be shown: {error}")
        return _Pictures()

    def _text(self, found: FoundItem, reading: Reading) -> tuple[PlannedEntry, ...]:
        """The entry under whose text the item's page is found."""
        if not reading.text.strip():
            return ()
        made = self._folder.new_file(".txt")
        made.write_text(reading.text, encoding="utf-8")
        path = text_path(f"{stem(found.source.path)}.html")
        return (PlannedEntry(path, "text/plain", made, made.stat().st_size),)


def _element(path: str) -> str:
    ending = file_types.ending(path)
    if ending in file_types.FILM_ENDINGS:
        return "video"
    if ending in file_types.PICTURE_ENDINGS:
        return "img"
    return "audio" if ending in file_types.SOUND_ENDINGS else "a"


def _written_transcripts(found: FoundItem) -> Iterator[tuple[str, PlannedEntry]]:
    """Each language with its text as it was written: the item's page shows it, programs read it here."""
    for language, source in sorted(found.transcripts.items()):
        yield language, PlannedEntry(f"{TRANSCRIPT_FOLDER}{source.path}", "text/plain", source.file, source.size)


def _transcripts(found: FoundItem, subtitles: Mapping[str, PlannedEntry]) -> tuple[Transcript, ...]:
    """A written one goes before the subtitles of its language."""
    readable = {language: found.subtitles[language] for language in subtitles}
    return tuple(Transcript(language, file) for language, file in sorted((readable | dict(found.transcripts)).items()))
