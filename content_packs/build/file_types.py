"""What a file is, by the ending of its name: its MIME type, and how a pack treats it.

The table does not depend on the machine, since the same folder must give the same pack everywhere.
"""

from __future__ import annotations

import mimetypes
import posixpath

FILM_ENDINGS = (".webm", ".mp4", ".m4v", ".ogv")
SOUND_ENDINGS = (".mp3", ".ogg", ".oga", ".opus", ".m4a", ".wav", ".flac")
DOCUMENT_ENDINGS = (".pdf", ".epub")
ITEM_ENDINGS = (*FILM_ENDINGS, *SOUND_ENDINGS, *DOCUMENT_ENDINGS)
POSTER_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
HTML_ENDINGS = (".html", ".htm")
MARKDOWN_ENDING = ".md"
SUBTITLES_ENDING = ".vtt"
SIDE_ENDING = ".yml"

_MORE_TYPES = {
    ".avif": "image/avif",
    ".epub": "application/epub+zip",
    ".flac": "audio/flac",
    ".js": "text/javascript",
    ".m4a": "audio/mp4",
    ".m4v": "video/mp4",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".opus": "audio/ogg",
    ".otf": "font/otf",
    ".srt": "application/x-subrip",
    ".ttf": "font/ttf",
    ".vtt": "text/vtt",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".yml": "application/yaml",
}

_TABLE = mimetypes.MimeTypes(filenames=())
for _ending, _type in _MORE_TYPES.items():
    _TABLE.add_type(_type, _ending)


def ending(path: str) -> str:
    """The last ending of a name, in small letters, with its dot."""
    return posixpath.splitext(path)[1].lower()


def mimetype_of(path: str) -> str:
    kind, encoding = _TABLE.guess_type(path.rpartition("/")[2].lower())
    if encoding is not None:
        return "application/gzip" if encoding == "gzip" else "application/octet-stream"
    return kind or "application/octet-stream"
