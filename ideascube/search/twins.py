"""Pages that lie in several packs, as one place in the list that names the others. Pure.

Translations of what was made here are one: the one that the reader likes best stands first. Else the same page is
one in another pack of the same kind and language that has the same title and path, or in encyclopedias the same title;
one with the same address on the web, as crawled sites have it in their paths; or one with the same path in
another pack of the same wiki. In a wiki two entries of one pack with one title are one page too: some scrapers write
a redirect as a second copy.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator

from ideascube.search.protocol import Place
from ideascube.search.ranking import Merged
from ideascube.search.titles import fold_title

# Wikimedia's projects and their like, as the names of Kiwix's files begin: there a path is a page's name.
_WIKIS = frozenset((
    "wikipedia", "wiktionary", "wikibooks", "wikiversity", "wikisource", "wikivoyage", "wikinews", "wikiquote",
    "wikispecies", "vikidia",
))  # fmt: skip
# What such a file leaves out, by the flavour in its name (https://wiki.openzim.org/wiki/OpenZIM_ZIM_filenames).
_FLAVOURS = {"mini": 0, "nopic": 1, "nodet": 1}
_WHOLE = 2

# Packs to read in, which one source may call one thing and another something else.
_ENCYCLOPEDIA = "encyclopedia"
_ARTICLES = frozenset((_ENCYCLOPEDIA, "website", "collection"))

_OLD_NAMESPACE = re.compile(r"^A/")  # in ZIM files before version 6
_HOST = re.compile(r"^(?:[a-z0-9-]+\.)+[a-z]{2,}/", re.IGNORECASE)  # as Zimit 2 writes paths


def fold_twins(places: Iterable[Merged]) -> list[Merged]:
    """The places in their order, each page once; of twins the better pack's page stands where the first stood."""
    kept: list[Merged] = []
    pages: set[Place] = set()
    owners: dict[Hashable, Merged] = {}
    for place in places:
        if place.place in pages:
            continue
        pages.add(place.place)
        owner = _owner(owners, place)
        if owner is None:
            kept.append(place)
        else:
            _join(owner, place)
    return kept


def _owner(owners: dict[Hashable, Merged], place: Merged) -> Merged | None:
    """The place that this one is a twin of; without one it is noted for those that follow."""
    marks = list(_marks(place))
    # Two chapters of one book may well have one title, so that there only another pack's page is taken for the same.
    known = [owners[mark] for mark in marks if mark in owners and not _are_other_projects(owners[mark], place)]
    owner = next((each for each in known if _is_one_page(each, place)), None)
    for mark in marks:
        owners.setdefault(mark, owner or place)
    return owner


def _is_one_page(one: Merged, other: Merged) -> bool:
    if other.hit.same and one.hit.same == other.hit.same:
        return True
    return bool(_project(other)) or other.answer.pack not in _packs(one)


def _are_other_projects(one: Merged, other: Merged) -> bool:
    """Wiktionary's page on a word is not Wikipedia's."""
    return "" != _project(one) != _project(other) != ""


def _packs(place: Merged) -> set[str]:
    return {place.answer.pack, *(twin.pack for twin in place.also)}


def _marks(place: Merged) -> Iterator[Hashable]:
    """What a twin of this place would share with it."""
    path = _OLD_NAMESPACE.sub("", place.hit.path)
    kind = "article" if place.answer.kind in _ARTICLES else place.answer.kind
    language = place.lang or place.answer.languages
    if place.hit.title and path:
        title = fold_title(place.hit.title)
        # Every other manual, course or set of films has its own “Introduction”.
        yield "title and path", kind, language, title, path.replace("_", " ")
        if place.answer.kind == _ENCYCLOPEDIA or _project(place):
            yield "title", kind, language, title
    if place.hit.same:
        yield "translations", place.hit.same
    if _HOST.match(path):
        yield "address", path
    if path and (project := _project(place)):
        yield project, language, path.replace("_", " ")


def _project(place: Merged) -> str:
    """The wiki project that the pack is of, or empty: in a wiki no two pages have one title."""
    project = place.answer.pack.partition("_")[0]
    return project if project in _WIKIS else ""


def _join(owner: Merged, twin: Merged) -> None:
    if twin.answer.effort == owner.answer.effort and _worth(twin) > _worth(owner):
        before = owner.place
        owner.answer, owner.hit, owner.lang = twin.answer, twin.hit, twin.lang
        owner.also.append(before)
    elif twin.answer.pack not in _packs(owner):
        owner.also.append(twin.place)


def _worth(place: Merged) -> tuple[bool, int]:
    """More is better: what was made here, then what leaves least out."""
    flavours = [_FLAVOURS[part] for part in place.answer.pack.split("_") if part in _FLAVOURS]
    return place.answer.made_here, min(flavours, default=_WHOLE)
