"""A page of pictures that no other page shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its path, its thumbnail's, what it is called."""

    path: str
    thumbnail: str
    title: str


@dataclass(frozen=True, slots=True)
class Gallery:
    """The pictures of one folder; empty for the folder of the pack itself."""

    folder: str
    pictures: tuple[Picture, ...]

    def page(self, part: int = 1) -> str:
        return f"_pack/galleries/{self.folder or '_'}{'' if part == 1 else f'.{part}'}.html"

    def title(self, pack_title: str) -> str:
        return self.folder.rpartition("/")[2] or pack_title
