"""ZIM files made on the spot, with the entries that a test speaks of."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

from libzim.writer import Creator, FileProvider, Hint, Item, StringProvider

# One grey pixel: enough for an illustration that nobody looks at.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAADAAAAAwAQAAAAB/ecQqAAAADElEQVR4nGNgGAWDEwAAAagAAYa0UpAAAAAASUVORK5CYII="
)


class Entry(Item):
    """An entry from text, bytes or a file. `text/html;frame` is a page that is no front page."""

    def __init__(self, path: str, mimetype: str, content: str | bytes | Path) -> None:
        super().__init__()
        self._path, self._mimetype, self._content = path, mimetype, content

    def get_path(self) -> str:
        return self._path

    def get_title(self) -> str:
        if self._mimetype != "text/html" or not isinstance(self._content, str) or "<title>" not in self._content:
            return self._path
        return self._content.split("<title>")[1].split("</title>")[0]

    def get_mimetype(self) -> str:
        return self._mimetype.removesuffix(";frame")

    def get_contentprovider(self) -> StringProvider | FileProvider:
        if isinstance(self._content, Path):
            return FileProvider(str(self._content))
        return StringProvider(self._content)

    def get_hints(self) -> dict[Hint, bool]:
        return {Hint.FRONT_ARTICLE: self._mimetype == "text/html"}


def make_zim(
    path: Path,
    entries: Mapping[str, tuple[str, str | bytes | Path]],
    *,
    main: str | None = None,
    redirects: Mapping[str, str] | None = None,
    title: str = "Test",
    language: str = "eng",
    cluster_size: int = 2 * 1024 * 1024,
    **metadata: str,
) -> Path:
    """Write `entries` (path to MIME type and content) as a ZIM file; metadata by its ZIM names (`Tags="…"`).

    Its clusters are of `cluster_size` bytes before they are compressed.
    """
    writer = Creator(path).config_verbose(False).config_clustersize(cluster_size)
    with writer.config_indexing(True, language) as creator:
        # First of all: libzim's binding holds the interpreter's lock in add_illustration, which its own writing threads
        # wait for once a cluster is full.
        creator.add_illustration(48, PIXEL)
        given = {"Title": title, "Language": language, "Name": path.stem, "Date": "2026-11-23", **metadata}
        for name, value in {"Description": "A test", "Creator": "Tests", "Publisher": "Tests", **given}.items():
            creator.add_metadata(name, value)
        for name, (mimetype, content) in entries.items():
            creator.add_item(Entry(name, mimetype, content))
        for source, target in (redirects or {}).items():
            creator.add_redirection(source, source, target, {Hint.FRONT_ARTICLE: True})
        if main is not None:
            creator.set_mainpath(main)
    return path
