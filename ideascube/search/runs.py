"""What a run of a script without spaces may have been meant to be: itself, but for a sign that is wrong. Pure.

Nobody can tell the words of a run without a dictionary, so its neighbouring signs, two by two, are what is known: where
one sign is wrong, the two pairs that it belongs to are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from content_packs.text import words_in

_SHORTEST = 2  # pairs; of a shorter run without a wrong sign nothing remains


def pairs_of(run: str) -> list[str]:
    """The neighbouring signs, two by two, as an index is asked for them."""
    return [word.written for word in words_in(run)]


def without_a_sign(run: str, pages: Callable[[str], int]) -> Iterator[str]:
    """The run's pairs as texts: those that the pack has, then all but those of one sign, the rarest first.

    `pages`: in how many pages a pair is.
    """
    pairs = pairs_of(run)
    if len(pairs) < _SHORTEST:
        return
    counts = [pages(pair) for pair in pairs]
    known = [pair for pair, count in zip(pairs, counts, strict=True) if count]
    if known and len(known) < len(pairs):
        yield " ".join(known)
    for sign in sorted(range(len(pairs) + 1), key=lambda sign: min(counts[max(0, sign - 1) : sign + 1])):
        if rest := pairs[: max(0, sign - 1)] + pairs[sign + 1 :]:
            yield " ".join(rest)
