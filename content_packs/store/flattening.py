"""How a pack in layers becomes one file again in its place, as its next version."""

from __future__ import annotations

import shutil
from pathlib import Path

from content_packs.delta import flatten
from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import make_folder
from content_packs.store.install import install_pack
from content_packs.store.library import load_library
from content_packs.store.opening import open_pack
from content_packs.store.options import NO_PROGRESS, Installed, Options, Progress
from content_packs.store.scan import scan_store


def flatten_in_place(
    pack_id: str, data: DataFolder, folder: Path, options: Options, progress: Progress = NO_PROGRESS
) -> Installed:
    """Make one file of the pack and its layers in `folder`, which is made and taken away, and install that. Slow.

    It keeps the origin of what it is made of. `progress` gets entries, then bytes, done and in all. Raises BadInput for
    a pack without layers, and as `flatten` and `install_pack`; the pack is then as it was.
    """
    record = scan_store(data.packs, load_library(data.library_file)).get(pack_id)
    if record is None or not record.layers:
        raise BadInput(f"“{pack_id}” is no pack with layers any more: nothing was changed.")
    out = folder / Path(record.files[0]).name
    make_folder(folder)
    try:
        files, layers = ([data.packs / name for name in names] for names in (record.files, record.layers))
        flatten(open_pack(files, layers), out, progress)
        return install_pack(out, data, Options(move=True, reserve=options.reserve, origin=record.origin), progress)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
