"""What the process does that was started for one task. Loads what needs much memory only there."""

from __future__ import annotations

from content_packs.errors import BadInput, BrokenEntry, BrokenPack, IdeascubeError
from content_packs.store.data_folder import DataFolder
from content_packs.store.library import PackRecord
from ideascube.indexing.apart import Tell
from ideascube.indexing.index_room import IndexRoom, NoRoom
from ideascube.indexing.tasks import Kind, Task
from ideascube.indexing.worklist import Wanted

_CLUSTERS = 4 * 1024 * 1024  # bytes of unpacked clusters that are kept


def do_task(task: Task, wanted: Wanted, data: DataFolder, room: IndexRoom, tell: Tell, *, first: bool) -> None:
    """Do it to its end, or tell why that cannot be: {"problem", "needed", "lasting"}. `first`: of its kind."""
    try:
        if task.kind is Kind.SIDE:
            _make_side(task.record, wanted, data, room, tell)
        else:
            _list_words(task.record, data, room, tell, mend=first)
            tell({"complete": True})
    except NoRoom as error:
        tell({"problem": str(error), "needed": error.needed, "lasting": False})
    except (BadInput, BrokenPack, BrokenEntry) as error:
        problem = f"The index of “{task.record.id}” cannot be made: {error}"
        tell({"problem": problem, "needed": 0, "lasting": True})
    except IdeascubeError as error:
        tell({"problem": str(error), "needed": 0, "lasting": False})
    except MemoryError:
        problem = f"The index of “{task.record.id}” cannot be made in the memory that it may take."
        tell({"problem": problem, "needed": 0, "lasting": True})


def _make_side(record: PackRecord, wanted: Wanted, data: DataFolder, room: IndexRoom, tell: Tell) -> None:
    from content_packs.zim.archive import set_cluster_cache
    from ideascube.indexing.side_build import SideBuild

    set_cluster_cache(_CLUSTERS)
    SideBuild(data, record, wanted, room, tell).run()


def _list_words(record: PackRecord, data: DataFolder, room: IndexRoom, tell: Tell, *, mend: bool) -> None:
    from content_packs.store.opening import open_pack
    from ideascube.indexing.words.database import mend_words
    from ideascube.indexing.words.listing import list_words

    if mend:
        mend_words(data.word_list)
    room.need(16 * 1024 * 1024, record.id)
    files, layers = ([data.packs / name for name in names] for names in (record.files, record.layers))
    list_words(record, open_pack(files, layers), data.word_list, lambda done, total: tell({"done": done}))
