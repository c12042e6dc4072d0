"""Where a course is: in a pack that is open, or on this box in no pack; and what its pictures' paths mean there."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from content_packs.pack_id import OWN
from content_packs.store.library import PackRecord
from content_packs.zim.reader import PackReader
from ideascube.teaching.model import Origin
from ideascube.teaching.places import InPack, OfMedia, read_place
from ideascube.web.cards import kind_drawing, picture_address
from ideascube.web.raw import raw_path


@dataclass(frozen=True, slots=True)
class CourseSource:
    """`id` is the pack's, or `OWN`; `language` its main one; `maker` who is named on a certificate.

    `origin` is the course of a pack that one made here was made of.
    """

    id: str
    language: str
    picture: str
    maker: str = ""
    reader: PackReader | None = None
    origin: Origin | None = None

    def file_address(self, path: str) -> str:
        """The app's address of a picture or sound that the course names."""
        return own_file_address(path) if self.id == OWN else raw_path(self.id, path)


def source_of(record: PackRecord, reader: PackReader) -> CourseSource:
    """A pack's courses."""
    manifest = record.manifest
    return CourseSource(
        id=record.id,
        language=manifest.language if manifest else "",
        picture=picture_address(record),
        maker=(manifest.publisher or manifest.creator) if manifest else "",
        reader=reader,
    )


def own_source(language: str, picture: str, maker: str, origin: Origin | None) -> CourseSource:
    """A course made on this box, whose main language and picture are its own."""
    address = own_file_address(picture) or kind_drawing("course")
    return CourseSource(id=OWN, language=language, picture=address, maker=maker, origin=origin)


def own_file_address(path: str) -> str:
    """The same for a course made here; empty for what is no file."""
    place = read_place(path)
    if isinstance(place, OfMedia):
        return f"/media/{place.id}/{quote(place.name, safe='')}"
    return raw_path(place.pack, place.path) if isinstance(place, InPack) else ""
