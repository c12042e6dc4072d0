"""What an installation is told, and what it tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from content_packs.errors import Refused
from content_packs.store.found import FoundPack
from content_packs.store.library import PackRecord
from content_packs.store.origin import Origin
from content_packs.store.verify import NOT_ANNOUNCED, Announced, verify_pack

Progress = Callable[[int, int], None]
NO_PROGRESS: Progress = lambda done, total: None  # noqa: E731
Verify = Callable[[FoundPack], PackRecord]


@dataclass(frozen=True, slots=True)
class Options:
    """How to install. `move`: take the source away afterwards. `older`: also what is older than what is there.

    `reserve`: bytes to keep free, None for the usual. `announced`: what the source has to be. `verify` stands before
    the pack is shown: it gives the record of what it is given, or raises BrokenPack. `origin`: where the source came
    from, None where nobody knows. `pack`: the id of the only pack that may be replaced, empty for whichever the source
    is a version of: a file says itself which one it is, and whoever made it may have said what is not theirs.
    """

    move: bool = False
    older: bool = False
    reserve: int | None = None
    announced: Announced = NOT_ANNOUNCED
    verify: Verify = verify_pack
    origin: Origin | None = None
    pack: str = ""

    @property
    def sha256(self) -> str:
        """Of the whole, in hexadecimal digits, or empty."""
        return self.announced.hashes.sha256 if self.announced.hashes else ""

    def refuse_other(self, target: str, source: str) -> None:
        """Raise Refused where the file called `source` would take the place of a pack `target` that is not meant."""
        if self.pack and target != self.pack:
            raise Refused(
                f"{source} came as “{self.pack[:100]}” and says that it is a version of “{target}”, which is another "
                "pack of this library: it was refused, and nothing was changed."
            )


USUAL = Options()


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation did: the pack's id, and whether it was there before, or even this very version of it."""

    id: str
    replaced: bool = False
    unchanged: bool = False
