"""The name under which something is saved on a phone: what it is about, not how its pack calls it. Pure."""

from __future__ import annotations

import posixpath
import re
import unicodedata

_LONGEST = 80  # letters; phones and USB sticks allow 255 bytes, and a letter may take four
# What Windows, FAT and Android do not allow in names; signs that cannot be seen would only deceive.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


def saved_name(title: str, path: str, ending: str = "") -> str:
    """`title` as a file's name, or the name in `path` where there is no title; with `ending`, or that of `path`."""
    stem, own_ending = posixpath.splitext(path.rpartition("/")[2])
    ending = ending or (own_ending.lower() if re.fullmatch(r"\.\w{1,8}", own_ending, re.ASCII) else "")
    name = _plain(title.removesuffix(own_ending)) or _plain(stem) or "page"
    return name[:_LONGEST].strip(" .") + ending


def _plain(text: str) -> str:
    visible = "".join(" " if letter.isspace() else letter for letter in text if _is_shown(letter))
    return " ".join(_FORBIDDEN.sub(" ", visible).split()).strip(" .")


def _is_shown(letter: str) -> bool:
    """White space is; control characters, halves of letters and changes of direction are not."""
    return letter.isspace() or unicodedata.category(letter)[0] != "C" or letter in "\u200c\u200d"
