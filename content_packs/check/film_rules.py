"""Films without subtitles: many readers hear badly, or read a language better than they understand it. Rules only."""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urldefrag

from selectolax.lexbor import LexborHTMLParser, LexborNode

from content_packs.finding import Finding
from content_packs.links import resolve

NAMED = 20  # films that are named one by one
_LIMIT = 100_000  # paths that are remembered
_SUBTITLES = (".vtt", ".srt")


class Films:
    """What films and subtitles a pack has, told entry by entry; then which films are without."""

    def __init__(self) -> None:
        self._films: list[str] = []
        self._subtitles: list[str] = []
        self._shown_with_some: set[str] = set()

    def see(self, path: str, mimetype: str) -> None:
        """An entry of the pack."""
        if mimetype.startswith("video/") and len(self._films) < _LIMIT:
            self._films.append(path)
        elif path.lower().endswith(_SUBTITLES) and len(self._subtitles) < _LIMIT:
            self._subtitles.append(path)

    def see_page(self, page: str, html: str) -> None:
        """A page of the pack, for the films that it shows with subtitles."""
        if "<track" not in html.lower() or len(self._shown_with_some) >= _LIMIT:
            return
        for film in LexborHTMLParser(html).css("video"):
            if film.css_first("track[src]") is not None:
                self._shown_with_some.update(filter(None, (resolve(page, address) for address in _sources(film))))

    def findings(self) -> Iterator[Finding]:
        bare = sorted(self._without())
        cure = "Add some, as a WebVTT file beside it"
        for path in bare[:NAMED]:
            yield Finding("hint", path, "the film has no subtitles", cure)
        if len(bare) > NAMED:
            yield Finding("hint", None, f"{len(bare) - NAMED} more films have no subtitles", cure)

    def _without(self) -> Iterator[str]:
        """Those that no page shows with a track, and that have none beside them under their name or in their folder."""
        self._subtitles.sort()
        alone = Counter(map(posixpath.dirname, self._films))
        for path in self._films:
            folder = posixpath.dirname(path)
            beside = [f"{posixpath.splitext(path)[0]}."] + ([f"{folder}/"] if folder and alone[folder] == 1 else [])
            if path not in self._shown_with_some and not any(map(self._has_subtitles, beside)):
                yield path

    def _has_subtitles(self, beginning: str) -> bool:
        place = bisect_left(self._subtitles, beginning)
        return place < len(self._subtitles) and self._subtitles[place].startswith(beginning)


def _sources(film: LexborNode) -> list[str]:
    nodes = [film, *film.css("source")]
    return [urldefrag(address.strip())[0] for node in nodes if (address := node.attributes.get("src"))]
