"""Files that come with the form itself, for browsers without scripts: into the media store. Slow: for a thread.

Large ones are uploaded in pieces: `ideascube.receiving`.
"""

from __future__ import annotations

from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import make_folder
from ideascube.box_db.database import NAME, box_database, transaction
from ideascube.box_media.model import Media
from ideascube.box_media.store import examine, take_in
from ideascube.web.forms import SentFile


def take_file(data: DataFolder, sent: SentFile, person: int) -> Media:
    """The file in its place. Raises BadInput for what a box does not take, and what the database raises."""
    arrived = examine(sent.path, sent.name)
    with box_database(data.root / NAME) as connection, transaction(connection):
        return take_in(connection, data, sent.path, arrived, person).media


def folder_for_forms(data: DataFolder) -> None:
    make_folder(data.media / "receiving")
