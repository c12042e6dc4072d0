"""The part of the jobs process that indexes: one task at a time, each done by a process of its own.

Call `look` with the library as it is, then `work` until it is time to look again.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from content_packs.errors import Busy, IdeascubeError
from content_packs.store.data_folder import DataFolder
from content_packs.store.library import Library, PackRecord
from ideascube.indexing.apart import Apart
from ideascube.indexing.clearing import clear_index
from ideascube.indexing.index_room import IndexRoom
from ideascube.indexing.made_files import MadeFiles
from ideascube.indexing.state import IndexingState, Problem, SideState, save_state
from ideascube.indexing.tasks import Kind, Task, next_task
from ideascube.indexing.words.listing import forget_words
from ideascube.indexing.working import do_task
from ideascube.indexing.worklist import Wanted, holds_documents
from ideascube.stopping import is_stopping, rest

log = logging.getLogger(__name__)

MEMORY = 400 * 1024 * 1024  # bytes that a task may take, beside what it shares with the other processes
SILENCE = 300  # seconds without a sign of life after which a task's process is ended

_SAVE_EVERY = 10.0  # seconds, while only a share grows
_LOOK_AT_ROOM = 10.0  # seconds


class Indexer:
    """`room`: what the index folder may take. `clock` in seconds."""

    def __init__(self, data: DataFolder, room: IndexRoom, clock: Callable[[], float] = time.monotonic) -> None:
        self._data, self._room, self._clock = data, room, clock
        self._library = Library()
        self._wanted: dict[tuple[str, str], Wanted] = {}
        self._tasks: dict[tuple[Kind, str, str], Task] = {}
        self._running: tuple[Task, Apart] | None = None
        self._files = MadeFiles(data)
        self._is_clear = True
        self._begun: set[Kind] = set()
        self._saved = IndexingState()
        self._saved_at = float("-inf")
        self._free, self._free_at = 0, float("-inf")
        self._other_problem = ""

    def look(self, library: Library, problem: str = "") -> None:
        """Take in the library, and what became of files that were made. Call it once a second or so.

        `problem`: a sentence about another index of the box, to be told with what is wrong here.
        """
        self._other_problem = problem
        if library != self._library and not library.problems:
            self._library, self._is_clear = library, False
            self._follow(library)
        if not self._is_clear:
            self._is_clear = self._forget(library)
        self._mend()
        self._save()

    def _follow(self, library: Library) -> None:
        before = self._tasks
        found = [task for record in library.shown for task in self._tasks_of(record)]
        self._tasks = {task.key: before.get(task.key, task) for task in found}
        if self._running is not None and self._running[0].key not in self._tasks:
            self.stop()

    def _tasks_of(self, record: PackRecord) -> list[Task]:
        kinds = [Kind.WORDS] if self._wanted_of(record).nothing else [Kind.SIDE, Kind.WORDS]
        return [Task(kind, record, SideState(record.stamp)) for kind in kinds]

    def _wanted_of(self, record: PackRecord) -> Wanted:
        key = record.id, record.stamp
        if key not in self._wanted:
            files = [self._data.packs / name for name in (*record.files[:1], *record.layers)]
            has_documents = holds_documents(files)
            self._wanted[key] = Wanted(not record.has_fulltext_index, not record.has_title_index, has_documents)
        return self._wanted[key]

    def _forget(self, library: Library) -> bool:
        """Take away what was made of packs that left or changed; False where it has to be done again."""
        clear_index(self._data, library)
        try:
            forget_words(self._data.word_list, [(record.id, record.stamp) for record in library.shown])
        except Busy:
            return False
        except IdeascubeError as error:
            log.warning("%s", error)
        return True

    def _mend(self) -> None:
        """Begin those tasks anew whose files are not any more what they were."""
        damaged = self._files.damaged(self._tasks.values())
        if not self._data.word_list.exists():
            damaged += [task for task in self._tasks.values() if task.kind is Kind.WORDS and task.is_done]
        for task in damaged:
            if self._running is not None and self._running[0] is task:
                self.stop()
            task.begin_anew()

    # Doing it

    def work(self, until: float) -> None:
        """Let the tasks go on until this time, and begin others when they end."""
        while self._clock() < until and not is_stopping():
            if self._running is None and not self._begin():
                rest(until - self._clock())
                return
            self._hear(until)

    def _begin(self) -> bool:
        task = next_task(self._tasks.values(), self._clock(), self._room_now())
        if task is None:
            return False
        wanted = self._wanted_of(task.record)
        work = partial(do_task, task, wanted, self._data, self._room, first=task.kind not in self._begun)
        self._begun.add(task.kind)
        self._running = task, Apart(work, MEMORY, SILENCE)
        return True

    def _room_now(self) -> int:
        if self._clock() - self._free_at > _LOOK_AT_ROOM:
            self._free_at = self._clock()
            with contextlib.suppress(OSError):
                self._free = self._room.free()
        return self._free

    def _hear(self, until: float) -> None:
        assert self._running is not None
        task, apart = self._running
        known = {each.problem for each in self._tasks.values()}
        told = apart.read(until - self._clock())
        for words in told:
            task.hear(words, self._clock())
        if apart.ended:
            self._running = None
            if apart.status != 0:
                task.died()
        if task.problem and task.problem not in known:  # what one pack lacks room for has one sentence, not two
            log.warning("%s", task.problem)
        if any("segments" in words for words in told):
            self._save()

    @property
    def has_work(self) -> bool:
        """Whether something runs, or waits and may be begun."""
        due = next_task(self._tasks.values(), self._clock(), self._room_now())
        return self._running is not None or due is not None

    def pause(self) -> None:
        """Let what runs stand still, as something else has its turn."""
        if self._running is not None:
            self._running[1].pause()

    def resume(self) -> None:
        if self._running is not None:
            self._running[1].resume()

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs, and nothing is left to be done but what failed."""
        waiting = (task for task in self._tasks.values() if not (task.is_done or task.problem))
        return self._running is None and not any(waiting)

    def stop(self) -> None:
        """End what runs: at most the segment that is being made is lost."""
        if self._running is not None:
            self._running[1].kill()
            self._running = None

    # What is told to others

    def _save(self) -> None:
        state = self._state()
        is_other = _without_shares(state) != _without_shares(self._saved)
        is_due = state != self._saved and self._clock() - self._saved_at >= _SAVE_EVERY
        if not is_other and not is_due and self._data.indexing_file.exists():
            return
        self._saved, self._saved_at = state, self._clock()
        try:
            save_state(state, self._data.indexing_file)
        except OSError as error:
            log.warning("How far the indexing is cannot be written to %s: %s.", self._data.cache, error.strerror)

    def _state(self) -> IndexingState:
        sides = {task.record.id: self._side_state(task) for task in self._tasks.values() if task.kind is Kind.SIDE}
        problems = (Problem(task.record.id, task.problem) for task in self._tasks.values() if task.problem)
        other = [Problem("", self._other_problem)] if self._other_problem else []
        return IndexingState(sides, tuple(dict.fromkeys((*other, *problems))))

    def _side_state(self, task: Task) -> SideState:
        """A pack with an index of its own is said to be prepared only where something was found that it lacks."""
        is_unknown = not task.side.total and not self._wanted_of(task.record).pages
        return replace(task.side, complete=task.side.complete or is_unknown, held=bool(task.problem))


def _without_shares(state: IndexingState) -> object:
    return {pack: replace(side, done=0) for pack, side in state.sides.items()}, state.problems
