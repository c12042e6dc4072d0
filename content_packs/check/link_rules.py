"""What is wrong with the links of a pack's pages. The builder and the check both ask here; where an address leads is
in `links`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from content_packs.finding import Finding
from content_packs.links import Link, resolve

NAMED = 3  # pages with the same wrong link that are named
_LIMIT = 20_000  # different wrong links that are remembered
_SHOWN = 300  # characters of an address, which may be a whole picture


@dataclass(slots=True)
class _Wrong:
    """One thing that is wrong on `count` pages, of which `pages` are the first."""

    what: str
    cure: str
    pages: list[str] = field(default_factory=list)
    count: int = 0

    def finding(self) -> Finding:
        first, *others = self.pages
        more = self.count - len(self.pages)
        rest = f" and {more} more page{'' if more == 1 else 's'}" if more else ""
        like_it = f", and so do {', '.join(others)}{rest}" if others else ""
        return Finding("warning", first, self.what + like_it, self.cure)


class PackLinks:
    """The links of all pages, told page by page. What is wrong on many pages alike is one finding.

    `exists` says whether the pack has an entry of a path.
    """

    def __init__(self, exists: Callable[[str], bool]) -> None:
        self._exists = exists
        self._wrong: dict[tuple[str, str], _Wrong] = {}

    def see(self, page: str, links: Iterable[Link]) -> None:
        """The links of the page at path `page`."""
        seen: set[tuple[str, str]] = set()
        for link in dict.fromkeys(links):
            found = self._look_at(page, link)
            if found is not None and found[0] not in seen:
                seen.add(found[0])
                self._note(page, *found)

    def _look_at(self, page: str, link: Link) -> tuple[tuple[str, str], str, str] | None:
        """What is wrong with a link: what makes it the same as another one, a sentence and its cure."""
        address = link.address[:_SHOWN]
        if link.loaded and link.leads_to_other_host:
            what = f"it loads {address} from the internet, which a box does not have"
            return ("loads", address), what, "Put the file in the pack"
        if not link.address:
            return ("empty", ""), "it has an empty link", "Give it an address or remove it"
        target = resolve(page, link.address)
        if target is None or self._exists(target):
            return None
        shown = target[:_SHOWN]
        what = f"it links to {address}, and there is no {shown}"
        return ("missing", shown), what, "Correct the link or add the file"

    def _note(self, page: str, key: tuple[str, str], what: str, cure: str) -> None:
        wrong = self._wrong.get(key)
        if wrong is None:
            if len(self._wrong) >= _LIMIT:
                return
            wrong = self._wrong[key] = _Wrong(what, cure)
        wrong.count += 1
        if len(wrong.pages) < NAMED:
            wrong.pages.append(page)

    def findings(self) -> Iterator[Finding]:
        """Links that lead nowhere, to the internet for what a page shows, or have no address. All are warnings."""
        return (wrong.finding() for wrong in self._wrong.values())
