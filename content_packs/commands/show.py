"""`ideascube pack show`: what is known of one pack, installed or a file."""

from __future__ import annotations

import json
from pathlib import Path

import click

from content_packs.commands.list import current_library
from content_packs.commands.text import human_size
from content_packs.data_option import data_option
from content_packs.errors import BadInput, BrokenPack
from content_packs.store.data_folder import DataFolder
from content_packs.store.install import is_file
from content_packs.store.library import PackRecord
from content_packs.store.scan import describe_file


@click.command("show")
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.argument("file_or_id", metavar="FILE_OR_ID")
def show_pack(data: DataFolder, as_json: bool, file_or_id: str) -> None:
    """Show what a pack says of itself."""
    record = _find(data, file_or_id)
    if record.manifest is None:
        raise BrokenPack(record.problem or f"{file_or_id} cannot be shown.")
    if as_json:
        click.echo(json.dumps(record.to_json(), ensure_ascii=False, indent=2))
        return
    for name, value in _facts(record).items():
        if value:
            click.echo(f"{name:<12} {value}")


def _find(data: DataFolder, file_or_id: str) -> PackRecord:
    if is_file(Path(file_or_id)):
        return describe_file(Path(file_or_id))
    record = current_library(data).resolve(file_or_id)
    if record is None:
        raise BadInput(f"“{file_or_id}” is neither a file nor a pack of this library: see `ideascube pack list`.")
    return record


def _facts(record: PackRecord) -> dict[str, str]:
    manifest = record.manifest
    assert manifest is not None
    indexes = {"full text": record.has_fulltext_index, "titles": record.has_title_index}
    return {
        "id": record.id,
        "title": manifest.title,
        "description": manifest.description,
        "kind": manifest.kind,
        "languages": ", ".join(manifest.languages),
        "date": manifest.date,
        "creator": manifest.creator,
        "publisher": manifest.publisher,
        "licence": str(manifest.licence),
        "source": manifest.source,
        "size": human_size(record.size),
        "articles": str(manifest.zim.articles),
        "media": str(manifest.zim.media),
        "indexes": ", ".join(name for name, there in indexes.items() if there) or "none",
        "files": ", ".join(record.files),
        "layers": ", ".join(record.layers),
        "version": record.version,
        "previous": f"{record.previous} (ideascube pack rollback {record.id})" if record.previous else "",
        "aliases": ", ".join(record.aliases),
        "warning": record.warning or "",
    }
