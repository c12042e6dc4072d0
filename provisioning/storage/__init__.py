"""Where a hub lies: a folder or stick, an object store, any web server. One interface for all of them."""

from provisioning.storage.opening import open_storage
from provisioning.storage.storage import Answer, Storage

__all__ = ["Answer", "Storage", "open_storage"]
