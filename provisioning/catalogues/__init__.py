"""Catalogues: which packs can be had, where, and what they are called from one catalogue and one year to the next.

`refresh` asks a catalogue, and keeps what it says below `sync/`; `offers` reads that, without a connection; `resolve`
asks for what has to be known of one offer before its file is fetched. How files are fetched is in `transfers`, which of
them in `planning`, whether a signed catalogue is the organisation's in `trust`.
"""

from provisioning.catalogues.aliases import known_aliases
from provisioning.catalogues.deciding import waiting
from provisioning.catalogues.naming import identity_of, names_of, offers_called
from provisioning.catalogues.refreshing import Refreshed, refresh
from provisioning.catalogues.resolving import resolve
from provisioning.catalogues.searching import offers
from provisioning.catalogues.sources import Source, source_called, sources
from provisioning.catalogues.web import Web, open_web

__all__ = [
    "Refreshed",
    "Source",
    "Web",
    "identity_of",
    "known_aliases",
    "names_of",
    "offers",
    "offers_called",
    "open_web",
    "refresh",
    "resolve",
    "source_called",
    "sources",
    "waiting",
]
