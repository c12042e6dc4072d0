"""Whether a file may be shown to people: what stands before every installation.

Only what would make a pack useless or a liar refuses it: it doesn't open, its checksum is wrong. What a careful author
would mend (a missing description, a dangling link) are warnings of the same check, which `ideascube pack check` shows.
"""

from __future__ import annotations

from pathlib import Path

from content_packs.check import check_pack
from content_packs.errors import BrokenPack
from content_packs.store.scan import describe_file


def verify_pack(path: Path) -> None:
    """Read the whole file once against its own checksum. Raises BrokenPack with what is wrong."""
    problem = describe_file(path).problem
    if problem is not None:
        raise BrokenPack(problem)
    for finding in check_pack(path, entries=False):
        if finding.severity == "error":
            raise BrokenPack(f"{path.name} is damaged: {finding.what}. {finding.cure}.")
