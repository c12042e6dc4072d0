"""Films and sounds as they go into the pack: converted where that is asked for, else with a word on the cure."""

from __future__ import annotations

from functools import partial

from content_packs.build.names import stem
from content_packs.build.notes import Notes
from content_packs.build.options import BuildOptions
from content_packs.build.planned import PlannedEntry, planned_file
from content_packs.build.progress import Progress, Step, Tell
from content_packs.build.source import SourceFile
from content_packs.build.work_folder import WorkFolder
from content_packs.errors import BadInput
from content_packs.media.conversion import conversion_of
from content_packs.media.convert import convert
from content_packs.media.probe import Probe


class Converter:
    """Converts the films of one pack, one after the other."""

    def __init__(self, options: BuildOptions, folder: WorkFolder, notes: Notes, tell: Tell | None) -> None:
        self._options, self._folder, self._notes, self._tell = options, folder, notes, tell

    def playable(self, source: SourceFile, probe: Probe | None) -> PlannedEntry:
        """The file's entry. Very slow where it is converted. Raises NoSpace, and MissingProgram without ffmpeg."""
        as_it_is = planned_file(source.path, source.file, source.size)
        plan = conversion_of(probe, self._options.height) if probe else None
        if plan is None:
            return as_it_is
        if not self._options.convert:
            why = "; ".join(plan.why)
            self._notes.about(source.path, f"{why}. Build with --convert to have it converted.")
            return as_it_is
        made = self._folder.new_file(plan.ending)
        try:
            convert(source.file, made, plan, partial(self._tell_seconds, source))
        except BadInput as error:
            self._notes.about(source.path, f"{error} It goes in as it is.")
            return as_it_is
        return planned_file(stem(source.path) + plan.ending, made, made.stat().st_size)

    def _tell_seconds(self, source: SourceFile, done: float, total: float) -> None:
        if self._tell is not None:
            share = min(done / total, 1) if total else 0
            self._tell(Progress(round(share * source.size), source.size, source.path, Step.CONVERTING))
