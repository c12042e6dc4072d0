"""What a file's name says: the name that translations share, and the language.

`greetings/hello.fr.md` is `greetings/hello` in French; `greetings/hello.md` is the same in the main language.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote

from content_packs.languages import is_bcp47, own_name

# Names of descriptions as they are often written: with another ending, or with the one that Windows hides.
_MISNAMED = re.compile(r"(?:(pack|media|course|module)|(.+)\.quiz)\.ya?ml(?:\.txt)?", re.IGNORECASE)


def meant_name(path: str) -> str | None:
    """The name under which a description would be read where it has another one: `Course.yaml` is `course.yml`."""
    name = path.rpartition("/")[2]
    found = _MISNAMED.fullmatch(name)
    if found is None:
        return None
    meant = f"{found[2]}.quiz.yml" if found[2] else f"{found[1].lower()}.yml"
    return meant if meant != name else None


def stem(path: str) -> str:
    """The path without its last ending."""
    return posixpath.splitext(path)[0]


def split_language(path: str, languages: tuple[str, ...]) -> tuple[str, str | None]:
    """The name that translations share, and the language where the file's name gives one of `languages`."""
    name, dot, code = stem(path).rpartition(".")
    if dot and code in languages and not name.endswith("/") and name:
        return name, code
    return stem(path), None


def unlisted_language(path: str, languages: tuple[str, ...]) -> str | None:
    """A language that the file's name seems to give although the pack does not list it."""
    code = stem(path).rpartition("/")[2].rpartition(".")
    known = code[0] and is_bcp47(code[2]) and own_name(code[2]) != code[2]
    return code[2] if known and code[2] not in languages else None


def relative_address(from_page: str, to_path: str) -> str:
    """The address of one entry on the page of another, percent-encoded."""
    folder = posixpath.dirname(from_page)
    return quote(posixpath.relpath(to_path, folder or "."), safe="/")
