"""Objects that nothing needs any more leave the hub, long after that was first seen.

Long: a box that sends a film over a bad link needs months until its list names the objects.
"""

from __future__ import annotations

from datetime import date, timedelta

from content_packs.errors import BadInput, BrokenPack
from provisioning.hub.collect.record import Record
from provisioning.outgoing.asking import Asking
from provisioning.outgoing.incoming import accepted_creations
from provisioning.outgoing.learning import read_pages
from provisioning.outgoing.objects import FOLDER, is_object_name, object_path
from provisioning.outgoing.pages import read_page
from provisioning.trust.catalogue import Catalogue

KEPT_FOR = timedelta(days=180)


async def clear_objects(asking: Asking, record: Record, needed: set[str], catalogue: Catalogue, today: date) -> int:
    """Delete what no list (`needed`) and no accepted creation has named for long; how many it were.

    Nothing is deleted where a page of the catalogue cannot be read, or nobody can say what the storage has.
    """
    try:
        wanted = needed | await _accepted(asking, catalogue)
        there = [path.rpartition("/")[2] async for path in asking.storage.list(FOLDER)]
    except (BadInput, BrokenPack):
        return 0
    unneeded = {name for name in there if is_object_name(name)} - wanted
    record.unneeded = {name: record.unneeded.get(name, today) for name in sorted(unneeded)}
    due = [name for name, since in record.unneeded.items() if is_due(since, today)]
    for name in due:
        await asking.storage.delete(object_path(name))
        del record.unneeded[name]
    return len(due)


def is_due(since: date, today: date) -> bool:
    return since + KEPT_FOR <= today


async def _accepted(asking: Asking, catalogue: Catalogue) -> set[str]:
    names = set()
    for creation in accepted_creations(catalogue.creations):
        names |= set(creation.page)
        for sent in read_page(await read_pages(asking, creation.page)):
            names |= {each.name for segments in sent.segments.values() for each in segments}
    return names
