"""Which kind of storage an address means."""

from __future__ import annotations

from pathlib import Path

from content_packs.errors import BadInput, NotAllowed
from content_packs.store.durable import make_folder
from provisioning.addresses import OBJECT_STORES, WEB, path_of, split
from provisioning.storage.folder import FolderStorage
from provisioning.storage.storage import OnBytes, Storage


def open_storage(
    url: str,
    keys_folder: Path | None = None,
    on_bytes: OnBytes = lambda count: None,
    *,
    make: bool = False,
    check_time: bool = True,
) -> Storage:
    """The storage at an address: `https://`, `http://`, `s3://`, `gs://`, `az://`, `file://`, or the path of a folder.

    Nothing is asked of the network yet. `keys_folder`: where stores.yml lies. `make`: make the folder where there is
    none. `check_time`: False on a box whose clock cannot be right: then certificates are checked in everything but
    their dates, which is enough where what is read is signed, and all that is possible.

    Raises BadInput for an address of another kind, NotAllowed for a folder that cannot be made.
    """
    scheme = split(url).scheme
    if scheme in WEB:
        from provisioning.storage.web_server import WebStorage

        return WebStorage(url, keys_folder, on_bytes, check_time=check_time)
    if scheme in OBJECT_STORES:
        from provisioning.storage.object_store import ObjectStorage, object_store

        return ObjectStorage(url, object_store(url, keys_folder), on_bytes)
    return FolderStorage(_folder(url, make=make), on_bytes)


def _folder(url: str, *, make: bool) -> Path:
    parts = split(url)
    if "://" in url and (parts.scheme != "file" or parts.netloc):
        raise BadInput(
            f"{url} is no address of a hub: it begins with https://, http://, s3://, gs://, az:// or file://."
        )
    folder = path_of(url)
    if make:
        try:
            make_folder(folder)
        except OSError as error:
            raise NotAllowed(f"The folder {folder} cannot be made: {error.strerror}.") from error
    return folder
