"""What an organisation says of its packs, and how a box knows that it is the organisation who says it.

A box begins with a fingerprint (`begin`) and then asks for news (`refresh`); `Catalogue` is what it hears, `offers`
what it can fetch by it. Publishing is in `provisioning.hub`.
"""

from provisioning.trust.catalogue import Catalogue, EnrolledBox, SignedDelta, SignedPack, Withdrawn
from provisioning.trust.clock import Clock
from provisioning.trust.offers import offers
from provisioning.trust.refresh import Refreshed, begin, refresh, refresh_noted, seen_clock, trust_folder

__all__ = [
    "Catalogue",
    "Clock",
    "EnrolledBox",
    "Refreshed",
    "SignedDelta",
    "SignedPack",
    "Withdrawn",
    "begin",
    "offers",
    "refresh",
    "refresh_noted",
    "seen_clock",
    "trust_folder",
]
