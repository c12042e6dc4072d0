"""Building a pack from a folder to its place: read, plan, write beside the place, flush, rename.

A failure at any moment leaves an older pack of that name as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from content_packs.build.pack_yml import FILE_NAME, PackSpec, read_pack_yml
from content_packs.build.plan import Plan, make_plan
from content_packs.build.source import scan_folder
from content_packs.build.writer import Progress, write_zim
from content_packs.errors import BadInput, NotAllowed
from content_packs.workplace import put_in_place, workplace

__all__ = ["BuildReport", "Progress", "build_pack"]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: the file, its size in bytes, numbers of entries and redirects, what its maker should know."""

    pack: Path
    id: str
    size: int
    entries: int
    redirects: int
    warnings: tuple[str, ...]


def build_pack(source: Path, out: Path, *, progress: Callable[[Progress], None] | None = None) -> BuildReport:
    """Build the pack that `source` describes (`docs/formats/pack-source.md`) into the ZIM file `out`.

    Slow. Raises BadInput for what is wrong in the folder, NotAllowed and NoSpace for what the disk refuses.
    """
    spec = read_pack_yml(source)
    _refuse_place(spec, out)
    with workplace(out) as folder:
        plan = _read_folder(spec, folder)
        made = folder / "pack.zim"
        warnings = write_zim(made, spec, plan, progress)
        size = made.stat().st_size
        put_in_place(made, out)
    return BuildReport(out, spec.id, size, len(plan.entries), len(plan.redirects), (*plan.warnings, *warnings))


def _read_folder(spec: PackSpec, work: Path) -> Plan:
    try:
        return make_plan(spec, scan_folder(spec.content, left_out=frozenset({FILE_NAME})), work)
    except OSError as error:
        raise NotAllowed(f"{error.filename} cannot be read: {error.strerror}.") from error


def _refuse_place(spec: PackSpec, out: Path) -> None:
    if out.suffix != ".zim":
        raise BadInput(f"{out.name} must end in .zim: readers know packs by that.")
    if not out.parent.is_dir():
        raise BadInput(f"There is no folder {out.parent} for the pack: make it, then build again.")
    if out.is_dir():
        raise BadInput(f"{out} is a folder: give the name of a file.")
    if out.resolve().is_relative_to(spec.content.resolve()):
        raise BadInput(f"{out} lies in the folder that it is built from: build it somewhere else.")
