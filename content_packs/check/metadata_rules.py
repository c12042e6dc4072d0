"""What a ZIM's metadata must be, as the ZIM specification wants it. Rules only: nothing is read here.

Source: https://wiki.openzim.org/wiki/Metadata
"""

from __future__ import annotations

import datetime
import re
import struct
from collections.abc import Iterator, Mapping

from content_packs.finding import Finding
from content_packs.graphemes import grapheme_count
from content_packs.languages import to_iso639_3

ILLUSTRATION = "Illustration_48x48@1"
MANDATORY = ("Name", "Title", "Description", "Language", "Creator", "Publisher", "Date")
LENGTHS = {"Title": 30, "Description": 80, "LongDescription": 4000}
_LANGUAGES = re.compile(r"[a-z]{3}(,[a-z]{3})*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def metadata_findings(metadata: Mapping[str, bytes]) -> Iterator[Finding]:
    """What is wrong with the metadata of a ZIM, without its illustration. All of these are warnings."""
    texts: dict[str, str] = {}
    for name, value in metadata.items():
        try:
            texts[name] = value.decode()
        except UnicodeDecodeError:
            yield _warning(name, "is not UTF-8 text")
    for name in MANDATORY:
        if not texts.get(name, "").strip() and not (name in metadata and name not in texts):
            yield _warning(name, "is missing" if name not in texts else "is empty")
    yield from _form_findings(texts)


def _form_findings(texts: Mapping[str, str]) -> Iterator[Finding]:
    for name, limit in LENGTHS.items():
        count = grapheme_count(texts.get(name, ""))
        if count > limit:
            yield _warning(name, f"has {count} characters, at most {limit} are allowed")
    languages = texts.get("Language", "")
    if languages and not _LANGUAGES.fullmatch(languages):
        proposal = ",".join(to_iso639_3(code) for code in languages.split(","))
        hint = f" (“{proposal}”?)" if _LANGUAGES.fullmatch(proposal) else ""
        yield _warning("Language", f"is “{languages[:50]}”, not a list of ISO 639-3 codes as in “fra,eng”{hint}")
    date = texts.get("Date", "")
    if date and not _is_date(date):
        yield _warning("Date", f"is “{date[:50]}”, not a day written YYYY-MM-DD")


def illustration_findings(picture: bytes | None) -> Iterator[Finding]:
    """What is wrong with the picture of 48 by 48 pixels; None where the ZIM has none."""
    if picture is None:
        yield _warning(ILLUSTRATION, "is missing")
    elif not picture.startswith(_PNG) or len(picture) < len(_PNG) + 8:
        yield _warning(ILLUSTRATION, "is no PNG picture")
    elif (size := struct.unpack_from(">II", picture, len(_PNG))) != (48, 48):
        yield _warning(ILLUSTRATION, f"has {size[0]}×{size[1]} pixels, not 48×48")


def _is_date(text: str) -> bool:
    try:
        return _DATE.fullmatch(text) is not None and bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def _warning(name: str, what: str) -> Finding:
    return Finding("warning", f"M/{name}", f"the metadata {name} {what}", "Set it where the pack is made")
