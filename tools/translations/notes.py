"""What translators are told about a text: where it stands, and how long it may be.

`ideascube/locale/notes/home.yml` says it for the texts of `templates/home.html`, and so for every template and module:
the English text, and a sentence that ends with `; at most 40 letters`. Templates stay free of all that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

import regex
import yaml

# By the name of the template or module: by the English text (the singular, where it has two): the note.
Notes = Mapping[str, Mapping[str, str]]

_LIMIT = re.compile(r"; at most (\d+) letters$", re.MULTILINE)
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
_FILLED_IN = "000"  # how a number, a time or a name counts


def read_notes(folder: Path) -> Notes:
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) or {} for path in sorted(folder.glob("*.yml"))}


def comments_on(message: str | tuple[str, ...], files: Iterable[str], notes: Notes) -> list[str]:
    """One comment for each file that shows the text and has a note on it."""
    singular = message if isinstance(message, str) else message[0]
    names = dict.fromkeys(PurePosixPath(file).stem for file in files)
    return [f"{name}: {notes[name][singular]}" for name in names if singular in notes.get(name, {})]


def limit_in(comments: Iterable[str]) -> int | None:
    """The smallest number of letters that the comments allow; None where they name none."""
    return min((int(limit) for limit in _LIMIT.findall("\n".join(comments))), default=None)


def letters(text: str) -> int:
    """How long a text is as people see it: a letter with its vowel signs is one (UAX 29)."""
    return len(regex.findall(r"\X", _PLACEHOLDER.sub(_FILLED_IN, text)))
