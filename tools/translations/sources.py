"""The texts that the interface shows, found in its templates and code, each with what the notes say about it."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

import ideascube
from tools.translations.notes import Notes, comments_on

PACKAGE = Path(ideascube.__file__).parent
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}

MessageId = str | tuple[str, ...]


def texts_in(package: Path = PACKAGE) -> dict[MessageId, list[str]]:
    """Each text as written in English (with its plural), and the files that show it, relative to `package`."""
    found: dict[MessageId, list[str]] = {}
    for file, _, message, _, _ in extract_from_dir(package, _METHODS, keywords=_KEYWORDS):
        files = found.setdefault(message, [])
        if file not in files:
            files.append(PurePosixPath(file).as_posix())
    return {message: sorted(files) for message, files in found.items()}


def calls_in(
    file: IO[bytes], keywords: Collection[str], _tags: object, options: object
) -> Iterator[tuple[int, str, list[str], list[str]]]:
    """What Babel's extractor for Python gives, and also the calls within f-strings, which that one passes over."""
    for node in ast.walk(ast.parse(file.read())):
        name = _called(node)
        if isinstance(node, ast.Call) and name in keywords:
            texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if texts:
                yield node.lineno, name, texts, []


def _called(node: ast.AST) -> str:
    function = node.func if isinstance(node, ast.Call) else None
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


_METHODS = [("templates/**.html", "jinja2.ext.babel_extract"), ("**.py", calls_in)]


def template(texts: dict[MessageId, list[str]], notes: Notes) -> Catalog:
    """A catalogue without translations: what every language has to have."""
    catalogue = Catalog(project="Ideascube", charset="utf-8")
    for message, files in sorted(texts.items(), key=lambda pair: (pair[1][0], str(pair[0]).lower())):
        comments = comments_on(message, files, notes)
        catalogue.add(message, locations=[(file, None) for file in files], auto_comments=comments)
    return catalogue
