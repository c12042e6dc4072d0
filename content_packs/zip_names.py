"""Names in ZIP archives: decoded, and refused where they lead out of a folder or take each other's place.

Rules only; nothing is opened here. See `unpack`.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections.abc import Iterable

from content_packs.errors import BadInput

NAME_LIMIT = 255  # bytes of one part of a path: what Linux's file systems hold
PATH_LIMIT = 1024  # bytes
DEPTH_LIMIT = 32  # parts

_UTF8_FLAG = 0x800  # APPNOTE.TXT 4.4.4, bit 11
_UNICODE_PATH = 0x7075  # APPNOTE.TXT 4.6.9, the Info-ZIP Unicode Path Extra Field
_SHOWN = 120  # characters of a name in a sentence
_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def decode_name(name: str, flags: int, extra: bytes) -> str:
    """The name as it was meant. `name` is zipfile's: UTF-8 where the entry says so, else read as code page 437.

    Most programs that don't say so write UTF-8 all the same. So: the Unicode field where there is one, else UTF-8 where
    the bytes are that, else code page 437 as the specification has it, which shows names in older national encodings
    (Shift-JIS, CP1256) as wrong letters, but each by the same ones.
    """
    if flags & _UTF8_FLAG:
        return name
    try:
        raw = name.encode("cp437")
        return _unicode_path(raw, extra) or raw.decode("utf-8")
    except UnicodeError:
        return name


def _unicode_path(raw: bytes, extra: bytes) -> str:
    """The name in the Unicode field, if it is there for these bytes; else nothing."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(field) == size > 5:
            version, crc = struct.unpack_from("<BL", field)
            if version == 1 and crc == zlib.crc32(raw):
                return field[5:].decode("utf-8")
    return ""


def safe_path(name: str) -> str:
    """The path of an entry called `name`: relative, with `/`, composed letters (NFC). Empty for the folder itself.

    A backslash counts as `/`, since programs on Windows wrote it so. Raises BadInput for what leads elsewhere or is
    longer than file systems hold.
    """
    path = unicodedata.normalize("NFC", name.replace("\\", "/"))
    if path.startswith("/") or _DRIVE.match(path):
        raise BadInput(f"{shown(name)} is an absolute name, which could lie anywhere: zip the folder itself again.")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise BadInput(f"{shown(name)} leads out of the folder by “..”: zip the folder itself again.")
    if _CONTROL.search(path):
        raise BadInput(f"{shown(name)} has a control character in its name: rename the file.")
    _refuse_long(name, parts)
    return "/".join(parts)


def _refuse_long(name: str, parts: list[str]) -> None:
    sizes = [len(part.encode()) for part in parts]
    if any(size > NAME_LIMIT for size in sizes) or sum(sizes) + len(sizes) > PATH_LIMIT:
        raise BadInput(f"{shown(name)} has too long a name: shorten it to {NAME_LIMIT} bytes a part.")
    if len(parts) > DEPTH_LIMIT:
        raise BadInput(f"{shown(name)} lies more than {DEPTH_LIMIT} folders deep: move it up.")


def refuse_collisions(paths: Iterable[str]) -> None:
    """Raise BadInput where two files would be one on some file system, or a file stands where a folder has to be."""
    files: dict[str, str] = {}
    for path in paths:
        other = files.setdefault(path.lower(), path)
        if other is not path:
            same = "is there twice" if other == path else f"differs from {shown(other)} in capital letters only"
            raise BadInput(f"{shown(path)} {same}: rename or remove one.")
    for path in files.values():
        folder = path.lower()
        while folder := folder.rpartition("/")[0]:
            if folder in files:
                raise BadInput(f"{shown(files[folder])} is a file, and {shown(path)} needs a folder there: rename one.")


def shown(name: str) -> str:
    """A name in quotes for a sentence: cut to a length that can be read, without control characters."""
    cut = name if len(name) <= _SHOWN else name[:_SHOWN] + "…"
    return f"“{printable(cut)}”"


def printable(text: str) -> str:
    """`text` without what a terminal would obey."""
    return _UNSHOWABLE.sub("�", text)
