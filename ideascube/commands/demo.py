"""`ideascube demo`: a small library of our own, built on the spot and served. The first thing that a newcomer runs."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from content_packs.data_option import data_option
from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder
from content_packs.store.records import find_shelf, stored_paths
from ideascube.commands.network_options import network_options
from ideascube.settings import Settings, default_cache_size, default_workers

SOURCES = Path(__file__).parent.parent / "demo"


@click.command()
@data_option
@network_options
def demo(data: DataFolder, host: str, port: int, content_port: int) -> None:
    """Build the demo library and serve it."""
    from ideascube.server import run_server

    data.create()
    build_demo(data)
    settings = Settings(
        data=data,
        host=host,
        port=port,
        content_port=content_port,
        workers=default_workers(),
        cache_size=default_cache_size(),
    )
    run_server(settings, with_code=True)


def build_demo(data: DataFolder) -> None:
    """Build and install every demo pack that isn't in the store yet, or whose source changed since."""
    from content_packs.build import build_pack
    from content_packs.store.install import install_pack
    from content_packs.store.options import Options

    sources = sorted(manifest.parent for manifest in SOURCES.glob("*/pack.yml"))
    if not sources:
        raise BadInput(f"The sources of the demo library are not in {SOURCES}: install Ideascube again.")
    for source in sources:
        if _is_current(data, source):
            continue
        click.echo(f"Building {source.name} …")
        with tempfile.TemporaryDirectory(dir=data.cache) as folder:
            built = Path(folder) / f"{source.name}.zim"
            build_pack(source, built)
            install_pack(built, data, Options(move=True))


def _is_current(data: DataFolder, source: Path) -> bool:
    shelf = find_shelf(data.packs, source.name)
    newest = max(path.stat().st_mtime for path in source.rglob("*"))
    return shelf is not None and any(path.stat().st_mtime >= newest for path in stored_paths(shelf) if path.exists())
