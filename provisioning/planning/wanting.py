"""Which entry of `box.yml` decides about a pack: the most particular one. A rule only."""

from __future__ import annotations

from collections.abc import Sequence

from provisioning.planning.known import Known
from provisioning.planning.wishes import Want


def most_particular(wants: Sequence[Want], pack: Known) -> Want | None:
    """One that names the pack; else one that wants it absent; else the first in the file that fits."""
    fitting = [want for want in wants if pack.is_meant(want)]
    return min(fitting, key=lambda want: (want.is_pattern, not want.absent, want.line), default=None)
