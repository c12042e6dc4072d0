"""The texts that the interface shows, found in its templates and code, each with what the notes say about it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

import ideascube
from tools.translations.notes import Notes, comments_on

PACKAGE = Path(ideascube.__file__).parent
_METHODS = [("templates/**.html", "jinja2.ext.babel_extract"), ("**.py", "python")]
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


def template(texts: dict[MessageId, list[str]], notes: Notes) -> Catalog:
    """A catalogue without translations: what every language has to have."""
    catalogue = Catalog(project="Ideascube", charset="utf-8")
    for message, files in sorted(texts.items(), key=lambda pair: (pair[1][0], str(pair[0]).lower())):
        comments = comments_on(message, files, notes)
        catalogue.add(message, locations=[(file, None) for file in files], auto_comments=comments)
    return catalogue
