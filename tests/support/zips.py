"""ZIP archives made on the spot, also such as no program makes."""

from __future__ import annotations

import itertools
import stat
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path


def make_zip(file: Path, entries: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write `entries` (name to content) as a ZIP archive; a name that ends with `/` is a folder's."""
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file


def zip_folder(file: Path, folder: Path, under: str = "") -> Path:
    """A ZIP archive of all files of a folder, below the name `under`."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, f"{under}{path.relative_to(folder)}")
    return file


def zip_with_form(file: Path, name: str, form: int, content: str = "/etc/passwd") -> Path:
    """An archive whose only entry says that it is a link or a device (`stat.S_IFLNK`, …)."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (form | stat.S_IRUSR) << 16
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(info, content)
    return file


def zip_with_raw_names(file: Path, names: Mapping[bytes, str]) -> Path:
    """An archive with names in any bytes, and nothing in it that says in which encoding they are."""
    stand_ins = {"x" * (len(raw) - 2) + f"{place:02}": raw for place, raw in enumerate(names)}
    make_zip(file, dict(zip(stand_ins, names.values(), strict=True)))
    data = file.read_bytes()
    for stand_in, raw in stand_ins.items():
        data = data.replace(stand_in.encode(), raw)
    file.write_bytes(data)
    return file


def zip_of_many(file: Path, count: int) -> Path:
    """An archive of `count` empty files, made faster than zipfile does."""
    names = [f"{number % 500}/{number}.txt".encode() for number in range(count)]
    heads = [struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0) + name for name in names]
    offsets = itertools.accumulate((len(head) for head in heads), initial=0)
    entries = [
        struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0, 0, 0, 0, 0, offset) + name
        for name, offset in zip(names, offsets, strict=False)
    ]
    sizes = sum(map(len, entries)), sum(map(len, heads))
    few = min(count, 0xFFFF)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, few, few, *sizes, 0)
    file.write_bytes(b"".join([*heads, *entries, end]))
    return file


def overlapping_zip(file: Path, copies: int) -> Path:
    """An archive whose entries all point at the same packed bytes."""
    make_zip(file, {f"{number:06}": b"\0" * 1000 for number in range(copies)})
    data = bytearray(file.read_bytes())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 42 : place + 46] = bytes(4)
        place = data.find(b"PK\x01\x02", place + 46)
    file.write_bytes(data)
    return file
