"""Which catalogues a run asks, and where their files are taken from: `--from` a hub, a copy of one, a stick, a box.

What lies there is believed for the reasons for which the catalogue is: a signed hub by its root, whatever the place.
"""

from __future__ import annotations

from content_packs.errors import BadInput, NotThere
from content_packs.store.data_folder import DataFolder
from provisioning import trust
from provisioning.addresses import is_here, without_secrets
from provisioning.catalogues import Source, sources
from provisioning.outgoing.incoming import boxes_on
from provisioning.planning import Wishes
from provisioning.storage import Storage, open_storage
from provisioning.syncing.setting import hub_at
from provisioning.trust.hub_paths import TIMESTAMP_PATH, root_path
from provisioning.trust.kept import Kept
from provisioning.trust.metadata import TrustedMetadata
from provisioning.trust.refresh import ROOT_LIMIT


def chosen_sources(data: DataFolder, wishes: Wishes) -> tuple[Source, ...]:
    """The catalogues that were added, as far as box.yml wants them. Raises BadInput."""
    return tuple(each for each in sources(data) if not wishes.catalogues or each.name in wishes.catalogues)


async def source_at(place: str, added: tuple[Source, ...], data: DataFolder) -> Source:
    """The catalogue that lies at `place`: with that very address, or a copy of a signed one.

    Raises BadInput where it is none of those that were added, Unfinished and the like where that cannot be found out.
    """
    here = hub_at(place)
    for source in added:
        if source.url.rstrip("/") in (place.rstrip("/"), here.rstrip("/")):
            return source
    async with open_storage(here, data.keys) as storage:
        for source in added:
            if source.is_signed and await _is_copy(source, storage, data):
                return source
        signed = [source for source in added if source.is_signed]
        if is_here(place) and signed and await boxes_on(storage):
            return signed[0]  # boxes put something there, and no hub
        raise BadInput(await _unknown(place, storage))


async def _is_copy(source: Source, storage: Storage, data: DataFolder) -> bool:
    """Whether the root that this box trusts for the catalogue lies there as well."""
    root = Kept(trust.trust_folder(data, source.name)).metadata("root")
    if root is None:
        return False
    version = TrustedMetadata(source.name, root).root.version
    try:
        return await storage.get(root_path(version), ROOT_LIMIT) == root
    except NotThere:
        return False


async def _unknown(place: str, storage: Storage) -> str:
    what, place = "a hub" if await storage.exists(TIMESTAMP_PATH) else "nothing", without_secrets(place)
    return (
        f"{place} is {what} that this box knows: add it with `ideascube catalog add NAME {place}`, for a hub with the "
        "fingerprint that its owner tells you."
    )
