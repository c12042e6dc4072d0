"""Films, sounds, documents and described pictures, with what belongs to each by its name: `.yml`, poster, subtitles.

Of the files themselves nothing is read here but what is written about them: see `item_reading`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from content_packs.build import file_types
from content_packs.build.content import Sources
from content_packs.build.names import meant_name, stem
from content_packs.build.side_yml import MEDIA_YML, ItemFields, read_item_fields, read_media_yml
from content_packs.build.source import SourceFile
from content_packs.errors import BadInput
from content_packs.languages import is_bcp47, to_bcp47


@dataclass(frozen=True, slots=True)
class FoundItem:
    """One item's files. `subtitles` and `transcripts` by language."""

    source: SourceFile
    fields: ItemFields
    poster: SourceFile | None
    subtitles: Mapping[str, SourceFile]
    transcripts: Mapping[str, SourceFile]

    def companions(self) -> Iterator[SourceFile]:
        """The files that go into the pack only as what is made of them."""
        yield from self.subtitles.values()
        yield from self.transcripts.values()


def find_items(sources: Sources) -> list[FoundItem]:
    """All items in the order of their paths.

    Raises BadInput for two that would get one page, and for a description of none.
    """
    files = {file.path: file for file in sources.left()}
    items = _with_ending(files, file_types.ITEM_ENDINGS)
    _refuse_shared_names(items)
    described = _described(files, items, sources.spec.languages)
    main = sources.spec.language
    by_name = {stem(path): path for path in items}
    pictures = [path for path in described if path not in items]
    belonging = _Belonging(files, by_name, {path: one.language or main for path, one in described.items()}, main)
    return [
        FoundItem(
            source=files[path],
            fields=described.get(path, ItemFields()),
            poster=_poster(path, files) if path in items else None,
            subtitles=belonging.subtitles.get(path, {}),
            transcripts=belonging.transcripts.get(path, {}),
        )
        for path in sorted([*items, *pictures])
    ]


def _with_ending(paths: Iterable[str], endings: tuple[str, ...]) -> list[str]:
    return [path for path in paths if file_types.has_ending(path, endings)]


def _refuse_shared_names(items: Iterable[str]) -> None:
    by_name: dict[str, str] = {}
    for path in items:
        if (other := by_name.setdefault(stem(path), path)) != path:
            raise BadInput(f"{other} and {path} share a name, so both would get one page: rename one.")


def _poster(path: str, files: Mapping[str, SourceFile]) -> SourceFile | None:
    return next((files[stem(path) + end] for end in file_types.POSTER_ENDINGS if stem(path) + end in files), None)


# What is written about items


def _described(
    files: Mapping[str, SourceFile], items: Iterable[str], languages: tuple[str, ...]
) -> dict[str, ItemFields]:
    """What `media.yml` and the `.yml` beside a file say, by the file's path. A picture that has one is an item."""
    described: dict[str, ItemFields] = {}
    for path in files:
        if path.rpartition("/")[2] == MEDIA_YML:
            described |= read_media_yml(path, files, languages)
    by_name = {stem(path): path for path in _with_ending(files, file_types.PICTURE_ENDINGS)}
    by_name |= {stem(path): path for path in items}
    for path in _with_ending(files, (file_types.SIDE_ENDING,)):
        if path.rpartition("/")[2] != MEDIA_YML:
            described[_its_file(path, by_name, described)] = read_item_fields(path, files[path].file, languages)
    return described


def _its_file(side: str, by_name: Mapping[str, str], described: Mapping[str, ItemFields]) -> str:
    if meant := meant_name(side):
        raise BadInput(f"{side} is not read under this name: rename it to {meant}.")
    if stem(side) not in by_name:
        raise BadInput(
            f"{side} stands beside no film, sound, document or picture of its name: correct the name or remove it."
        )
    path = by_name[stem(side)]
    if path in described:
        raise BadInput(f"{path} is described in {side} and in a {MEDIA_YML}: keep one of the two.")
    return path


# Subtitles and transcripts


class _Belonging:
    """Subtitles and transcripts by item and language. Without a language in its name a file is in the item's own."""

    def __init__(
        self, files: Mapping[str, SourceFile], by_name: Mapping[str, str], spoken: Mapping[str, str], main: str
    ) -> None:
        self._by_name, self._spoken, self._main = by_name, spoken, main
        self.subtitles: dict[str, dict[str, SourceFile]] = {}
        self.transcripts: dict[str, dict[str, SourceFile]] = {}
        # The last ending wins: of a film's `.srt` and `.vtt` the one that browsers know.
        for ending in file_types.SUBTITLES_ENDINGS:
            self._collect(files, ending, self.subtitles)
        self._collect(files, file_types.TRANSCRIPT_ENDING, self.transcripts)

    def _collect(self, files: Mapping[str, SourceFile], ending: str, found: dict[str, dict[str, SourceFile]]) -> None:
        for path in _with_ending(files, (ending,)):
            item, language = self._item_and_language(path)
            if item is not None and file_types.ending(item) in file_types.TIMED_ENDINGS:
                found.setdefault(item, {})[language] = files[path]

    def _item_and_language(self, path: str) -> tuple[str | None, str]:
        name = stem(path)
        if name in self._by_name:
            item = self._by_name[name]
            return item, self._spoken.get(item, self._main)
        name, _, code = name.rpartition(".")
        language = to_bcp47(code)
        return (self._by_name.get(name), language) if is_bcp47(language) else (None, "")
