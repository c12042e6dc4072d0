"""What a collection holds at this moment, out of the box's database: everything that an edition is made of."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from content_packs.courses.model import Course
from content_packs.store.data_folder import DataFolder
from content_packs.store.library import load_library
from ideascube.box_db.box_facts import fact
from ideascube.box_db.creations import load_shown
from ideascube.box_db.media import load_media, load_several
from ideascube.box_db.own_courses import published_courses
from ideascube.box_db.tags import list_tags
from ideascube.box_media.addresses import made_folder
from ideascube.box_media.model import Media, Role
from ideascube.collecting.model import About, Collection, Edition, Held, Member
from ideascube.collecting.source import Made, MadeFile, Wanted
from ideascube.creations.markdown import to_markdown
from ideascube.creations.media_inside import ADDRESS, media_inside
from ideascube.creations.model import Creation, title_of
from ideascube.teaching.export import creations_of
from ideascube.teaching.model import OwnCourse
from ideascube.teaching.places import media_of, packs_of

# A link to a path of this box, as `creations.markdown` writes it: in Markdown, or in HTML where that cannot say all.
_LINK = re.compile(r"(?<!!)\[(?P<words>(?:\\.|[^\]\\])*)\]\(<(?P<path>/[^>]*)>\)")
_LINK_IN_HTML = re.compile(r'<a href="(?P<path>/[^"]*)"[^>]*>(?P<words>.*?)</a>', re.DOTALL)
_ITEM = re.compile(r"/items/([a-z0-9]{10})")
_OF_ITEMS = ("film", "audio", "document", "book")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What goes in, what it holds, the cover's file, and sentences about what had to be left out."""

    wanted: Wanted
    holds: tuple[Held, ...]
    cover: Path | None
    notes: tuple[str, ...]


def take_snapshot(
    connection: sqlite3.Connection, collection: Collection, edition: Edition, data: DataFolder
) -> Snapshot:
    """Of what readers see now; what was withdrawn, or is for staff alone, is not in it."""
    courses = published_courses(connection, [member.id for member in collection.members if member.kind == "course"])
    creations = _creations(connection, collection, [own.course for own in courses])
    members = set(collection.members)
    asked = [each for each in creations if Member("creation", each.id) in members]
    holds = (
        *(Held("creation", each.id, each.version) for each in asked),
        *(Held("course", each.id, each.published or 0) for each in courses),
    )
    gone = members - {Member(held.kind, held.id) for held in holds}
    notes = [f"Left out, since readers do not see it: {member.kind} {member.id}." for member in sorted(gone)]
    media = _media_of(connection, creations)
    inside = frozenset(each.id for each in creations)
    made = [_Making(each, media, inside, data, notes).made() for each in creations]
    tags = _tag_names(connection, {tag for each in creations for tag in each.tags}, collection.language)
    wanted = Wanted(
        collection, edition, fact(connection, "name") or "Ideascube", made, tags, [own.course for own in courses],
        _shown_by(connection, courses, data), _titles(courses, data),
    )  # fmt: skip
    return Snapshot(wanted, holds, _cover(connection, collection, creations, media, data), tuple(notes))


def _creations(connection: sqlite3.Connection, collection: Collection, courses: Iterable[Course]) -> list[Creation]:
    """What readers see of the members, and what courses have as lessons beside them."""
    ids = [member.id for member in collection.members if member.kind == "creation"]
    lessons = [each for course in courses for each in creations_of(course)]
    found = (load_shown(connection, each) for each in dict.fromkeys([*ids, *lessons]))
    return [creation for creation in found if creation is not None and creation.audience == "all"]


def _shown_by(connection: sqlite3.Connection, courses: Iterable[OwnCourse], data: DataFolder) -> dict[str, Path]:
    """The pictures and sounds of questions, by the ids of the files."""
    found = load_several(connection, [each for own in courses for each in media_of(own.course)])
    return {each.id: made_folder(data, each.id) / each.main.name for each in found.values() if each.main is not None}


def _titles(courses: Iterable[OwnCourse], data: DataFolder) -> dict[str, str]:
    """Of the packs that courses lead to."""
    library = load_library(data.library_file)
    records = ((pack, library.get(pack)) for own in courses for pack in packs_of(own.course))
    return {pack: record.manifest.title for pack, record in records if record is not None and record.manifest}


def _media_of(connection: sqlite3.Connection, creations: Iterable[Creation]) -> dict[str, Media]:
    used = {use.media for each in creations for use in each.media}
    inside = {media_id for each in creations for media_id in media_inside(each.body)}
    return load_several(connection, sorted(used | inside))


@dataclass(frozen=True, slots=True)
class _Making:
    """One creation on its way into the pack."""

    creation: Creation
    media: Mapping[str, Media]
    inside: frozenset[str]
    data: DataFolder
    notes: list[str]

    def made(self) -> Made:
        creation = self.creation
        main = next((use.media for use in creation.media if use.role == "main"), "")
        inside = sorted(media_inside(creation.body) - {main})
        return Made(
            id=creation.id,
            work=creation.work,
            language=creation.language,
            texts={code: About(words.title, words.summary) for code, words in creation.texts.items()},
            markdown=self._markdown(),
            author=creation.author,
            licence=creation.licence,
            source=creation.source,
            day=_day(creation.shown_at or creation.changed_at),
            main=self._file(main, is_main=True) if main else None,
            files=tuple(file for each in inside if (file := self._file(each)) is not None),
        )

    def _markdown(self) -> str:
        text = to_markdown(self.creation.body)
        text = _LINK.sub(self._link, ADDRESS.sub(self._address, text))
        return _LINK_IN_HTML.sub(self._link, text)

    def _address(self, found: re.Match[str]) -> str:
        media = self.media.get(found[1])
        return f"../files/{_name(media)}" if media is not None and media.main is not None else ""

    def _link(self, found: re.Match[str]) -> str:
        """A link to another thing of the collection leads there; one to this box alone leaves its words."""
        item = _ITEM.fullmatch(found["path"])
        if item is None or item[1] not in self.inside:
            return found["words"]
        return found[0].replace(found["path"], f"item:{item[1]}")

    def _file(self, media_id: str, *, is_main: bool = False) -> MadeFile | None:
        media = self.media.get(media_id)
        if media is None or media.main is None:
            title = title_of(self.creation.texts, self.creation.language) or self.creation.id
            self.notes.append(f"A file of “{title}” is not ready yet: publish once more when it is.")
            return None
        folder = made_folder(self.data, media.id)
        poster = media.poster
        return MadeFile(
            name=_name(media),
            file=folder / media.main.name,
            is_item=media.kind in _OF_ITEMS or is_main,
            language=self.creation.language,
            poster=folder / poster.name if poster is not None and media.kind in _OF_ITEMS else None,
            subtitles=self._subtitles() if is_main else {},
        )

    def _subtitles(self) -> dict[str, Path]:
        uses = ((use.language, self.media.get(use.media)) for use in self.creation.media if use.role == "subtitles")
        return {
            language or self.creation.language: made_folder(self.data, media.id) / media.main.name
            for language, media in uses
            if media is not None and media.main is not None
        }


def _tag_names(connection: sqlite3.Connection, tags: Iterable[str], language: str) -> tuple[str, ...]:
    """In the language, else in English; those that have no name there are left out."""
    names = {tag.id: tag.names.get(language) or tag.names.get("en") for tag in list_tags(connection)}
    return tuple(name for tag in sorted(tags) if (name := names.get(tag)))


def _name(media: Media) -> str:
    """Of the file in the pack: by what it is, so that one film in two articles is there once."""
    assert media.main is not None
    return f"{media.id[:16]}.{media.main.name.rpartition('.')[2]}"


def _day(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).date().isoformat()


def _cover(
    connection: sqlite3.Connection,
    collection: Collection,
    creations: Iterable[Creation],
    media: Mapping[str, Media],
    data: DataFolder,
) -> Path | None:
    """The picture that was chosen, else the first one of what is in it."""
    chosen = load_media(connection, collection.cover) if collection.cover else None
    inside = (media.get(use.media) for each in creations for use in each.media if use.role in ("cover", "main"))
    for each in (chosen, *inside):
        picture = each.file(Role.SMALL) if each is not None else None
        if each is not None and picture is not None:
            return made_folder(data, each.id) / picture.name
    return None
