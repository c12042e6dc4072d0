"""From a source of any kind to a pack in its place, or to a folder whose guesses a person corrects first."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from content_packs.build import BuildOptions, BuildReport, Progress, Step, build_pack
from content_packs.errors import BadInput, NotAllowed
from content_packs.importers.facts import Facts
from content_packs.importers.importer import Importer, Made, Order
from content_packs.importers.pack_folder import PackFolder
from content_packs.importers.plain import PlainFolder
from content_packs.importers.site import StaticSite
from content_packs.importers.source import explained, open_source
from content_packs.importers.zipped_medias import ZippedMedias
from content_packs.importers.zipped_zim import ZippedZim
from content_packs.store.found import find_dropped
from content_packs.store.verify import verify_pack
from content_packs.workplace import put_in_place, workplace

# In the order in which they are asked; the last takes anything.
IMPORTERS: Sequence[Importer] = (PackFolder(), ZippedZim(), ZippedMedias(), StaticSite(), PlainFolder())
_NOTHING = Facts()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import made: `out`, notes for the person, and how it was built, if it was."""

    out: Path
    notes: tuple[str, ...]
    build: BuildReport | None = None


def import_pack(
    source: Path,
    out: Path,
    said: Facts = _NOTHING,
    *,
    listed: Facts = _NOTHING,
    options: BuildOptions | None = None,
    progress: Callable[[Progress], None] = lambda state: None,
) -> ImportReport:
    """Make the pack `out` of `source`: a folder, an archive, a package of old Ideascube, a single film or document.

    What the person `said` goes before what a catalogue has `listed`, and that before what the source says of itself.
    Slow. Raises BadInput, BrokenPack, NoSpace or NotAllowed; what was at `out` is then as before.
    """
    _refuse_place(source, out)
    with workplace(out) as work:
        folder = work / "import"
        folder.mkdir()
        made = prepare(source, folder, said, listed, progress)
        if made.zim is not None:
            _verify(made.zim)
            put_in_place(_own(made.zim), out)
            return ImportReport(out, tuple(made.notes))
        report = build_pack(folder, out, options=options or BuildOptions(), progress=progress)
    return ImportReport(out, tuple(made.notes), report)


def _verify(zim: Path) -> None:
    found = find_dropped(zim)
    if found is None:
        raise BadInput(f"{zim.name} is not a pack: give a .zim file.")
    verify_pack(found)


def import_folder(
    source: Path,
    out: Path,
    said: Facts = _NOTHING,
    *,
    listed: Facts = _NOTHING,
    progress: Callable[[Progress], None] = lambda state: None,
) -> ImportReport:
    """Make the new folder `out` of `source`, for a person to correct and `build_pack` to build. Raises as above."""
    _refuse_place(source, out)
    try:
        out.mkdir()
    except OSError as error:
        raise NotAllowed(f"The folder {out} cannot be made: {error.strerror}. Give a new name.") from error
    try:
        made = prepare(source, out, said, listed, progress)
        _refuse_zim(source, made)
    except BaseException:
        shutil.rmtree(out, ignore_errors=True)
        raise
    return ImportReport(out, tuple(made.notes))


def _refuse_zim(source: Path, made: Made) -> None:
    if made.zim is not None:
        raise BadInput(f"{source.name} holds a finished ZIM: give a name that ends in .zim for it.")


def _own(zim: Path) -> Path:
    """The file itself, or a copy where it is a second name of somebody else's file."""
    if zim.stat().st_nlink == 1:
        return zim
    try:
        return Path(shutil.copyfile(zim, zim.with_suffix(".copy")))
    except OSError as error:
        raise explained(error, zim.name) from error


def prepare(source: Path, folder: Path, said: Facts, listed: Facts, progress: Callable[[Progress], None]) -> Made:
    """Have the importer that recognises `source` convert it into the empty `folder`."""
    with open_source(source) as opened:
        importer = next(one for one in IMPORTERS if one.recognises(opened))

        def tell(done: int, total: int) -> None:
            progress(Progress(done, total, source.name, Step.UNPACKING))

        return importer.convert(Order(opened, folder, said, listed, tell))


def _refuse_place(source: Path, out: Path) -> None:
    if not out.parent.is_dir():
        raise BadInput(f"There is no folder {out.parent} for {out.name}: make it, then import again.")
    if source.is_dir() and out.resolve().is_relative_to(source.resolve()):
        raise BadInput(f"{out} lies in the folder that is imported: give a name somewhere else.")
