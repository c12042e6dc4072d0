"""What is wrong with a page's links. The builder and the check both ask here; where an address leads is in `links`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from content_packs.finding import Finding
from content_packs.links import Link, resolve

_SHOWN = 300  # characters of an address, which may be a whole picture


def link_findings(page: str, links: Iterable[Link], exists: Callable[[str], bool]) -> Iterator[Finding]:
    """Each link of the page at path `page` that leads nowhere, to the internet for what it shows, or has no address.

    `exists` says whether the pack has an entry of that path. All are warnings.
    """
    for link in dict.fromkeys(links):
        address = link.address[:_SHOWN]
        if link.loaded and link.leads_to_other_host:
            what = f"it loads {address} from the internet, which a box does not have"
            yield Finding("warning", page, what, "Put the file in the pack")
        elif not link.address:
            yield Finding("warning", page, "it has an empty link", "Give it an address or remove it")
        elif (target := resolve(page, link.address)) is not None and not exists(target):
            what = f"it links to {address}, and there is no {target[:_SHOWN]}"
            yield Finding("warning", page, what, "Correct the link or add the file")
