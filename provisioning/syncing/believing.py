"""What signed catalogues say in this run: asked, verified, and kept; or as it was kept, where there is no line.

Whom to believe is decided in `trust`; here failures of one hub leave the others going.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from content_packs.errors import IdeascubeError, NotThere, Refused
from provisioning import catalogues, trust
from provisioning.catalogues import Source, Web
from provisioning.notices import Notice
from provisioning.storage import Storage, open_storage
from provisioning.syncing.failures import Ended, notice
from provisioning.syncing.setting import Setting
from provisioning.trust.kept import Kept


@dataclass(frozen=True, slots=True)
class Believed:
    """A signed catalogue, and where its files are taken from in this run."""

    source: Source
    catalogue: trust.Catalogue
    place: str


async def believe(setting: Setting, source: Source, web: Web) -> Believed | None:
    """The catalogue as it is now, else as it was last known; None where nothing is known. Raises Ended."""
    content = await _asked(setting, source, web)
    return kept_catalogue(setting, source) if content is None else _read(setting, source, content)


def kept_catalogue(setting: Setting, source: Source) -> Believed | None:
    """The catalogue as it was last known."""
    content = Kept(trust.trust_folder(setting.data, source.name)).catalogue()
    return None if content is None else _read(setting, source, content)


def _read(setting: Setting, source: Source, content: bytes) -> Believed | None:
    with setting.board.failing("catalogue", source.name):
        catalogue, _ = trust.Catalogue.from_bytes(content)
        return Believed(source, catalogue, setting.place or source.url)
    return None


async def _asked(setting: Setting, source: Source, web: Web) -> bytes | None:
    try:
        async with open_place(setting, source, setting.pace.count_in) as storage:
            found = await trust.refresh_noted(source.name, storage, setting.data, setting.clock)
            setting.clock = setting.clock.told(storage.server_time).having_seen(found.metadata.published)
    except Ended:
        raise
    except IdeascubeError as error:
        _note(error, setting, source)
        return None
    for each in found.warnings:
        setting.board.warning(each)
    if not setting.place:
        await _keep(setting, source, web, found.content)
    return found.content


def _note(error: IdeascubeError, setting: Setting, source: Source) -> None:
    """An older copy on a stick is one, and what it has of what is wanted is good all the same; so is a stick that holds
    nothing but what boxes put on it.
    """
    code = "refused" if isinstance(error, Refused) else "catalogue"
    if not setting.place or not isinstance(error, Refused | NotThere):
        setting.board.fail(error, code, source.name)
    elif isinstance(error, Refused):
        setting.board.warning(notice(error, code, source.name))


def open_place(setting: Setting, source: Source, on_bytes: Callable[[int], None]) -> Storage:
    """Where files of the hub are taken from in this run."""
    place = setting.place or source.url
    check_time = not setting.clock.is_behind
    return open_storage(place, setting.data.keys, on_bytes, check_time=check_time)


async def _keep(setting: Setting, source: Source, web: Web, content: bytes) -> None:
    """For searches, and for the times without a line."""
    with setting.board.failing("catalogue", source.name):
        refreshed = await catalogues.refresh(source, setting.data, web, verified=content)
        tell(setting, refreshed)


def tell(setting: Setting, refreshed: catalogues.Refreshed) -> None:
    """What a refresh found wrong, and what waits for a person."""
    for sentence in refreshed.problems:
        setting.board.warning(Notice("catalogue", sentence, refreshed.source.name))
    for held in refreshed.held:
        title = held.title or held.id or refreshed.source.name
        sentence = f"“{title}” of {refreshed.source.name} shrank suspiciously and waits for a person's decision."
        setting.board.warning(Notice("held-back", sentence, held.id))
