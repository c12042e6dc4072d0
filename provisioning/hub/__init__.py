"""An organisation's hub as the operator sees it: made, published to, its keys changed. docs/formats/hub.md.

`change_catalogue` is how anything in the signed catalogue changes; what changes is said by the pure functions of
`changes`. What boxes send there is collected by `collect`.
"""

from provisioning.hub.changes import with_box, with_pack, with_parcels, without_box, without_pack
from provisioning.hub.hub import Hub, open_hub
from provisioning.hub.publishing import Session, change_catalogue

__all__ = [
    "Hub",
    "Session",
    "change_catalogue",
    "open_hub",
    "with_box",
    "with_pack",
    "with_parcels",
    "without_box",
    "without_pack",
]
