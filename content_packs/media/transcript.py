"""What is said in a film, as paragraphs to read and to jump from, made of its subtitles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from content_packs.media.subtitles import Cue

PAUSE = 2.0  # seconds of silence after which a paragraph ends
LONG = 240  # letters after which the next full stop ends it
TOO_LONG = 600

_STOPS = (".", "!", "?", "…", "؟", "۔", "。", "！", "？", "।", "။", "።")


class Said(NamedTuple):
    """Words, and the second of the film from which they are said; None where that is not known."""

    start: float | None
    text: str


Paragraph = tuple[Said, ...]


def transcript(cues: Iterable[Cue]) -> tuple[Paragraph, ...]:
    """What is said, in paragraphs of a few cues, each cue with its time."""
    paragraphs: list[list[Said]] = []
    last_end = 0.0
    for cue, words in _new_words(cues):
        if not paragraphs or _ends_here(text_of(paragraphs[-1]), cue.start - last_end):
            paragraphs.append([])
        paragraphs[-1].append(Said(cue.start, words))
        last_end = max(last_end, cue.end)
    return tuple(map(tuple, paragraphs))


def text_of(paragraph: Iterable[Said]) -> str:
    """The words of a paragraph."""
    return " ".join(said.text for said in paragraph)


def _new_words(cues: Iterable[Cue]) -> Iterator[tuple[Cue, str]]:
    """Captions that roll up repeat in each cue the lines of the one before."""
    before: frozenset[str] = frozenset()
    for cue in cues:
        lines = cue.text.splitlines()
        words = " ".join(line for line in lines if line not in before)
        before = frozenset(lines)
        if words:
            yield cue, words


def _ends_here(paragraph: str, silence: float) -> bool:
    if silence > PAUSE or len(paragraph) > TOO_LONG:
        return True
    return len(paragraph) > LONG and paragraph.endswith(_STOPS)
