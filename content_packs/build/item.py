"""One item, complete: a film, sound, document or picture that has a page of its own, and what is shown there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from content_packs.build import file_types
from content_packs.build.names import stem
from content_packs.build.planned import PlannedEntry
from content_packs.build.side_yml import ItemFields
from content_packs.build.transcripts import Transcript
from content_packs.media.described import Described, Heading


@dataclass(frozen=True, slots=True)
class MediaItem:
    """An item. What its maker wrote about it (`fields`) goes before what its file says (`described`).

    `source` is its file's path, `path` the entry's, which differs where it was converted; `size` in bytes; `element` is
    the HTML element that shows it, `a` where it is only linked to. `poster` and `thumbnail` are paths of pictures, for
    its page and for lists; `subtitles` are paths by language, and so are the `written` transcripts. `entries` are all
    of its entries but its page.
    """

    source: str
    path: str
    size: int
    element: str
    fields: ItemFields
    described: Described
    poster: str | None
    thumbnail: str | None
    subtitles: Mapping[str, str]
    transcripts: tuple[Transcript, ...]
    written: Mapping[str, str]
    headings: tuple[Heading, ...]
    entries: tuple[PlannedEntry, ...]

    @property
    def page(self) -> str:
        """The path of the page that shows it."""
        return f"{stem(self.source)}.html"

    @property
    def place(self) -> tuple[float, str]:
        """Where it stands among the pack's items, as in the contents: by `order`, then by name."""
        return (float("inf") if self.fields.order is None else self.fields.order), self.source

    @property
    def file_name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def mimetype(self) -> str:
        """Its type, or empty where naming it would keep browsers from trying."""
        return file_types.mimetype_of(self.path) if file_types.has_ending(self.path, file_types.PLAYED_ENDINGS) else ""

    @property
    def is_played(self) -> bool:
        return self.element in ("video", "audio")

    def title_in(self, language: str, main: str) -> str:
        """Its title: in this language, else in the main one, else as its file says, else its file's name."""
        titles = self.fields.title
        return titles.get(language) or titles.get(main) or self.described.title or stem(self.source).rpartition("/")[2]

    def description_in(self, language: str, main: str) -> str:
        descriptions = self.fields.description
        return descriptions.get(language) or descriptions.get(main) or self.described.description

    @property
    def credits(self) -> tuple[str, ...]:
        """Who made it, when, and under which licence."""
        creator = self.fields.creator or ", ".join(self.described.creators)
        licence = self.fields.licence or self.described.licence
        return tuple(text for text in (creator, self.described.publisher, self.described.date, licence) if text)

    @property
    def language(self) -> str:
        """The one spoken or written in it, or empty."""
        return self.fields.language or self.described.language

    @property
    def clock(self) -> str:
        """How long it plays, as `1:02:03` or `4:05`, or empty."""
        return "" if self.described.duration is None else clock(self.described.duration)


def clock(seconds: float) -> str:
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
