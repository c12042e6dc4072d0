"""Taking in what a catalogue says, part by part: which offer is kept where it lists one twice, or one that shrank.

What is read is written at once; `Cache` keeps it. Nothing is fetched here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from provisioning.catalogues.aliases import aliases_of, renamed
from provisioning.catalogues.cache import Cache, Row
from provisioning.catalogues.held_back import Seen, has_list_shrunk, has_shrunk, held_back
from provisioning.catalogues.reading import ADDING, DEAD, PROBLEMS_LIMIT, UNCHANGED, WHOLE, Part
from provisioning.decisions import HeldBack
from provisioning.offers import Offer

WHOLE_LIST = ""  # the id by which all of a catalogue waits for a person


@dataclass(slots=True)
class Taking:
    """One refresh of one catalogue under way. `number`: of the refresh; `now`: UTC, as decisions have it.

    `new`: how many packs were not there before; `is_whole`: whether every page was read. Where the catalogue is signed
    a person has decided already: what they take out of a pack has to disappear, and nothing is held back.
    """

    cache: Cache
    catalogue: str
    number: int
    now: str
    before: int = 0
    size_before: int = 0
    is_signed: bool = False
    new: int = 0
    is_whole: bool = True
    problems: list[str] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    held: dict[str, HeldBack] = field(default_factory=dict)

    def take(self, part: Part) -> None:
        """Write the part, so that it stays whatever comes next."""
        self._note(part.problems)
        self.aliases |= part.aliases
        if part.state == UNCHANGED:
            self.cache.touch_page(part.address, self.number)
        if part.state in (ADDING, WHOLE):
            for offer in part.offers:
                self._take_offer(offer, part.address)
            self.aliases |= aliases_of(part.offers)
        if part.state == WHOLE and (part.note.etag or part.note.modified):
            self.cache.put_page(part.address, part.note)
        if part.state == DEAD:
            self.is_whole = False
        self.cache.commit()

    def finish(self) -> None:
        """What the catalogue no longer lists goes, once all of it was read; if that is much, a person decides first."""
        if not self.is_whole:
            return
        unseen, unseen_size = self.cache.unseen(self.number)
        now = self.cache.count() - unseen
        if not self.is_signed and has_list_shrunk(self.before, now):
            size_now = self.cache.size() - unseen_size
            self.held[WHOLE_LIST] = HeldBack(
                self.catalogue, WHOLE_LIST, self.catalogue, self.size_before, size_now, self.before, now, self.now
            )
        elif unseen:
            self.aliases |= remove_unseen(self.cache, self.number)

    def all_held(self) -> list[HeldBack]:
        """All that waits in this catalogue by now, what was not sent again included."""
        found = dict(self.held)
        for pack_id in self.cache.held_ids():
            row, offer = self.cache.row(pack_id), self.cache.held(pack_id)
            if row is not None and offer is not None:
                found[pack_id] = held_back(self.catalogue, row.seen, offer, self.now)
        return [found[pack_id] for pack_id in sorted(found)]

    def _take_offer(self, offer: Offer, page: str) -> None:
        row = self.cache.row(offer.id)
        if row is None:
            self.new += 1
            self.cache.put(offer, page, self.number)
        elif row.refresh == self.number:
            self._take_twin(offer, page, row)
        else:
            self._take_over(offer, page, row)

    def _take_over(self, offer: Offer, page: str, row: Row) -> None:
        """In place of what is known, unless it shrank so much that a person should look first."""
        if self.is_signed or not has_shrunk(row.seen, Seen.of(offer)):
            self.cache.put(offer, page, self.number)
            return
        self.cache.hold(offer, page, self.number)

    def _take_twin(self, offer: Offer, page: str, row: Row) -> None:
        """The newer of two versions that are listed at once."""
        if page != row.page:
            self.cache.forget_pages(page, row.page)
        if offer.manifest.date > row.date:
            self._take_over(offer, page, row)

    def _note(self, problems: tuple[str, ...]) -> None:
        self.problems += problems[: PROBLEMS_LIMIT - len(self.problems)]


def remove_unseen(cache: Cache, number: int) -> dict[str, str]:
    """Forget what the refresh of this number did not see; gives the names of packs that are there under another one."""
    gone = list(cache.unseen_offers(number))
    cache.remove_unseen(number)
    return renamed(gone, cache.offers())
