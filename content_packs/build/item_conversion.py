"""Films and sounds as they go into the pack: converted where that is asked for, else with a word on the cure."""

from __future__ import annotations

from functools import partial

from content_packs.build import file_types
from content_packs.build.names import stem
from content_packs.build.notes import Notes
from content_packs.build.options import BuildOptions
from content_packs.build.planned import PlannedEntry, planned_file
from content_packs.build.progress import Progress, Step, Tell
from content_packs.build.source import SourceFile
from content_packs.build.work_folder import WorkFolder
from content_packs.errors import BadInput
from content_packs.media.conversion import PLACE, Plan, conversion_of, without_place
from content_packs.media.convert import convert
from content_packs.media.probe import Probe


class Converter:
    """Converts the films of one pack, one after the other."""

    def __init__(self, options: BuildOptions, folder: WorkFolder, notes: Notes, tell: Tell | None) -> None:
        self._options, self._folder, self._notes, self._tell = options, folder, notes, tell

    def playable(self, source: SourceFile, probe: Probe | None) -> PlannedEntry:
        """The file's entry. Very slow where it is converted. Raises NoSpace, and MissingProgram without ffmpeg.

        The place where it was recorded is taken away even where nothing is converted.
        """
        plan = conversion_of(probe, self._options.height) if probe else None
        if probe is None or plan is None:
            return planned_file(source.path, source.file, source.size)
        if self._options.convert:
            return self._made(source, plan, stem(source.path) + plan.ending)
        copy = without_place(probe, file_types.ending(source.path))
        self._tell_cure(source, [why for why in plan.why if copy is None or why != PLACE])
        return self._made(source, copy, source.path) if copy else planned_file(source.path, source.file, source.size)

    def _made(self, source: SourceFile, plan: Plan, path: str) -> PlannedEntry:
        """The entry at `path` of what the plan makes; of the file as it is, with a note, where that fails."""
        made = self._folder.new_file(plan.ending)
        try:
            convert(source.file, made, plan, partial(self._tell_seconds, source))
        except BadInput as error:
            place = ", with the place where it was recorded" if PLACE in plan.why else ""
            self._notes.about(source.path, f"{error} It goes in as it is{place}.")
            return planned_file(source.path, source.file, source.size)
        return planned_file(path, made, made.stat().st_size)

    def _tell_cure(self, source: SourceFile, why: list[str]) -> None:
        if why:
            self._notes.about(source.path, f"{'; '.join(why)}. Build with --convert to have it converted.")

    def _tell_seconds(self, source: SourceFile, done: float, total: float) -> None:
        if self._tell is not None:
            share = min(done / total, 1) if total else 0
            self._tell(Progress(round(share * source.size), source.size, source.path, Step.CONVERTING))
