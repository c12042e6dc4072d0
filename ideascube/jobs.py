"""The jobs process: what must not hold up a page. It watches the store, writes the library's file, has packs indexed
and files converted, publishes what is due, and clears away what nobody uses. Each of these is a keeper with a module of
its own; here is their turn.
"""

from __future__ import annotations

import signal
import time
from types import FrameType

from content_packs.store.clearing import clear_at_start
from ideascube.arranging.hidden_keeper import HiddenKeeper
from ideascube.box_media.clearing import MediaKeeper
from ideascube.creations.publishing import CreationKeeper
from ideascube.indexing.index_room import IndexRoom, default_limit
from ideascube.indexing.indexer import Indexer
from ideascube.offering.keeper import SumsKeeper
from ideascube.own_index import FOLDER as OWN_INDEX
from ideascube.own_index.index import OwnIndex
from ideascube.own_index.keeping import OwnIndexKeeper
from ideascube.people.keeping import PeopleKeeper
from ideascube.progress.fading import CardKeeper
from ideascube.receiving.keeper import UploadKeeper
from ideascube.settings import Settings
from ideascube.sharing.inbox_keeper import InboxKeeper
from ideascube.sharing.outbox_keeper import OutboxKeeper
from ideascube.store_watcher import StoreWatcher
from ideascube.syncing.keeper import SyncKeeper
from ideascube.teaching.keeping import CourseKeeper
from ideascube.working.turns import Turns
from ideascube.working.worker import Worker

LOOK_EVERY = 1.0  # seconds


def run_jobs(settings: Settings) -> None:
    """Work until SIGTERM."""
    stopping: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopping.append(number)

    signal.signal(signal.SIGTERM, stop)
    data = settings.data
    clear_at_start(data.packs)
    watcher, hidden = StoreWatcher(data), HiddenKeeper(data)
    indexer = Indexer(data, IndexRoom(data.index, settings.index_limit or default_limit(data.root)))
    index = OwnIndex(data.root / OWN_INDEX)  # one for all, so that what was written is read through once
    own_index = OwnIndexKeeper(data.root / OWN_INDEX, index=index)
    cards = CardKeeper(data, settings.card_days)
    creations = CreationKeeper(data, index=index)
    courses = CourseKeeper(data, index)
    people = PeopleKeeper(data)
    uploads = UploadKeeper(data)
    media = MediaKeeper(data)
    outbox, inbox = OutboxKeeper(data), InboxKeeper(data)
    syncs = SyncKeeper(data)
    worker = Worker(data)
    sums = SumsKeeper(data)
    turns = Turns(worker, indexer, sums)
    while not stopping:
        watcher.look(hidden.look())
        cards.look()
        people.look()
        uploads.look()
        media.look()
        outbox.look(watcher.library)
        inbox.look()
        own_index.look(watcher.library)
        creations.look()
        courses.look()
        syncs.look()
        indexer.look(watcher.library, own_index.problem)
        worker.look()
        sums.look(watcher.library)
        turns.work(time.monotonic() + LOOK_EVERY)
    syncs.stop()
    worker.stop()
    indexer.stop()
    sums.stop()
