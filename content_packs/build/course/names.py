"""What the names of a course's files say: which are quizzes, which ids steps and modules get, how they are sorted."""

from __future__ import annotations

import posixpath
import re

from content_packs.build.names import split_language

COURSE_FILE, MODULE_FILE = "course.yml", "module.yml"
QUIZ_ENDING = ".quiz.yml"

_NUMBERING = re.compile(r"[0-9]+[\s._-]+(?=.)")
_DIGITS = re.compile(r"([0-9]+)")


def folder_of(path: str) -> str:
    """The folder of a file, empty for the pack's own."""
    return posixpath.dirname(path)


def is_below(path: str, folder: str) -> bool:
    return not folder or path.startswith(folder + "/")


def relative(path: str, folder: str) -> str:
    """The path of what lies below a folder, as seen from there."""
    return path[len(folder) + 1 :] if folder else path


def step_id(path: str, folder: str, languages: tuple[str, ...]) -> str:
    """`1-germs/2-hands.fr.md` is `germs/hands`: numbers that only sort, the language and the ending are left out.

    A quiz keeps its `.quiz`, so that one may be called as the lesson that it is about.
    """
    name = path.removesuffix(".yml") if path.endswith(QUIZ_ENDING) else split_language(path, languages)[0]
    return "/".join(without_number(part) for part in relative(name, folder).split("/"))


def without_number(name: str) -> str:
    """A name without the number in front that only sorts: `01 - Germs` is `Germs`, `2026` stays."""
    return _NUMBERING.sub("", name, count=1) if _NUMBERING.match(name) else name


def title_of(folder_name: str) -> str:
    """What a folder's or file's name says to people: `02-safe_water` is `Safe water`."""
    words = " ".join(re.split(r"[\s_-]+", without_number(folder_name))).strip()
    return words[:1].upper() + words[1:]


def sort_key(name: str) -> list[tuple[int, int, str]]:
    """Names in the order that people count in: `2-boil` comes before `10-store`."""
    parts = (part for part in _DIGITS.split(name) if part)
    return [(0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts]
