"""Whether an offer is the same version as what is here, an older or a newer one. Rules only."""

from __future__ import annotations

import re

from provisioning.offers import Offer
from provisioning.planning.keys import plain_uuid
from provisioning.planning.situation import Holding

_WHOLE_DATE = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


def whole_date(date: str) -> str:
    """`date` where it is YYYY-MM-DD, else empty: others are not compared."""
    return date if _WHOLE_DATE.fullmatch(date) else ""


def is_same(offer: Offer, holding: Holding) -> bool:
    """Whether the offer is what is here. A file's own UUID says so; a flattened one has another, but the version."""
    here, there = holding.manifest, offer.manifest
    if here.zim.uuid and plain_uuid(here) == plain_uuid(there):
        return True
    if holding.sha256 and not holding.layers and holding.sha256 == offer.sha256:
        return True
    knows_no_better = not (here.zim.uuid and there.zim.uuid)
    return bool(here.version or knows_no_better) and (here.version, here.date) == (there.version, there.date)


def is_older(offer: Offer, holding: Holding) -> bool:
    new, here = whole_date(offer.manifest.date), whole_date(holding.manifest.date)
    return bool(new and here) and new < here


def is_news(offer: Offer, holding: Holding, *, is_offered: bool) -> bool:
    """Whether the offer is a later version of what is here.

    Where their days do not tell, it is only if the catalogue that it came from has gone on to another one (`is_offered`
    is False): two catalogues, or two entries of one, would else take turns.
    """
    if is_same(offer, holding):
        return False
    new, here = whole_date(offer.manifest.date), whole_date(holding.manifest.date)
    if new and here and new != here:
        return new > here
    theirs, ours = offer.manifest.provenance.edition, holding.manifest.provenance.edition
    if theirs and ours:
        return theirs > ours
    has_gone_on = offer.catalogue == holding.catalogue and not is_offered
    return has_gone_on and offer.manifest.version != holding.manifest.version
