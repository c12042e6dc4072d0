"""Names of files as phones send them: shown to people, never used as a path. Pure."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120  # letters
_LONGEST_ENDING = 12  # with its dot
_FOLDERS = re.compile(r"[/\\]")
_SPACES = re.compile(r"\s+")
_ENDING = re.compile(r"\.\w{1,10}\Z")


def shown_name(sent: str) -> str:
    """The last part of what the phone says, without signs that hide or turn letters; empty where nothing is left.

    Marks of direction go as well: with one of them `film<RLO>4pm.exe` reads as `filmexe.mp4` (Unicode Technical Report
    36, section 2.5).
    """
    last = _FOLDERS.split(sent[:10_000])[-1]
    seen = "".join(letter if letter.isspace() or not _is_hidden(letter) else "" for letter in last)
    return _shortened(_SPACES.sub(" ", seen).strip(" ."))


def _is_hidden(letter: str) -> bool:
    """Controls, formats (directions among them), halves of letters, and what is no letter yet."""
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") and letter not in "\u200c\u200d"


def _shortened(name: str) -> str:
    """In the middle: the ending says what it is."""
    if len(name) <= LONGEST:
        return name
    found = _ENDING.search(name)
    ending = found[0] if found and len(found[0]) <= _LONGEST_ENDING else ""
    return name[: LONGEST - 1 - len(ending)].rstrip() + "…" + ending
