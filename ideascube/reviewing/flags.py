"""What a learner may say about a page that should not be as it is: the reasons, and the bounds of a word. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from ideascube.throttle import Limit

Reason = Literal["wrong", "hurts", "private", "other"]
REASONS: tuple[Reason, ...] = get_args(Reason)

LONGEST_WORD = 300  # letters
MOST_PAGES = 500  # with flags, or answered ones
MOST_WORDS = 20  # of one page; the oldest goes first

# One phone may flag ten pages at once, a class behind one address too; then one in ten minutes. The box 200, then one
# in two minutes: of an attacker with many addresses a mediator sees no more than that.
OF_ADDRESS, OF_BOX = Limit(10, 600, 60, 3600), Limit(200, 120, 60, 3600)


@dataclass(frozen=True, slots=True)
class Page:
    """What is flagged: a page of a pack, or with an empty `pack` something made here (`items/ID`)."""

    pack: str
    path: str
    title: str = ""

    @property
    def creation(self) -> str:
        """The id of what was made here; empty for a page of a pack."""
        return self.path.removeprefix("items/") if not self.pack else ""


@dataclass(frozen=True, slots=True)
class Word:
    reason: Reason
    text: str


@dataclass(frozen=True, slots=True)
class Flag:
    """What one learner sends. `once`: the form's own value, so that it counts one time however often it is sent."""

    page: Page
    reason: Reason
    word: str = ""
    once: str = ""


@dataclass(frozen=True, slots=True)
class Flagged:
    """A page with all its flags that nobody has answered yet. `counts`: of each reason; `words`: newest first."""

    page: Page
    counts: dict[Reason, int]
    kept: int
    turn: int
    words: list[Word] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def known_reason(value: str) -> Reason | None:
    return next((reason for reason in REASONS if reason == value), None)


def bounded_word(text: str) -> str:
    """The word as it is kept: in one line, not too long; what came in a browser is no longer than the field allows."""
    return " ".join(text.split())[:LONGEST_WORD]
