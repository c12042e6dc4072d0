"""Where the links of an article lead in quiet reading: other pages quietly, pictures as they lie in the pack."""

from __future__ import annotations

from content_packs.links import entry_path
from ideascube.reading.addresses import read_path
from ideascube.reading.epub_links import INTERNET
from ideascube.reading.sanitising import Links, anchor
from ideascube.web.bar import explained
from ideascube.web.origins import content_path


def links_of(pack_id: str, path: str) -> Links:
    """What the addresses of the page at `path` become. Whether there is anything there shows when one is opened."""

    def link(element: str, attribute: str, address: str) -> str | None:
        if INTERNET.match(address):
            return explained(address) if attribute == "href" else None
        target = entry_path(path, address)
        if target is None:
            return None
        if attribute != "href":
            return content_path(pack_id, target)
        return read_path(pack_id, target, anchor=anchor(address.partition("#")[2]))

    return link
