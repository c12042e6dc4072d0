"""The pages of one pack as several texts find them, joined to one list. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from content_packs.zim.reader import FoundPage
from ideascube.search.protocol import Hit
from ideascube.search.ranking import fused
from ideascube.search.wordings import Text


class Found:
    """Gathers hits; `typed` is the text that needs not be told with a hit."""

    def __init__(self, typed: str) -> None:
        self._typed = typed
        self._hits: dict[str, Hit] = {}

    def __len__(self) -> int:
        return len(self._hits)

    def is_full(self, count: int) -> bool:
        """Whether so many pages were found by their text among the first."""
        return sum(0 <= hit.text_rank < count for hit in self._hits.values()) >= count

    def add_texts(self, text: Text, pages: Sequence[FoundPage]) -> None:
        """Pages that hold all words of a text, best first."""
        for rank, page in enumerate(pages):
            self._add(Hit(page.path, page.title, "", rank, -1, text.sureness, page.at, self._searched(text)))

    def add_titles(self, text: Text, pages: Sequence[FoundPage]) -> None:
        """Pages whose title has the words of a text; the best of several titles that lead to one page counts."""
        for rank, page in enumerate(pages):
            hit = Hit(page.path, page.title, page.matched, -1, rank, text.sureness, page.at, self._searched(text))
            self._add(hit)

    def _searched(self, text: Text) -> str:
        return "" if text.text == self._typed else text.text

    def _add(self, hit: Hit) -> None:
        before = self._hits.get(hit.path)
        if before is None:
            self._hits[hit.path] = hit
        elif before.searched == hit.searched:
            self._hits[hit.path] = _joined(before, hit)
        elif _worth(hit) > _worth(before):
            self._hits[hit.path] = hit

    def hits(self) -> list[Hit]:
        return sorted(self._hits.values(), key=_worth, reverse=True)


def _joined(first: Hit, second: Hit) -> Hit:
    """One page found twice by one text: by its words and by its title, or by two titles."""
    if first.text_rank >= 0 and second.text_rank < 0 and first.title_rank < 0:
        return second._replace(text_rank=first.text_rank)
    return first


def _worth(hit: Hit) -> float:
    return hit.sureness * fused(rank for rank in (hit.text_rank, hit.title_rank) if rank >= 0)
