"""Noticing that a file of an index became another one, or left, since it was found whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import file_stamp
from ideascube.indexing.segments import side_folder
from ideascube.indexing.tasks import Kind, Task

_Key = tuple[str, str, str]  # pack, stamp, name of the file


class MadeFiles:
    """The files of side indexes, each as it was when its task told of it first."""

    def __init__(self, data: DataFolder) -> None:
        self._data = data
        self._known: dict[_Key, object] = {}

    def damaged(self, tasks: Iterable[Task]) -> list[Task]:
        """The tasks of which a file changed since the last call. Looks at each file's date, and reads none."""
        now = {key: (task, file_stamp(self._path(key))) for task in tasks for key in _keys(task)}
        other = [task for key, (task, found) in now.items() if found is None or self._known.get(key, found) != found]
        self._known = {key: found for key, (task, found) in now.items() if task not in other}
        return list({task.key: task for task in other}.values())

    def _path(self, key: _Key) -> Path:
        pack, stamp, name = key
        return side_folder(self._data, pack, stamp) / name


def _keys(task: Task) -> Iterator[_Key]:
    if task.kind is Kind.SIDE:
        for name in task.side.segments:
            yield task.record.id, task.record.stamp, name
