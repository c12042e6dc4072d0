"""A file put into a creation: shown within its text, or as what it is about. Pure."""

from __future__ import annotations

from html import escape

import msgspec

from ideascube.box_media.model import Kind, Media
from ideascube.creations.cleaning import clean_body
from ideascube.creations.model import Fields, MediaUse, Role

# By the ending a page knows what to show a file with, also while it is still being made ready: `main` is whatever is
# made of it (ideascube/box_media/serving.py).
_ENDINGS = {Kind.PICTURE: ".jpg", Kind.FILM: ".mp4", Kind.AUDIO: ".m4a", Kind.DOCUMENT: ".pdf", Kind.BOOK: ".epub"}
_SHOWN = (Kind.PICTURE, Kind.FILM, Kind.AUDIO)


def main_address(media: Media) -> str:
    """Where what is made of it is, or will be; empty for what is only used with something else, such as subtitles."""
    if media.main is not None:
        return f"/media/{media.id}/{media.main.name}"
    return f"/media/{media.id}/main{_ENDINGS[media.kind]}" if media.kind in _ENDINGS else ""


def with_file_in_text(fields: Fields, media: Media) -> Fields:
    """At the end of the text: a picture, film or sound to be seen there, a document as a link."""
    address = main_address(media)
    if not address:
        return fields
    link = f'<p><a href="{address}">{escape(media.name)}</a></p>'
    figure = f'<figure><img src="{address}"></figure>'
    shown = figure if media.kind in _SHOWN else link
    return msgspec.structs.replace(fields, body=clean_body(f"{fields.body}\n{shown}"))


def with_file_as(fields: Fields, media: Media, role: Role) -> Fields:
    """As its main file or its cover, instead of the one before; subtitles beside those that there are."""
    kept = [use for use in fields.media if use.role != role or role == "subtitles"]
    language = fields.language if role == "subtitles" else ""
    return msgspec.structs.replace(fields, media=(*kept, MediaUse(media.id, role, language)))
