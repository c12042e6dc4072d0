"""Which catalogues an operator added: `sync/catalogues.json` (docs/formats/catalogues.md)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import msgspec

from content_packs.disk import refusals_told
from content_packs.errors import BadInput
from content_packs.file_lock import file_lock
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import write_atomically

FORMAT = 1
OPDS, SIGNED, YAML, FOLDER = "opds", "signed", "yaml", "folder"
_FILE = "catalogues.json"
_LIMIT = 4 * 1024 * 1024  # bytes
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """One catalogue that was added.

    `kind`: OPDS (Kiwix's, another box's), SIGNED (a hub's), YAML (old Ideascube's) or FOLDER. `url`: an address, or the
    path of a folder or file. `root`: the fingerprint by which a signed one was added. `plain_http`: the
    operator allowed it over an unencrypted connection, in the local network. `languages`: BCP 47, only these are asked
    for; empty: all.
    """

    name: str
    url: str
    kind: str
    root: str = ""
    plain_http: bool = False
    languages: tuple[str, ...] = ()

    @property
    def is_signed(self) -> bool:
        return self.kind == SIGNED


class _Sources(msgspec.Struct, frozen=True):
    format: int = FORMAT
    catalogues: tuple[Source, ...] = ()


def sources(data: DataFolder) -> tuple[Source, ...]:
    """The catalogues that were added, in that order. Raises BadInput where the list is damaged."""
    return _read(data.sync / _FILE).catalogues


def source_called(data: DataFolder, name: str) -> Source:
    """Raises BadInput where none was added by that name."""
    for source in sources(data):
        if source.name == name:
            return source
    raise BadInput(f"There is no catalogue “{name}” here: `ideascube catalog list` shows which there are.")


def add_source(data: DataFolder, source: Source) -> None:
    """Raises BadInput where the name cannot be one or is taken."""

    def added(before: tuple[Source, ...]) -> tuple[Source, ...]:
        _refuse_name(before, source.name)
        return (*before, source)

    _change(data, added)


def refuse_name(data: DataFolder, name: str) -> None:
    """Raise BadInput where a catalogue cannot be called so, before anything is asked of it."""
    _refuse_name(sources(data), name)


def _refuse_name(there: tuple[Source, ...], name: str) -> None:
    if not _NAME.fullmatch(name):
        raise BadInput(f"“{name}” cannot name a catalogue: take small letters, digits and “-”, at most 40.")
    if any(each.name == name for each in there):
        raise BadInput(f"There is a catalogue “{name}” already: take another name, or remove it first.")


def remove_source(data: DataFolder, name: str) -> None:
    """Raises BadInput where none was added by that name."""
    source_called(data, name)
    _change(data, lambda before: tuple(each for each in before if each.name != name))


def _change(data: DataFolder, change: Callable[[tuple[Source, ...]], tuple[Source, ...]]) -> None:
    path = data.sync / _FILE
    with refusals_told(path), file_lock(path.with_suffix(".lock")):
        after = _Sources(catalogues=change(sources(data)))
        write_atomically(path, msgspec.json.format(msgspec.json.encode(after)))


def _read(path: Path) -> _Sources:
    try:
        with path.open("rb") as file:
            found = msgspec.json.decode(file.read(_LIMIT), type=_Sources)
    except FileNotFoundError:
        return _Sources()
    except (OSError, ValueError) as error:
        raise BadInput(f"The list of catalogues {path} cannot be read ({error}): correct or delete it.") from error
    if found.format != FORMAT:
        raise BadInput(
            f"The list of catalogues {path} is of another Ideascube (format {found.format}): update this one."
        )
    return found
