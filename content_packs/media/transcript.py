"""What is said in a film, as paragraphs to read and to jump from, made of its subtitles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from content_packs.media.subtitles import Cue

PAUSE = 2.0  # seconds of silence after which a paragraph ends
LONG = 240  # letters after which the next full stop ends it
TOO_LONG = 600

_STOPS = (".", "!", "?", "…", "؟", "۔", "。", "！", "？", "।", "။", "።")


def transcript(cues: Iterable[Cue]) -> tuple[tuple[float, str], ...]:
    """Seconds from the film's start, and the words from there on, in paragraphs a few cues long."""
    paragraphs: list[tuple[float, str]] = []
    last_end = 0.0
    for cue, words in _new_words(cues):
        if paragraphs and not _ends_here(paragraphs[-1][1], cue.start - last_end):
            start, text = paragraphs[-1]
            paragraphs[-1] = (start, f"{text} {words}")
        else:
            paragraphs.append((cue.start, words))
        last_end = max(last_end, cue.end)
    return tuple(paragraphs)


def _new_words(cues: Iterable[Cue]) -> Iterator[tuple[Cue, str]]:
    """Captions that roll up repeat in each cue the lines of the one before."""
    before: list[str] = []
    for cue in cues:
        lines = cue.text.splitlines()
        words = " ".join(line for line in lines if line not in before)
        before = lines
        if words:
            yield cue, words


def _ends_here(paragraph: str, silence: float) -> bool:
    if silence > PAUSE or len(paragraph) > TOO_LONG:
        return True
    return len(paragraph) > LONG and paragraph.endswith(_STOPS)
