"""Films, sounds and documents with what belongs to each: its `.yml`, poster and subtitles, found by their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from content_packs.build import file_types
from content_packs.build.names import stem
from content_packs.build.side_yml import ItemFields, read_item_fields
from content_packs.build.source import SourceFile
from content_packs.errors import BadInput
from content_packs.languages import is_bcp47


@dataclass(frozen=True, slots=True)
class MediaItem:
    """One film, sound or document. `subtitles` are paths by language; `poster` a path or None."""

    path: str
    size: int
    fields: ItemFields
    poster: str | None
    subtitles: dict[str, str]

    @property
    def page(self) -> str:
        """The path of the page that shows it."""
        return f"{stem(self.path)}.html"

    @property
    def mimetype(self) -> str:
        return file_types.mimetype_of(self.path)

    @property
    def element(self) -> str:
        """The HTML element that plays it, or `a` for a document."""
        ending = file_types.ending(self.path)
        if ending in file_types.FILM_ENDINGS:
            return "video"
        return "audio" if ending in file_types.SOUND_ENDINGS else "a"

    def title_in(self, language: str, main: str) -> str:
        """Its title, in the main language where there is none in this one, else its file's name."""
        titles = self.fields.title
        return titles.get(language) or titles.get(main) or stem(self.path).rpartition("/")[2]

    def description_in(self, language: str, main: str) -> str:
        return self.fields.description.get(language) or self.fields.description.get(main, "")


def find_media(files: Mapping[str, SourceFile], languages: tuple[str, ...]) -> dict[str, MediaItem]:
    """All media items by their files' paths. Raises BadInput for two of one name, and for a `.yml` beside none."""
    by_stem: dict[str, str] = {}
    for path in files:
        if file_types.ending(path) in file_types.ITEM_ENDINGS:
            if stem(path) in by_stem:
                raise BadInput(
                    f"{by_stem[stem(path)]} and {path} share a name, so both would get one page: rename one."
                )
            by_stem[stem(path)] = path
    for path in files:
        if file_types.ending(path) == file_types.SIDE_ENDING and stem(path) not in by_stem:
            raise BadInput(
                f"{path} stands beside no film, sound or document of its name: correct the name or remove it."
            )
    subtitles = _subtitles_by_name(files)
    return {path: _media_item(files[path], files, languages, subtitles.get(name, {})) for name, path in by_stem.items()}


def _media_item(
    source: SourceFile, files: Mapping[str, SourceFile], languages: tuple[str, ...], subtitles: dict[str, str]
) -> MediaItem:
    name = stem(source.path)
    side = files.get(name + file_types.SIDE_ENDING)
    posters = [name + ending for ending in file_types.POSTER_ENDINGS if name + ending in files]
    return MediaItem(
        path=source.path,
        size=source.size,
        fields=read_item_fields(side.path, side.file, languages) if side else ItemFields(),
        poster=posters[0] if posters else None,
        subtitles=subtitles,
    )


def _subtitles_by_name(files: Iterable[str]) -> dict[str, dict[str, str]]:
    """The paths of `NAME.LANG.vtt` by name and language."""
    found: dict[str, dict[str, str]] = {}
    for path in files:
        name, _, language = stem(path).rpartition(".")
        if path.endswith(file_types.SUBTITLES_ENDING) and is_bcp47(language):
            found.setdefault(name, {})[language] = path
    return found
