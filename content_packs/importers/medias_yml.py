"""`manifest.yml` of old Ideascube's `zipped-medias`: which files there are and what they are.

Every medium is read, whatever it lacks; what is doubtful is told with its line. Format: `docs/formats/importers.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from content_packs.errors import BadInput
from content_packs.importers.old_languages import read_languages
from content_packs.importers.yaml_tree import Node, read_tree
from content_packs.media.described import LINE_LIMIT, TEXT_LIMIT, one_line
from content_packs.zip_names import safe_path, shown

FILE_NAME = "manifest.yml"
_FIELDS = ("title", "summary", "credits", "path", "preview", "lang", "kind", "tags")


@dataclass(frozen=True, slots=True)
class Medium:
    """One file of a package and what its maker said of it; empty where nothing. `languages` as BCP 47."""

    path: str
    title: str
    summary: str
    credits: str
    preview: str
    languages: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Medias:
    """All media in their order, and what to tell of those that are doubtful or left out."""

    media: tuple[Medium, ...]
    notes: tuple[str, ...]


def read_medias(raw: bytes, files: Mapping[str, int]) -> Medias:
    """The media of a package that holds `files`. Raises BadInput where it is no manifest at all."""
    listed = (read_tree(FILE_NAME, raw).fields or {}).get("medias")
    if listed is None or listed.items is None:
        raise BadInput(f"{FILE_NAME} has no list “medias:”: it should name each file with its title.")
    reader = _Reader(files)
    media = tuple(medium for node in listed.items if (medium := reader.medium(node)) is not None)
    if not media:
        raise BadInput(f"{FILE_NAME} names no file that is there: add the files that it should name.")
    return Medias(media, tuple(reader.notes))


class _Reader:
    """Reads one medium after the other and collects notes."""

    def __init__(self, files: Mapping[str, int]) -> None:
        self._files = files
        self._seen: set[str] = set()
        self.notes: list[str] = []

    def medium(self, node: Node) -> Medium | None:
        fields = node.fields or {}
        path = self._path(fields.get("path"), node)
        if not path:
            return None
        self._tell_unknown(fields)
        title = _line(fields.get("title"))
        if not title:
            self._note(node, f"{shown(path)} has no title: its name stands for it")
        languages = read_languages(_line(fields.get("lang")))
        if languages.doubt:
            self._note(fields["lang"], f"“lang” {languages.doubt}")
        return Medium(
            path=path,
            title=title,
            summary=_plain(fields.get("summary")),
            credits=_plain(fields.get("credits")),
            preview=self._preview(fields.get("preview")),
            languages=languages.languages,
            tags=tuple(_tags(fields.get("tags"))),
        )

    def _path(self, written: Node | None, node: Node) -> str:
        """The file that a medium is; empty, with a note, where there is none or it was there already."""
        name = (written.text or "").strip() if written is not None else ""
        if not name:
            self._note(node, "a medium has no “path”, and is left out")
            return ""
        path = self._existing(name)
        if not path:
            self._note(node, f"{shown(name)} is not in the package, and is left out")
        elif path in self._seen:
            self._note(node, f"{shown(name)} is named a second time, and that is left out")
            return ""
        self._seen.add(path)
        return path

    def _existing(self, name: str) -> str:
        try:
            path = safe_path(name)
        except (BadInput, UnicodeEncodeError):
            return ""
        return path if path in self._files else ""

    def _preview(self, written: Node | None) -> str:
        name = _line(written)
        path = self._existing(name) if name else ""
        if name and not path and written is not None:
            self._note(written, f"the preview {shown(name)} is not in the package, and is left out")
        return path

    def _tell_unknown(self, fields: Mapping[str, Node]) -> None:
        for name, node in fields.items():
            if name not in _FIELDS:
                self._note(node, f"{shown(name)} is no field that is known, and is left out")

    def _note(self, node: Node, what: str) -> None:
        self.notes.append(f"{FILE_NAME}, line {node.line}: {what}.")


def _line(node: Node | None, limit: int = LINE_LIMIT) -> str:
    return one_line(node.text, limit) if node is not None else ""


def _plain(node: Node | None) -> str:
    """A text that the old server showed as HTML, without its tags."""
    text = _line(node, TEXT_LIMIT)
    if "<" in text or "&" in text:
        body = LexborHTMLParser(text).body
        text = " ".join(body.text(separator=" ").split()) if body is not None else ""
    return text


def _tags(node: Node | None) -> Iterator[str]:
    """The tags of a list, or of a text with commas, as tags of a pack may be."""
    if node is None:
        return
    texts = [_line(item) for item in node.items] if node.items is not None else (node.text or "").split(",")
    for text in texts:
        tag = " ".join(text.replace(";", " ").split()).lstrip("_ ")
        if tag:
            yield tag
