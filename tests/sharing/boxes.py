"""Boxes that exchange what is made on them, as the jobs process and a sync do it, without a network between them."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from content_packs.box_key import box_key
from content_packs.store.data_folder import DataFolder
from content_packs.store.library import Library
from ideascube.box_db.box_facts import NAME, set_fact
from ideascube.box_db.creations import change_state, load, load_shown, new_creation, save_version
from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.people import add_account
from ideascube.box_db.sharing import load_of_creation, share
from ideascube.box_db.sharing_rows import Shared, sharing_named
from ideascube.creations.cleaning import clean_body
from ideascube.creations.model import Creation, Fields, Words, fields_of
from ideascube.creations.states import Deed
from ideascube.sharing.inbox_keeper import InboxKeeper
from ideascube.sharing.outbox_keeper import OutboxKeeper
from ideascube.sharing.versions import name_of
from tests.creations.making import AMINA, fields


@dataclass
class SharingBox:
    """A box's data folder and its keepers, which run on. Each deed is one transaction, as on its pages."""

    data: DataFolder

    def __post_init__(self) -> None:
        self._outbox, self._inbox = OutboxKeeper(self.data), InboxKeeper(self.data)

    @property
    def id(self) -> str:
        return box_key(self.data.keys).id

    def do(self, deed: Any, *args: Any, **more: Any) -> Any:
        with box_database(self.data.root / "box.db") as connection, transaction(connection):
            return deed(connection, *args, **more)

    def published(self, said: Fields | None = None, work: str = "") -> str:
        creation: str = self.do(new_creation, said or fields(), AMINA, work)
        self.do(change_state, creation, Deed.PUBLISH, 1)
        return creation

    def shared(self, said: Fields | None = None, work: str = "") -> str:
        """The id of something that readers see and that is to leave the box."""
        creation = self.published(said, work)
        assert self.share(creation)
        return creation

    def share(self, creation: str, *, is_shared: bool = True) -> bool:
        return bool(self.do(share, creation, AMINA, self.id, is_shared=is_shared))

    def change(self, creation: str, *, publish: bool = True, **said: Any) -> None:
        """Somebody changes it; `title`: in its own language. A body is saved as the writing page saves it."""
        now = self.newest(creation)
        if "body" in said:
            said["body"] = clean_body(said["body"])
        if "title" in said:
            said["texts"] = {now.language: Words(said.pop("title"), "In short.")}
        saved = self.do(save_version, creation, now.version, msgspec.structs.replace(fields_of(now), **said), AMINA)
        if publish:
            self.do(change_state, creation, Deed.PUBLISH, saved.version)

    def newest(self, creation: str) -> Creation:
        found = self.do(load, creation)
        assert found is not None
        return found  # type: ignore[no-any-return]

    def shown(self, creation: str) -> Creation | None:
        return self.do(load_shown, creation)  # type: ignore[no-any-return]

    def row(self, name: str) -> Shared:
        found = self.do(sharing_named, name)
        assert found is not None
        return found  # type: ignore[no-any-return]

    def here(self, name: str) -> str:
        """The id that something has on this box."""
        creation = self.row(name).creation
        assert creation is not None
        return creation

    def others(self, creation: str) -> list[Any]:
        return self.do(load_of_creation, creation).others  # type: ignore[no-any-return]

    def refused(self) -> list[tuple[str, str]]:
        with box_database(self.data.root / "box.db") as connection:
            return connection.execute("SELECT why, detail FROM sharing_refused ORDER BY turn").fetchall()

    def pack(self) -> None:
        """What its jobs process does to what goes out."""
        self._outbox.look(Library())

    def parcels(self) -> dict[str, dict[str, Any]]:
        folder = self.data.outbox / "parcels"
        return {path.name: json.loads(path.read_bytes()) for path in sorted(folder.glob("*.json"))}

    def take_in(self) -> None:
        """What its jobs process does to what came."""
        for _ in range(20):
            self._inbox.look()


def a_box(root: Path, name: str) -> SharingBox:
    data = DataFolder(root / name)
    data.create()
    box = SharingBox(data)
    box.do(set_fact, NAME, name)
    assert AMINA.id == box.do(add_account, AMINA.name, AMINA.role, "-").id
    return box


def bring(sender: SharingBox, receiver: SharingBox, *, accepted: bool = True) -> None:
    """What a sync does: the files, then the parcels of what the sender has in its outbox. `accepted`: by an editor."""
    sender.pack()
    files, parcels = receiver.data.inbox / "files", receiver.data.inbox / "parcels"
    files.mkdir(parents=True, exist_ok=True)
    parcels.mkdir(exist_ok=True)
    for name, parcel in sender.parcels().items():
        if parcel["kind"] == "creation":
            put(sender, receiver, parcel, f"{sender.id}.{name}", accepted=accepted)


def put(sender: SharingBox, receiver: SharingBox, parcel: dict[str, Any], name: str, *, accepted: bool = True) -> None:
    """One parcel with its files."""
    for file in parcel["files"]:
        shutil.copy(sender.data.root / file["path"], receiver.data.inbox / "files" / file["sha256"])
    content = json.dumps({**parcel, "accepted": accepted})
    (receiver.data.inbox / "parcels" / name).write_text(content)


def exchange(sender: SharingBox, receiver: SharingBox, *, accepted: bool = True) -> None:
    """Sent, and taken in."""
    bring(sender, receiver, accepted=accepted)
    receiver.take_in()


def name_on(box: SharingBox, creation: str) -> str:
    """What all boxes call what was made there."""
    return name_of(box.id, creation)
