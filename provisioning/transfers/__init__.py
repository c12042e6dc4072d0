"""How files arrive over bad lines: in pieces that count once they are proved and on the disk, and never come twice.

docs/formats/arriving.md says what lies on the disk meanwhile. Which files, and when, is the plan's.
"""

from content_packs.errors import Unfinished
from content_packs.pieces import Pieces
from provisioning.transfers.adopting import adopt, mend
from provisioning.transfers.clearing import arrived, clear, discard
from provisioning.transfers.disk_pace import DiskPace
from provisioning.transfers.fetching import fetch
from provisioning.transfers.line import Limits, Line
from provisioning.transfers.wanted import Wanted

__all__ = [
    "DiskPace",
    "Limits",
    "Line",
    "Pieces",
    "Unfinished",
    "Wanted",
    "adopt",
    "arrived",
    "clear",
    "discard",
    "fetch",
    "mend",
]
