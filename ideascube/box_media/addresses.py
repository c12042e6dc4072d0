"""Where files that people brought are, as addresses of the app and as places in the data folder. Pure."""

from __future__ import annotations

from pathlib import Path

from content_packs.store.data_folder import DataFolder
from ideascube.box_media.model import Media, Role

ORIGINAL = "original"  # in an address, instead of the name of a made file
MEDIA_ID = "[0-9a-f]{64}"


def media_address(media: Media, role: Role = Role.MAIN) -> str:
    """Where what was made for this use is served; empty where nothing was."""
    made = media.file(role)
    return f"/media/{media.id}/{made.name}" if made else ""


def media_folder(data: DataFolder, media_id: str) -> Path:
    return data.media / media_id[:2] / media_id


def working_folder(data: DataFolder, media_id: str) -> Path:
    """Where what is made of a file is put together; emptied when the box starts."""
    return data.media / "working" / media_id


def made_folder(data: DataFolder, media_id: str) -> Path:
    return media_folder(data, media_id) / "made"
