"""Old Ideascube's `zipped-medias`: films, sounds, documents, pictures, and a `manifest.yml` that says what they are."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from urllib.parse import quote

from content_packs.build import file_types
from content_packs.build.names import stem
from content_packs.importers.facts import Facts, write_new, write_yaml
from content_packs.importers.importer import Made, Order, make_pack_source
from content_packs.importers.medias_yml import FILE_NAME, Medias, Medium, read_medias
from content_packs.importers.placing import PAGE_ENDINGS, placed
from content_packs.importers.source import Source, bring_all
from content_packs.importers.yaml_tree import SIZE_LIMIT

_TAGS = 30  # of a pack
_ITEMS = (*file_types.ITEM_ENDINGS, *file_types.PICTURE_ENDINGS)
_COMPANIONS = (*file_types.SUBTITLES_ENDINGS, file_types.TRANSCRIPT_ENDING)


class ZippedMedias:
    """A folder with a `manifest.yml` that lists media."""

    def recognises(self, source: Source) -> bool:
        return FILE_NAME in source.files and b"medias" in source.head(FILE_NAME, SIZE_LIMIT)

    def convert(self, order: Order) -> Made:
        medias = read_medias(order.source.head(FILE_NAME, SIZE_LIMIT + 1), order.source.files)
        plan = _Plan(order.source, medias)
        made = make_pack_source(order, _facts(medias), partial(plan.bring, order))
        made.notes.extend(medias.notes)
        made.notes.extend(plan.notes())
        return made


def _facts(medias: Medias) -> Facts:
    """What the media have in common."""
    languages = Counter(language for medium in medias.media for language in medium.languages)
    tags = Counter(tag for medium in medias.media for tag in medium.tags)
    creators = {medium.credits for medium in medias.media}
    return Facts(
        languages=tuple(code for code, _ in languages.most_common() if code not in ("mul", "und")),
        creator=creators.pop() if len(creators) == 1 else "",
        tags=tuple(tag for tag, _ in tags.most_common(_TAGS)),
        kind="collection",
    )


class _Plan:
    """Where each medium goes, and what goes with it."""

    def __init__(self, source: Source, medias: Medias) -> None:
        self._files = source.files
        self._media = medias.media
        paths = [medium.path for medium in medias.media]
        described = tuple({file_types.ending(path) for path in paths} - set(PAGE_ENDINGS))
        self._places = {path: _not_ours(place) for path, place in placed(paths, described).items()}
        self._companions = self._places_of_companions()

    def bring(self, order: Order, folder: Path) -> None:
        """Put the media into `folder`, and beside each what is said of it."""
        places = {**self._places, **self._companions}
        bring_all(order.source, {path: folder / place for path, place in places.items()}, order.progress)
        for number, medium in enumerate(self._media, start=1):
            if (poster := self._poster(medium)) and not (folder / poster).exists():
                order.source.bring(medium.preview, folder / poster)
            self._describe(medium, number, folder)

    def _places_of_companions(self) -> dict[str, str]:
        """Subtitles and transcripts, which go by the name of their film."""
        new_stems = {stem(path): stem(place) for path, place in self._places.items()}
        found = {}
        for path in self._files:
            if file_types.ending(path) in _COMPANIONS and path not in self._places:
                for name in (stem(path), stem(stem(path))):
                    if name in new_stems:
                        found[path] = new_stems[name] + path[len(name) :]
                        break
        return found

    def _poster(self, medium: Medium) -> str:
        """Where the preview of a film, sound or document goes: under its name. Empty where there is none."""
        place, kind = self._places[medium.path], file_types.ending(medium.preview)
        is_poster = kind in file_types.POSTER_ENDINGS and file_types.ending(place) in file_types.ITEM_ENDINGS
        return stem(place) + kind if is_poster else ""

    def _describe(self, medium: Medium, number: int, folder: Path) -> None:
        place = self._places[medium.path]
        if file_types.ending(place) in _ITEMS:
            write_yaml(folder / (stem(place) + file_types.SIDE_ENDING), _fields(medium, number))
        elif file_types.ending(place) not in PAGE_ENDINGS:
            write_new(folder / f"{stem(place)}.md", _page(medium, place, number))

    def notes(self) -> list[str]:
        """Files that nothing names. They are left out, as the old server did not show them."""
        used = {*self._places, *self._companions, *(medium.preview for medium in self._media), FILE_NAME}
        unnamed = [path for path in self._files if path not in used]
        if not unnamed:
            return []
        some = ", ".join(unnamed[:5]) + (", …" if len(unnamed) > 5 else "")
        return [f"{len(unnamed)} files that {FILE_NAME} does not name are left out: {some}."]


def _not_ours(place: str) -> str:
    """YAML that is a medium itself, under another ending: the builder would take it for a description."""
    return stem(place) + ".yaml" if file_types.ending(place) == file_types.SIDE_ENDING else place


def _fields(medium: Medium, number: int) -> dict[str, object]:
    fields = {
        "title": medium.title,
        "description": medium.summary,
        "language": medium.languages[0] if medium.languages else "",
        "creator": medium.credits,
        "order": str(number),
    }
    return {name: value for name, value in fields.items() if value}


def _page(medium: Medium, place: str, number: int) -> str:
    """A page that offers a file which no page of its own would show: a program, an archive, a text."""
    name = place.rpartition("/")[2]
    head = {"title": medium.title or name, "summary": medium.summary, "order": str(number)}
    lines = [f"{field}: {_quoted(text)}" for field, text in head.items() if text]
    return "\n".join(["---", *lines, "---", "", f"[{_escaped(name)}]({quote(name)})", ""])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()<>#+-.!|~&" else letter for letter in text)
