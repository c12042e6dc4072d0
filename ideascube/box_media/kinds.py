"""What a file is, by its bytes: its name says nothing. Pure but for reading the beginning of the file.

Containers of films may hold only sound: whoever converts them finds out. What is not known here is refused, with a
sentence that says what to do with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from content_packs.errors import BadInput
from content_packs.media.old_encodings import read_text
from ideascube.box_media.model import Kind

HEAD = 64 * 1024  # bytes that are looked at

_TIMING = re.compile(r"\d{1,2}:\d{1,2}[.,]\d{1,3}\s*--+>\s*\d")
_HTML = re.compile(rb"\s*<(!doctype\s+html|html|head|body|script|!--)", re.IGNORECASE)
_MARKUP = re.compile(rb"\s*<(\?xml|!|[a-z])", re.IGNORECASE)
_SOUND_BRANDS = (b"M4A ", b"M4B ", b"F4A ")
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_AVIF_BRANDS = (b"avif", b"avis")


@dataclass(frozen=True, slots=True)
class Found:
    """What a file is. `ending` begins with a dot."""

    kind: Kind
    mimetype: str
    ending: str


_JPEG = Found(Kind.PICTURE, "image/jpeg", ".jpg")
_HEIC = Found(Kind.PICTURE, "image/heic", ".heic")
_AVIF = Found(Kind.PICTURE, "image/avif", ".avif")
_WEBP = Found(Kind.PICTURE, "image/webp", ".webp")
_MP4 = Found(Kind.FILM, "video/mp4", ".mp4")
_MOV = Found(Kind.FILM, "video/quicktime", ".mov")
_3GP = Found(Kind.FILM, "video/3gpp", ".3gp")
_M4A = Found(Kind.AUDIO, "audio/mp4", ".m4a")
_MP3 = Found(Kind.AUDIO, "audio/mpeg", ".mp3")
_AAC = Found(Kind.AUDIO, "audio/aac", ".aac")
_WAV = Found(Kind.AUDIO, "audio/wav", ".wav")
_AVI = Found(Kind.FILM, "video/x-msvideo", ".avi")
_EPUB = Found(Kind.BOOK, "application/epub+zip", ".epub")
_SUBTITLES = Found(Kind.SUBTITLES, "text/vtt", ".vtt")

_BEGINNINGS = (
    (b"\xff\xd8\xff", _JPEG),
    (b"\x89PNG\r\n\x1a\n", Found(Kind.PICTURE, "image/png", ".png")),
    (b"GIF87a", Found(Kind.PICTURE, "image/gif", ".gif")),
    (b"GIF89a", Found(Kind.PICTURE, "image/gif", ".gif")),
    (b"II*\0", Found(Kind.PICTURE, "image/tiff", ".tif")),
    (b"MM\0*", Found(Kind.PICTURE, "image/tiff", ".tif")),
    (b"%PDF-", Found(Kind.DOCUMENT, "application/pdf", ".pdf")),
    (b"ID3", _MP3),
    (b"#!AMR", Found(Kind.AUDIO, "audio/amr", ".amr")),
    (b"fLaC", Found(Kind.AUDIO, "audio/flac", ".flac")),
    (b"OggS", Found(Kind.AUDIO, "audio/ogg", ".ogg")),
    (b"caff", Found(Kind.AUDIO, "audio/x-caf", ".caf")),
    (b"\x1aE\xdf\xa3", Found(Kind.FILM, "video/webm", ".webm")),
    (b"FLV\x01", Found(Kind.FILM, "video/x-flv", ".flv")),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Found(Kind.FILM, "video/x-ms-asf", ".asf")),
    (b"\0\0\x01\xba", Found(Kind.FILM, "video/mpeg", ".mpg")),
)

_TAKEN = "the box takes films, sounds, pictures, PDF, EPUB and subtitles"
_REFUSED = (
    (b"PK\x03\x04", "is an archive, not a file to show: unpack it, and send what is in it"),
    (b"Rar!", "is an archive, not a file to show: unpack it, and send what is in it"),
    (b"7z\xbc\xaf\x27\x1c", "is an archive, not a file to show: unpack it, and send what is in it"),
    (b"\x1f\x8b", "is an archive, not a file to show: unpack it, and send what is in it"),
    (b"\xd0\xcf\x11\xe0", "is a document of an office program: save it as PDF, and send that"),
    (b"{\\rtf", "is a document of an office program: save it as PDF, and send that"),
    (b"MZ", "is a program: " + _TAKEN),
    (b"\x7fELF", "is a program: " + _TAKEN),
    (b"8BPS", "is a picture that only one program knows: save it as JPEG or PNG, and send that"),
)
_OFFICE = (b"word/", b"xl/", b"ppt/", b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis.opendocument")


def kind_of(path: Path, name: str) -> Found:
    """What the file at `path` is, which its owner calls `name`. Raises BadInput for what a box does not take."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise BadInput(f"“{name}” is empty: choose the file again, or record it again.")
    found = kind_of_head(head)
    if found is None:
        raise BadInput(f"“{name}” {_why_not(head)}.")
    return found


def kind_of_head(head: bytes) -> Found | None:
    """What a file that begins so is; None for what a box does not take."""
    if head[4:8] == b"ftyp":
        return _by_brand(head[8:12])
    if head.startswith(b"RIFF"):
        return {b"WEBP": _WEBP, b"WAVE": _WAV, b"AVI ": _AVI}.get(head[8:12])
    if found := next((found for beginning, found in _BEGINNINGS if head.startswith(beginning)), None):
        return found
    if head.startswith(b"PK\x03\x04"):
        return _EPUB if head[30:58] == b"mimetypeapplication/epub+zip" else None
    return _sound_without_header(head) or (_SUBTITLES if _are_subtitles(head) else None)


def _by_brand(brand: bytes) -> Found:
    """ISO/IEC 14496-12, section 4.3."""
    if brand in _HEIF_BRANDS:
        return _HEIC
    if brand in _AVIF_BRANDS:
        return _AVIF
    if brand in _SOUND_BRANDS:
        return _M4A
    if brand.startswith(b"qt"):
        return _MOV
    return _3GP if brand.startswith((b"3gp", b"3g2")) else _MP4


def _sound_without_header(head: bytes) -> Found | None:
    """A frame of MPEG audio (ISO/IEC 11172-3, section 2.4.1.3), or of AAC in ADTS (ISO/IEC 13818-7, 6.2)."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    if head[1] & 0xF6 == 0xF0:
        return _AAC
    layer, bits, rate = head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    return _MP3 if layer and bits not in (0, 15) and rate != 3 else None


def _are_subtitles(head: bytes) -> bool:
    text, _ = read_text(head)
    return not _MARKUP.match(head) and (text.startswith("WEBVTT") or bool(_TIMING.search(text)))


def _why_not(head: bytes) -> str:
    if head.startswith(b"PK\x03\x04") and any(part in head for part in _OFFICE):
        return "is a document of an office program: save it as PDF, and send that"
    if b"<svg" in head[:4096].lower():
        return "is a drawing in SVG, which may hold programs: save it as PNG, and send that"
    if _HTML.match(head):
        return f"is a web page: {_TAKEN}"
    found = next((why for beginning, why in _REFUSED if head.startswith(beginning)), None)
    return found or f"is of a kind that is not known: {_TAKEN}"
