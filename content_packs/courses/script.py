"""The script of quiz pages: `quiz.js` with the tables of `content_packs.courses.folding` put in."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files as package_files

from content_packs.courses.folding import PUNCTUATION, composed_letters
from content_packs.text.letters import INVISIBLE, SIGNS, TABLE

_PLACE = "/* TABLES */"


@cache
def quiz_script() -> str:
    """The text of the script, in ASCII, so that it means the same in whatever encoding a server says it is."""
    source = (package_files("content_packs.courses") / "quiz.js").read_text(encoding="utf-8")
    letters = {**dict(composed_letters()), **TABLE}
    tables = {"invisible": INVISIBLE, "signs": SIGNS, "punctuation": PUNCTUATION, "letters": letters}
    lines = [f"    {name}: {json.dumps(table, sort_keys=True)}" for name, table in tables.items()]
    return source.replace(_PLACE, "\n" + ",\n".join(lines) + "\n  ")
