"""The subtitles of an item as browsers know them. What is said in them as text is in `transcripts`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from content_packs.build import file_types
from content_packs.build.found_items import FoundItem
from content_packs.build.names import stem
from content_packs.build.notes import Notes
from content_packs.build.planned import PlannedEntry, planned_file
from content_packs.build.source import SourceFile
from content_packs.build.work_folder import WorkFolder
from content_packs.errors import BadInput
from content_packs.media.subtitles import Subtitles, read_subtitles, to_vtt


def subtitle_entries(found: FoundItem, folder: WorkFolder, notes: Notes) -> Iterator[tuple[str, PlannedEntry]]:
    """Each language with its VTT entry. What cannot be read is left out with a note."""
    for language, source in sorted(found.subtitles.items()):
        subtitles = _read(source, language, notes)
        if subtitles is not None and subtitles.cues:
            yield language, _vtt(source, subtitles, folder)


def _read(source: SourceFile, language: str, notes: Notes) -> Subtitles | None:
    try:
        subtitles = read_subtitles(source.file, language)
    except BadInput as error:
        notes.about(source.path, f"{error} It is left out.")
        return None
    for note in subtitles.notes:
        notes.about(source.path, note)
    if not subtitles.cues:
        notes.about(source.path, "It holds no subtitle that can be read, and is left out.")
    return subtitles


def _vtt(source: SourceFile, subtitles: Subtitles, folder: WorkFolder) -> PlannedEntry:
    """A VTT file that is well formed stays as it is, with its places and styles."""
    path = f"{stem(source.path)}.vtt"
    if file_types.ending(source.path) == ".vtt" and not subtitles.notes and _begins_as_vtt(source.file):
        return planned_file(path, source.file, source.size)
    made = folder.new_file(".vtt")
    made.write_text(to_vtt(subtitles.cues), encoding="utf-8")
    return planned_file(path, made, made.stat().st_size)


def _begins_as_vtt(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(6) == b"WEBVTT"
