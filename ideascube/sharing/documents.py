"""What a creation says, as it travels: without what is private, with files named by what travels of them. Pure.

docs/formats/sharing.md. What comes in is made what this box itself would have saved, and nothing else: the body is
cleaned, files that did not come are left out, texts are one line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Literal

import msgspec

from content_packs.errors import BadInput
from content_packs.media.described import one_line
from ideascube.box_media.model import Media
from ideascube.creations.checking import LONGEST_LINE, problems
from ideascube.creations.cleaning import clean_body
from ideascube.creations.media_inside import ADDRESS
from ideascube.creations.model import Consent, Fields, Kind, MediaUse, Words
from ideascube.creations.states import Deed
from ideascube.creations.tags import Tag

LONGEST = 1024 * 1024  # bytes

_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """`creations.model.Fields` without consent and audience."""

    kind: Kind
    language: str
    texts: dict[str, Words]
    body: str = ""
    media: tuple[MediaUse, ...] = ()
    tags: tuple[str, ...] = ()
    licence: str = ""
    source: str = ""
    author: str = ""
    ends: str = ""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """`tags`: the names by language of each tag of `fields`."""

    format: Literal[1] = 1
    fields: Said
    consent: Literal["none_shown", "given"]
    tags: dict[str, dict[str, str]] = {}


_decoder = msgspec.json.Decoder(Document)


def why_not(fields: Fields) -> str:
    """What keeps a published creation from being shared: `staff`, `consent`, `licence`; empty for nothing."""
    if fields.audience != "all":
        return "staff"
    if fields.consent.answer not in ("none_shown", "given"):
        return "consent"
    return "" if fields.licence.strip() else "licence"


def document_of(fields: Fields, sums: Mapping[str, str], media: Mapping[str, Media], tags: Iterable[Tag]) -> bytes:
    """The document, the same bytes for the same thing. `sums`: of what travels, by the ids of files here."""
    uses = (use for use in fields.media if use.media in sums)
    said = msgspec.structs.replace(
        Said(**{name: getattr(fields, name) for name in Said.__struct_fields__}),
        body=with_files(fields.body, lambda file, name: travelling_address(sums.get(file), media.get(file), name)),
        media=tuple(msgspec.structs.replace(use, media=sums[use.media]) for use in uses),
    )
    names = {tag.id: dict(tag.names) for tag in tags if tag.id in fields.tags}
    answer: Literal["none_shown", "given"] = "given" if fields.consent.answer == "given" else "none_shown"
    return msgspec.json.encode(Document(fields=said, consent=answer, tags=names), order="sorted")


def travelling_address(sha256: str | None, media: Media | None, name: str) -> str:
    """The address of a file in a body that travels: by its use, since names are each box's own. Empty for none."""
    if sha256 is None:
        return ""
    made = media.named(name) if media is not None else None
    ending = _ENDING.search(name)
    return f"/media/{sha256}/{made.role if made else 'main'}{ending[0] if ending else ''}"


def with_files(body: str, address: Callable[[str, str], str]) -> str:
    """The body with other addresses of its files; a file whose address is empty is left out."""
    return clean_body(ADDRESS.sub(lambda found: address(found[1], found[2]), body)) if body else ""


def read_document(content: bytes) -> Document | None:
    """None for what is no document."""
    try:
        return _decoder.decode(content[: LONGEST + 1])
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None


def fields_here(document: Document, files: Mapping[str, str], tags: Iterable[Tag], note: str) -> Fields:
    """What it says, as this box keeps it. `files`: ids here by the sums of what came; `note`: how consent is known.

    Raises BadInput, whose text is a field's name, for what this box would not publish.
    """
    said = document.fields
    fields = Fields(
        kind=said.kind,
        language=said.language,
        texts={code: Words(one_line(words.title), one_line(words.summary)) for code, words in said.texts.items()},
        body=_body_here(said.body, files),
        media=tuple(_uses_here(said.media, files)),
        tags=_tags_here(document, tags),
        consent=Consent(document.consent, note if document.consent == "given" else ""),
        licence=one_line(said.licence, LONGEST_LINE),
        source=one_line(said.source, LONGEST_LINE),
        author=one_line(said.author, LONGEST_LINE),
        ends=said.ends,
    )
    wrong = problems(fields, Deed.PUBLISH, date.min)  # a notice that was over when it arrived is no harm
    if wrong:
        raise BadInput(wrong[0].field)
    return fields


def _body_here(body: str, files: Mapping[str, str]) -> str:
    try:
        return with_files(body, lambda file, name: f"/media/{files[file]}/{name}" if file in files else "")
    except BadInput as error:
        raise BadInput("body") from error


def _uses_here(uses: Iterable[MediaUse], files: Mapping[str, str]) -> Iterable[MediaUse]:
    """Each of which has its file here. Raises BadInput for one that did not come."""
    for use in uses:
        if use.media not in files:
            raise BadInput("media")
        yield msgspec.structs.replace(use, media=files[use.media])


def _tags_here(document: Document, tags: Iterable[Tag]) -> tuple[str, ...]:
    """Those that this box has, by the same id or else by a name; it gets no new ones."""
    known = [*tags]
    ids = {tag.id for tag in known}
    by_name = {(code, name.casefold()): tag.id for tag in known for code, name in tag.names.items()}
    found: list[str] = []
    for tag in document.fields.tags:
        names = document.tags.get(tag, {}).items()
        also = (by_name[key] for code, name in names if (key := (code, name.casefold())) in by_name)
        found += [tag] if tag in ids else [*also][:1]
    return tuple(dict.fromkeys(found))
