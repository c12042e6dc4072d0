"""`ideascube pack show`: what is known of one pack, installed or a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from content_packs.commands.list import current_library
from content_packs.commands.progress import progress_bar
from content_packs.commands.text import human_size, said_origin
from content_packs.data_option import data_option
from content_packs.errors import BadInput, BrokenPack
from content_packs.manifest import Hashes, Manifest
from content_packs.manifest.hashes import hash_file
from content_packs.store.data_folder import DataFolder
from content_packs.store.found import is_file
from content_packs.store.library import PackRecord
from content_packs.store.scan import describe_file
from content_packs.zip_names import printable


@click.command("show")
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print the manifest, as catalogues hold it.")
@click.option("--hashes", is_flag=True, help="Read the whole file for its SHA-256 sums.")
@click.argument("file_or_id", metavar="FILE_OR_ID")
def show_pack(data: DataFolder, as_json: bool, hashes: bool, file_or_id: str) -> None:
    """Show what a pack says of itself."""
    record, first = _find(data, file_or_id)
    if record.manifest is None:
        raise BrokenPack(record.problem or f"{file_or_id} cannot be shown.")
    manifest = replace(record.manifest, size=record.size, hashes=_hashes(first) if hashes else None)
    if as_json:
        click.echo(json.dumps(manifest.to_json(), ensure_ascii=False, indent=2))
        return
    for name, value in _facts(record, manifest, data.packs).items():
        if value:
            click.echo(f"{name:<12} {printable(' '.join(value.split()))}")


def _find(data: DataFolder, file_or_id: str) -> tuple[PackRecord, Path]:
    """The pack's record, and its first file."""
    if is_file(Path(file_or_id)):
        return describe_file(Path(file_or_id)), Path(file_or_id)
    record = current_library(data).resolve(file_or_id)
    if record is None:
        raise BadInput(f"“{file_or_id}” is neither a file nor a pack of this library: see `ideascube pack list`.")
    return record, data.packs / record.files[0]


def _requirements(manifest: Manifest) -> Iterator[str]:
    yield from manifest.requirements.browser
    if manifest.requirements.ideascube:
        yield f"Ideascube {manifest.requirements.ideascube}"


def _hashes(first: Path) -> Hashes:
    with progress_bar(f"Reading {first.name}") as progress:
        return hash_file(first, progress)[1]


def _facts(record: PackRecord, manifest: Manifest, folder: Path) -> dict[str, str]:
    return _manifest_facts(record, manifest) | _store_facts(record, folder)


def _manifest_facts(record: PackRecord, manifest: Manifest) -> dict[str, str]:
    indexes = {"full text": record.has_fulltext_index, "titles": record.has_title_index}
    return {
        "id": record.id,
        "title": manifest.title,
        "version": manifest.version,
        "description": manifest.description,
        "kind": manifest.kind,
        "languages": ", ".join(manifest.languages),
        "date": manifest.date,
        "creator": manifest.creator,
        "publisher": manifest.publisher,
        "licence": str(manifest.licence),
        "source": manifest.source,
        "audience": ", ".join(manifest.audience),
        "requires": ", ".join(_requirements(manifest)),
        "size": human_size(record.size),
        "articles": str(manifest.zim.articles),
        "media": str(manifest.zim.media),
        "indexes": ", ".join(name for name, there in indexes.items() if there) or "none",
        "sha256": manifest.hashes.sha256 if manifest.hashes else "",
    }


def _store_facts(record: PackRecord, folder: Path) -> dict[str, str]:
    """What the store in `folder` knows beside what the pack says."""
    return {
        "files": ", ".join(record.files),
        "layers": ", ".join(record.layers),
        "new base": _due(record, folder) if record.layers else "",
        "origin": said_origin(record.origin) if record.origin else "",
        "previous": f"{record.previous} (ideascube pack rollback {record.id})" if record.previous else "",
        "aliases": ", ".join(record.aliases),
        "warning": record.warning or "",
    }


def _due(record: PackRecord, folder: Path) -> str:
    from content_packs.delta import new_base_due

    files, layers = ([(folder / name).stat().st_size for name in names] for names in (record.files, record.layers))
    reason = new_base_due(sum(files), layers)
    if reason is None:
        return "not due yet"
    return f"due, since {reason}: install the whole pack, or what `ideascube pack flatten` makes"
