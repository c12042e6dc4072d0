"""Subtitles that lie beside a film in any pack, by its name: `film.vtt`, `film.fr.vtt`."""

from __future__ import annotations

import posixpath

from content_packs.errors import BrokenEntry, BrokenPack
from content_packs.languages import is_bcp47, to_bcp47
from content_packs.zim.reader import PackReader, ZimEntry
from content_packs.zim.walk import paths_beginning

_ENDING = ".vtt"
_MOST = 200  # entries that are looked at; hardly a film has as many languages


def subtitles_beside(reader: PackReader, path: str, spoken: str) -> dict[str, str]:
    """WebVTT files by language (BCP 47) of the film or sound at `path`; without one in their name, that `spoken` in it.

    `und` is the language of those of which nobody knows it.
    """
    stem = posixpath.splitext(path)[0]
    found: dict[str, str] = {}
    for name in _names(reader, f"{stem}."):
        language = _language(name[len(stem) : -len(_ENDING)], spoken)
        if language and isinstance(reader.find(name), ZimEntry):
            found.setdefault(language, name)
    return found


def _names(reader: PackReader, beginning: str) -> list[str]:
    try:
        return [name for name in paths_beginning(reader, beginning, _MOST) if name.lower().endswith(_ENDING)]
    except (BrokenEntry, BrokenPack):
        return []


def _language(between: str, spoken: str) -> str:
    """By what stands between the film's name and the ending: nothing, or a dot and a language."""
    if not between:
        return spoken or "und"
    tag = to_bcp47(between[1:])
    return tag if is_bcp47(tag) else ""
