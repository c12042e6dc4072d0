"""What a file is, by the ending of its name: its MIME type, and how a pack treats it.

The table does not depend on the machine, since the same folder must give the same pack everywhere.
"""

from __future__ import annotations

import mimetypes
import posixpath

# What browsers are told the type of, and what only some of them play.
_PLAYED_FILMS = (".webm", ".mp4", ".m4v", ".ogv")
_PLAYED_SOUNDS = (".mp3", ".ogg", ".oga", ".opus", ".m4a", ".wav", ".flac")
PLAYED_ENDINGS = (*_PLAYED_FILMS, *_PLAYED_SOUNDS)
FILM_ENDINGS = (*_PLAYED_FILMS, ".3gp", ".avi", ".flv", ".mkv", ".mov", ".mpeg", ".mpg", ".wmv")
SOUND_ENDINGS = (*_PLAYED_SOUNDS, ".aac", ".aif", ".aiff", ".amr", ".wma")
TIMED_ENDINGS = (*FILM_ENDINGS, *SOUND_ENDINGS)
# Documents that open in a program of their own; of the first two more is known than their names.
DOCUMENT_ENDINGS = (
    *(".pdf", ".epub"),
    *(".doc", ".docx", ".odp", ".ods", ".odt", ".ppt", ".pptx", ".rtf", ".xls", ".xlsx"),
)
ITEM_ENDINGS = (*TIMED_ENDINGS, *DOCUMENT_ENDINGS)
POSTER_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
PICTURE_ENDINGS = (*POSTER_ENDINGS, ".gif", ".avif", ".svg")
HTML_ENDINGS = (".html", ".htm")
MARKDOWN_ENDING = ".md"
SUBTITLES_ENDINGS = (".srt", ".vtt")
TRANSCRIPT_ENDING = ".txt"
SIDE_ENDING = ".yml"

_MORE_TYPES = {
    ".3gp": "video/3gpp",
    ".aac": "audio/aac",
    ".amr": "audio/amr",
    ".apk": "application/vnd.android.package-archive",
    ".avif": "image/avif",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
    ".flac": "audio/flac",
    ".flv": "video/x-flv",
    ".js": "text/javascript",
    ".m4a": "audio/mp4",
    ".m4v": "video/mp4",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".mkv": "video/x-matroska",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".opus": "audio/ogg",
    ".otf": "font/otf",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".rtf": "application/rtf",
    ".srt": "application/x-subrip",
    ".ttf": "font/ttf",
    ".vtt": "text/vtt",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".wma": "audio/x-ms-wma",
    ".wmv": "video/x-ms-wmv",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yml": "application/yaml",
}

_TABLE = mimetypes.MimeTypes(filenames=())
for _ending, _type in _MORE_TYPES.items():
    _TABLE.add_type(_type, _ending)


def ending(path: str) -> str:
    """The last ending of a name, in small letters, with its dot."""
    return posixpath.splitext(path)[1].lower()


def has_ending(path: str, endings: tuple[str, ...]) -> bool:
    """Whether it is one of these, in small letters with their dot; quick, since folders hold many files."""
    return path.lower().endswith(endings)


def mimetype_of(path: str) -> str:
    kind, encoding = _TABLE.guess_type(path.rpartition("/")[2].lower())
    if encoding is not None:
        return "application/gzip" if encoding == "gzip" else "application/octet-stream"
    return kind or "application/octet-stream"
