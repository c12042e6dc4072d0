"""What becomes of a file that arrived: an item of its own, or the subtitles of a film. Pure."""

from __future__ import annotations

import re

import msgspec

from ideascube.box_media.model import Kind as MediaKind
from ideascube.box_media.model import Media
from ideascube.creations.model import Fields, Kind, MediaUse, Words

_LONGEST_TITLE = 100  # letters
_ENDING = re.compile(r"\.\w{1,5}\Z")
_BY_A_CAMERA = re.compile(
    r"(img|vid|dsc|dscn|pxl|mvi|mov|aud|rec|ptt|image|video|audio|file)?[\W\d_]*(wa\d+)?", re.IGNORECASE
)

MADE_OF: dict[MediaKind, Kind] = {
    MediaKind.FILM: "film",
    MediaKind.AUDIO: "audio",
    MediaKind.PICTURE: "picture",
    MediaKind.DOCUMENT: "document",
    MediaKind.BOOK: "document",
}


def title_of_name(name: str) -> str:
    """What the file is called, as a title to begin with; empty where a camera or recorder named it."""
    bare = _ENDING.sub("", name)
    if _BY_A_CAMERA.fullmatch(bare):
        return ""
    return " ".join(bare.replace("_", " ").split())[:_LONGEST_TITLE]


def fields_for(media: Media, name: str, language: str) -> Fields:
    """A draft about this file, whose owner called it `name`, written in `language` until they say another."""
    return Fields(
        kind=MADE_OF[media.kind],
        language=language,
        texts={language: Words(title_of_name(name))},
        media=(MediaUse(media.id, "main"),),
    )


def with_subtitles(fields: Fields, media: Media, language: str) -> Fields:
    """The same film or sound with these subtitles, in the place of those that it had in this language."""
    others = tuple(use for use in fields.media if (use.role, use.language) != ("subtitles", language))
    return msgspec.structs.replace(fields, media=(*others, MediaUse(media.id, "subtitles", language)))
