"""What a pack says of its items: films, sounds, books, documents and described pictures, for programs that show them.

The types are those of the entry `_pack/items.json`; `docs/formats/items.md` explains the fields. Texts are by language
(BCP 47), paths are those of entries in the pack. Whether they lead anywhere is for whoever follows them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec

from content_packs.errors import BadInput

FORMAT = 1
PATH = "_pack/items.json"
SIZE_LIMIT = 4 * 1024 * 1024  # bytes; about 8,000 items
MOST = 20_000  # items; those of a list that says next to nothing of each would take far more memory than the list

Kind = Literal["film", "audio", "book", "document", "picture"]

# Bounds of what a stranger's pack may say.
_TAG = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}"
Language = Annotated[str, msgspec.Meta(pattern=f"^{_TAG}$")]
NoLanguage = Annotated[str, msgspec.Meta(pattern=f"^({_TAG})?$")]
EntryPath = Annotated[str, msgspec.Meta(max_length=2000)]
Line = Annotated[str, msgspec.Meta(max_length=2000)]
Text = Annotated[str, msgspec.Meta(max_length=20_000)]
Texts = Annotated[dict[Language, Text], msgspec.Meta(max_length=200)]
Paths = Annotated[dict[Language, EntryPath], msgspec.Meta(max_length=200)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Seconds = Annotated[float, msgspec.Meta(ge=0, le=10_000_000)]


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One item. What is not known of it is empty or None.

    `path` is its file, `page` the pack's own page that shows it; `size` in bytes; `duration` in seconds; `poster` and
    `thumbnail` are paths of pictures, at most 640 and 240 pixels wide; `subtitles` are paths of WebVTT files and
    `transcripts` of plain text by language. `language` is the one spoken or written in it, `part_of` its series or
    album, `pages` the number of a document's. `date` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, `licence` an SPDX identifier
    or the licence's name.
    """

    path: EntryPath
    kind: Kind
    title: Texts
    page: EntryPath = ""
    description: Texts = {}
    language: NoLanguage = ""
    duration: Seconds | None = None
    size: Count = 0
    mimetype: Line = ""
    poster: EntryPath = ""
    thumbnail: EntryPath = ""
    subtitles: Paths = {}
    transcripts: Paths = {}
    creators: tuple[Line, ...] = ()
    date: Line = ""
    licence: Line = ""
    part_of: Line = ""
    pages: Count | None = None

    @property
    def is_played(self) -> bool:
        """Whether it is a film or a sound."""
        return self.kind in ("film", "audio")


class _Listed(msgspec.Struct):
    """The whole entry."""

    format: int
    items: Annotated[tuple[Item, ...], msgspec.Meta(max_length=MOST)]


def write_items(items: Iterable[Item]) -> bytes:
    """The JSON of these items, one a line, one form for one list; those that no longer fit are left out."""
    lines: list[bytes] = []
    room = SIZE_LIMIT - 100
    for item in items:
        line = msgspec.json.encode(item, order="deterministic")
        room -= len(line) + 2
        if room < 0:
            break
        lines.append(line)
    return b'{"format": %d, "items": [\n%s\n]}\n' % (FORMAT, b",\n".join(lines))


def read_items(raw: bytes, name: str) -> tuple[Item, ...]:
    """The items that JSON holds, in its order, one a file; fields that are not known are passed over.

    Raises BadInput, speaking of `name`, for what is no such list or has a format that is newer than this program.
    """
    if len(raw) > SIZE_LIMIT:
        raise BadInput(
            f"{name} is larger than {SIZE_LIMIT // 1024 // 1024} MiB, which no list is: build its pack again."
        )
    try:
        listed = msgspec.json.decode(raw, type=_Listed)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(f"{name} is no list of items that can be read ({error}): build its pack again.") from error
    if listed.format > FORMAT:
        raise BadInput(f"{name} has format {listed.format}, and this program knows {FORMAT}: bring it up to date.")
    return tuple({item.path: item for item in reversed(listed.items)}.values())[::-1]
