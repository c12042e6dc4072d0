"""Where one hit stands among those of all packs: the rules for one, without reading anything.

1. Hits found with all words come before those found with words like them, and these before those found with some.
2. A pack whose name is the query comes first, then a page whose title is the query, then pages whose title begins with
   it, then all others. What was found by another text than the typed one is never more than such a beginning, and not
   even that where the text is unlikely. A title that goes on in another script, “Debian 管理员手册”, begins so only for
   those who read its language.
3. Within each of these, by reciprocal rank: the first of every pack before the second of any. A page found by title
   and by text counts both. Surer hits count more, and so do creations of this box.
4. Packs and pages in the visitor's languages count more, so that about their first five come before any other's first.
5. Lists of what a name may mean stand behind the pages that mean it.
Source of 3: Cormack, Clarke, Büttcher, “Reciprocal rank fusion”, SIGIR 2009; their constant is for long lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ideascube.search.page_languages import language_weight, page_language
from ideascube.search.protocol import PACK, Hit, PackHits, Place, Result
from ideascube.search.titles import (
    Leads,
    Tier,
    fit,
    fold_title,
    goes_on_in_another_script,
    is_disambiguation,
    title_from_path,
)

# What titles and single pages' languages say counts only for hits that every page of results has in hand, or the order
# would change from page to page (decision 22).
TITLE_WINDOW = 25

_CONSTANT = 4
_MADE_HERE = 1.5
_LIKELY = 0.5  # sureness; a word two slips away is less sure


@dataclass(slots=True)
class Merged:
    """One place in the common list; `also` are its twins in other packs. `lang` is empty where nobody said."""

    answer: PackHits
    hit: Hit
    tier: Tier
    score: float
    lang: str = ""
    also: list[Place] = field(default_factory=list)

    @property
    def place(self) -> Place:
        return Place(self.answer.pack, self.hit.path)

    @property
    def order(self) -> tuple[int, int, float]:
        """Less is further up."""
        return self.answer.effort, self.tier, -self.score

    def to_result(self) -> Result:
        title = self.hit.title or title_from_path(self.hit.path)
        kind = self.answer.kind if self.hit.path else PACK
        return Result(title, self.answer.pack, self.hit.path, self.lang, kind, (), tuple(self.also), self.hit.at)


def placed(query: str, languages: Sequence[str], answer: PackHits, hit: Hit, leads: Leads) -> Merged:
    """A hit where it belongs in the search for a folded `query`, of a visitor who reads these `languages`."""
    in_window = hit.title_rank >= 0 or 0 <= hit.text_rank < TITLE_WINDOW
    lang = page_language(hit.path, answer.languages)
    tier, closeness = _tier(query, hit, leads) if in_window else (Tier.OTHER, 1.0)
    if tier == Tier.LEADING and _is_foreign(lang, languages) and _goes_on_foreign(query, hit):
        tier, closeness = Tier.OTHER, 1.0
    weight = _weight(answer, lang, languages, in_window=in_window)
    weight *= closeness * hit.sureness * (_MADE_HERE if answer.made_here else 1)
    return Merged(answer, hit, tier, weight * fused(_ranks(hit, in_window)), lang)


def fused(ranks: Iterable[float]) -> float:
    """What a page is worth that was found at these places, counted from 0."""
    return sum(1 / (_CONSTANT + rank) for rank in ranks)


def _is_foreign(lang: str, visitor: Sequence[str]) -> bool:
    return bool(lang and visitor) and language_weight([lang], visitor) == 1


def _goes_on_foreign(query: str, hit: Hit) -> bool:
    searched = fold_title(hit.searched) if hit.searched else query
    return any(goes_on_in_another_script(title, searched) for title in (hit.title, hit.matched) if title)


def _tier(query: str, hit: Hit, leads: Leads) -> tuple[Tier, float]:
    tier, closeness = fit(query, {hit.title, hit.matched}, leads)
    if tier == Tier.EXACT and not hit.path:
        return Tier.NAME, closeness
    if tier == Tier.OTHER and hit.searched and hit.sureness >= _LIKELY:
        searched = fold_title(hit.searched)
        other, closeness = fit(searched, {hit.title, hit.matched}, leads)
        return max(other, Tier.LEADING), closeness
    return tier, closeness


def _weight(answer: PackHits, lang: str, visitor: Sequence[str], *, in_window: bool) -> float:
    if not lang or len(answer.languages) == 1:
        return language_weight(answer.languages, visitor)
    return language_weight([lang], visitor) if in_window else 1.0


def _ranks(hit: Hit, in_window: bool) -> list[float]:
    """Its ranks by text and by title; of a list of meanings, one at the end of the window.

    What a pack says of itself is found once for both, and is to stand among the pages, not before them all.
    """
    if in_window and is_disambiguation(hit.title):
        return [TITLE_WINDOW - 0.5]
    ranks: list[float] = [rank for rank in (hit.text_rank, hit.title_rank) if rank >= 0]
    return ranks if hit.path else ranks[:1]
