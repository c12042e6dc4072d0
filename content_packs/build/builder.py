"""Building a pack from a folder or its archive to its place: read, plan, write beside the place, flush, rename.

A failure at any moment leaves an older pack of that name as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from content_packs.build.illustration import illustrations
from content_packs.build.options import BuildOptions
from content_packs.build.pack_yml import FILE_NAME, PackSpec, read_pack_yml
from content_packs.build.plan import Plan, make_plan
from content_packs.build.progress import Progress, Step, Tell
from content_packs.build.source import is_left_out, scan_folder
from content_packs.build.writer import write_zim
from content_packs.errors import BadInput, IdeascubeError, NoSpace, NotAllowed, is_disk_full
from content_packs.unpack import SafeZip
from content_packs.workplace import put_in_place, workplace

__all__ = ["BuildReport", "build_pack"]


_USUAL = BuildOptions()


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: the file, its size in bytes, numbers of entries and redirects, what its maker should know."""

    pack: Path
    id: str
    size: int
    entries: int
    redirects: int
    warnings: tuple[str, ...]


def build_pack(source: Path, out: Path, *, options: BuildOptions = _USUAL, progress: Tell | None = None) -> BuildReport:
    """Build the pack that `source` describes (`docs/formats/pack-source.md`) into the ZIM file `out`.

    `source` is a folder or a ZIP archive of one. Slow. Raises BadInput for what is wrong in it, NotAllowed and NoSpace
    for what the disk refuses, MissingProgram where films are to be converted without ffmpeg.
    """
    if not source.exists():
        raise BadInput(f"There is no folder or archive {source}: correct the name.")
    _refuse_name(out)
    with workplace(out) as work:
        spec = _spec_of_archive(source, work, progress) if source.is_file() else read_pack_yml(source)
        _refuse_place(spec, out)
        illustrations(spec.illustration)  # so that one that cannot be used is told before films are converted
        plan = _read_folder(spec, work, options, progress)
        made = work / "pack.zim"
        warnings = write_zim(made, spec, plan, progress)
        size = made.stat().st_size
        put_in_place(made, out)
    return BuildReport(out, spec.id, size, len(plan.entries), len(plan.redirects), (*plan.warnings, *warnings))


def _spec_of_archive(archive: Path, work: Path, tell: Tell | None) -> PackSpec:
    """What an archive's `pack.yml` says. Raises BadInput where it names files outside of the archive."""
    spec = read_pack_yml(_unpacked(archive, work, tell))
    for field, path in (("content", spec.content), ("illustration", spec.illustration)):
        if not path.resolve().is_relative_to((work / "source").resolve()):
            raise BadInput(
                f"{archive.name}: “{field}” in its pack.yml leads out of it: put all files into the archive."
            )
    return spec


def _unpacked(archive: Path, work: Path, tell: Tell | None) -> Path:
    """The folder that holds the archive's `pack.yml`: its top, or the one folder that many programs put around it."""
    folder = work / "source"
    with SafeZip(archive) as opened:
        opened.extract_all(folder, progress=partial(_tell_unpacked, tell, archive.name))
    inside = [one for one in folder.iterdir() if not is_left_out(one.name)]
    only = inside[0] if len(inside) == 1 and inside[0].is_dir() else folder
    if not (only / FILE_NAME).is_file():
        raise BadInput(
            f"{archive.name} holds no {FILE_NAME} at its top: write one, or use `ideascube pack import`, which guesses."
        )
    return only


def _tell_unpacked(tell: Tell | None, name: str, done: int, total: int) -> None:
    if tell is not None:
        tell(Progress(done, total, name, Step.UNPACKING))


def _read_folder(spec: PackSpec, work: Path, options: BuildOptions, tell: Tell | None) -> Plan:
    try:
        files = scan_folder(spec.content, left_out=frozenset({FILE_NAME}))
        return make_plan(spec, files, work, options, tell)
    except OSError as error:
        raise _refused(error, work) from error


def _refused(error: OSError, work: Path) -> IdeascubeError:
    if is_disk_full(error):
        return NoSpace(f"The disk that holds {work.parent} is full: make room, then build again.")
    return NotAllowed(f"{error.filename or work} cannot be read or written: {error.strerror or error}.")


def _refuse_name(out: Path) -> None:
    if out.suffix != ".zim":
        raise BadInput(f"{out.name} must end in .zim: readers know packs by that.")
    if not out.parent.is_dir():
        raise BadInput(f"There is no folder {out.parent} for the pack: make it, then build again.")
    if out.is_dir():
        raise BadInput(f"{out} is a folder: give the name of a file.")


def _refuse_place(spec: PackSpec, out: Path) -> None:
    if out.resolve().is_relative_to(spec.content.resolve()):
        raise BadInput(f"{out} lies in the folder that it is built from: build it somewhere else.")
