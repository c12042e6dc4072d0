"""What a build is told beside its folder."""

from __future__ import annotations

from dataclasses import dataclass

from content_packs.media.conversion import SHORT_SIDE


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """`convert`: make films and sounds that not every phone plays into ones that it does.

    `height`: of a converted film in pixels (of one that stands, the width); nothing is made larger.
    """

    convert: bool = False
    height: int = SHORT_SIDE
