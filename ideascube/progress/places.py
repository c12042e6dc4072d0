"""Places: how far somebody is in one thing, or that they keep it. Rules without input or output."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

Kind = Literal["film", "book", "lesson", "quiz", "kept"]
KINDS: tuple[Kind, ...] = get_args(Kind)
STARTED: tuple[Kind, ...] = ("film", "book", "lesson", "quiz")

KEPT: tuple[Kind, ...] = ("kept",)

_LONGEST_ID = 200  # characters of a pack's id
_LONGEST_PATH = 500  # characters; a longer path is not noted
_LONGEST_TITLE = 120  # characters; a longer title is cut
_MOST = 10_000_000  # seconds, chapters, pages

# Of a film the last part is its names and thanks: so much of the whole, but so many seconds.
_LAST_SHARE = 0.05
_LAST_LEAST, _LAST_MOST = 5, 60

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """How far somebody is in one thing.

    film (sounds too): `path` of the item's file, `at` and `of` in seconds. book: likewise in chapters (from 0) or pages
    (from 1). lesson: `path` is COURSE/STEP, 1 of 1 when it is done. quiz: likewise, `at` the best percentage, `of` 100.
    kept: `path` of the page, or empty for the pack itself. `of` is 0 where it is not known. `day` (YYYY-MM-DD) is set
    by `note`.
    """

    kind: Kind
    pack: str
    path: str
    at: float = 0
    of: float = 0
    title: str = ""
    day: str = ""

    @property
    def key(self) -> Key:
        return self.kind, self.pack, self.path


def checked(place: Place) -> Place | None:
    """The place as it may be kept, its title cut; None for what can be none: too long, no text, no number."""
    numbers = (place.at, place.of)
    fits = len(place.pack) <= _LONGEST_ID and len(place.path) <= _LONGEST_PATH and len(place.day) <= len("YYYY-MM-DD")
    if place.kind not in KINDS or not fits or not all(math.isfinite(n) and 0 <= n <= _MOST for n in numbers):
        return None
    if not all(_is_text(text) for text in (place.pack, place.path, place.day)):
        return None
    return replace(place, title=_printable(place.title)[:_LONGEST_TITLE].strip())


def _is_text(text: str) -> bool:
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


def _printable(text: str) -> str:
    return " ".join(text.encode("utf-8", "replace").decode().replace("\0", " ").split())


def is_finished(place: Place) -> bool:
    """Whether there is nothing left to go on with: the film is over, the book's last place is open."""
    if place.kind == "film":
        last = min(max(place.of * _LAST_SHARE, _LAST_LEAST), _LAST_MOST)
        return place.of > 0 and place.at > place.of - last
    return 0 < place.of <= place.at


def merged(before: Place | None, now: Place) -> Place:
    """What is kept of a place that was there and the one that comes: the best result of a quiz, else the newer one."""
    if before is None:
        return now
    best = before.at if now.kind in ("quiz", "lesson") else 0
    return replace(now, at=max(now.at, best), title=now.title or before.title)


def with_place(places: Iterable[Place], place: Place) -> list[Place]:
    """`places`, oldest first, with `place` as the newest."""
    by_key = {each.key: each for each in places}
    before = by_key.pop(place.key, None)
    return [*by_key.values(), merged(before, place)]


def without_oldest(places: Sequence[Place]) -> list[Place]:
    """One fewer: the oldest of what is kept on purpose or of the others, whichever are more, so that neither ends."""
    kept = sum(place.kind == "kept" for place in places)
    dropped = next(number for number, place in enumerate(places) if (place.kind == "kept") == (kept * 2 > len(places)))
    return [*places[:dropped], *places[dropped + 1 :]]


class Progress:
    """All places of a visitor."""

    def __init__(self, places: Iterable[Place] = (), *, has_card: bool = False, cannot_be_read: bool = False) -> None:
        """`places`: oldest first. `cannot_be_read`: there is a card, and the box's database cannot be used now."""
        self._places = {place.key: place for place in places}
        self.has_card = has_card
        self.cannot_be_read = cannot_be_read

    @property
    def places(self) -> list[Place]:
        """Oldest first."""
        return list(self._places.values())

    def get(self, kind: Kind, pack: str, path: str) -> Place | None:
        return self._places.get((kind, pack, path))

    def below(self, kind: Kind, pack: str, prefix: str) -> list[Place]:
        """Those of a pack whose path begins with `prefix`, oldest first: the steps of a course by `COURSE/`."""
        return self._chosen(lambda place: (place.kind, place.pack) == (kind, pack) and place.path.startswith(prefix))

    def latest(self, count: int, kinds: Collection[Kind] = STARTED) -> list[Place]:
        """At most `count` of these kinds, newest first."""
        return self._chosen(lambda place: place.kind in kinds)[::-1][:count]

    def _chosen(self, is_chosen: Callable[[Place], bool]) -> list[Place]:
        return [place for place in self._places.values() if is_chosen(place)]


def as_kind(text: str) -> Kind | None:
    return text if text in KINDS else None
