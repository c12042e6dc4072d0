"""A pack as the app's pages show it: its words in the visitor's language, and the addresses that lead to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from aiohttp import web

from content_packs.manifest import best_language
from content_packs.store.library import PackRecord
from ideascube.web import wording
from ideascube.web.context import LIBRARY, ORIGINS
from ideascube.web.i18n import interface_language, visitor_languages
from ideascube.web.static import static_address


@dataclass(frozen=True, slots=True)
class Card:
    """`lang` is what the title is written in, as far as one knows; `open` leads to the pack's own origin.

    `picture` is empty where the pack has none. `unsigned`: the catalogue that the pack came from, if nobody signed it.
    """

    id: str
    title: str
    description: str
    lang: str
    languages: str
    kind: str
    size: int
    open: str
    page: str
    picture: str
    unsigned: str = ""


def make_card(request: web.Request, record: PackRecord) -> Card:
    """The card of a pack that is shown (it has a manifest)."""
    manifest = record.manifest
    assert manifest is not None
    spoken = visitor_languages(request)
    return Card(
        id=record.id,
        title=manifest.title_in(*spoken),
        description=manifest.description_in(*spoken),
        lang=best_language(manifest.titles, spoken) or manifest.language,
        languages=wording.languages_text(manifest.languages, interface_language(request)),
        kind=wording.known_kind(manifest.kind),
        size=record.size,
        open=request.app[ORIGINS].content(request, record.id, manifest.main_in(*spoken)),
        page=page_address(record.id),
        picture=picture_address(record) if record.illustrations else "",
        unsigned=record.origin.catalogue if record.origin and not record.origin.signed else "",
    )


def pack_title(request: web.Request, pack_id: str) -> str:
    """The pack's title in the visitor's language; its id where nothing is known of it."""
    record = request.app[LIBRARY].get(pack_id)
    return record.manifest.title_in(*visitor_languages(request)) if record and record.manifest else pack_id


def liked_languages(request: web.Request, pack_id: str) -> tuple[str, ...]:
    """For titles: the visitor's languages, then the pack's, its main one first."""
    record = request.app[LIBRARY].get(pack_id)
    of_pack = record.manifest.languages if record is not None and record.manifest is not None else ()
    return (*visitor_languages(request), *of_pack)


def page_address(pack_id: str) -> str:
    return f"/packs/{quote(pack_id, safe='')}"


def picture_address(record: PackRecord) -> str:
    """The pack's own illustration, else the drawing of its kind, which all packs of that kind share."""
    if record.illustrations:
        return f"{page_address(record.id)}/illustration?v={record.stamp}"
    return kind_drawing(record.manifest.kind if record.manifest else "")


def kind_drawing(kind: str) -> str:
    return static_address(f"kind-{wording.known_kind(kind)}.svg")


def in_reading_order(request: web.Request, records: Iterable[PackRecord]) -> list[PackRecord]:
    """Packs in the visitor's languages first, in the order in which they like them; then by title."""
    liked = visitor_languages(request)

    def key(record: PackRecord) -> tuple[int, str, str]:
        manifest = record.manifest
        assert manifest is not None
        ranks = [liked.index(code) for code in manifest.languages if code in liked]
        return min(ranks, default=len(liked)), manifest.title.casefold(), record.id

    return sorted(records, key=key)
