"""`course.yml` and `module.yml` as their maker wrote them. The fields are in `docs/formats/course.md`.

Whether the files exist that they name, and what those become, is found in `resolve`.
"""

from __future__ import annotations

import posixpath
import unicodedata
from dataclasses import dataclass, field

from content_packs.build.course.names import folder_of
from content_packs.build.course.words import LEVELS, WORDS
from content_packs.build.side_yml import read_text
from content_packs.build.source import SourceFile
from content_packs.build.yaml_fields import SIZE_LIMIT, Fields
from content_packs.courses.model import Role, Texts
from content_packs.errors import BadInput
from content_packs.pack_id import is_build_id


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that a course names: its path in the pack, as it was written, and the place where, for errors."""

    path: str
    written: str
    place: str

    def wrong(self, what: str) -> BadInput:
        return BadInput(f"{self.place}: {self.written} {what}")

    def missing(self) -> BadInput:
        return self.wrong(f"is listed, and there is no {self.path}: correct the name or add the file.")


@dataclass(frozen=True, slots=True)
class StepSpec:
    """One step as it was named; `id` may be empty."""

    file: FileRef
    id: str = ""
    title: Texts = field(default_factory=dict)
    minutes: int | None = None
    role: Role = ""
    attachments: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class ModuleSpec:
    """One module; `folder` where it is one."""

    steps: tuple[StepSpec, ...] = ()
    id: str = ""
    folder: str = ""
    title: Texts = field(default_factory=dict)
    summary: Texts = field(default_factory=dict)
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class CourseSpec:
    """One course; `file` is its `course.yml` or, where there is none, its folder. No modules: folders are modules."""

    file: str
    folder: str
    title: Texts
    id: str = ""
    summary: Texts = field(default_factory=dict)
    audience: Texts = field(default_factory=dict)
    level: str = ""
    minutes: int | None = None
    licence: str = ""
    order: int | None = None
    words: dict[str, Texts] = field(default_factory=dict)
    modules: tuple[ModuleSpec, ...] | None = None


def read_course_yml(source: SourceFile, languages: tuple[str, ...], title: Texts, summary: Texts) -> CourseSpec:
    """The course of a file; `title` and `summary` where it gives none. Raises BadInput with file, line and field."""
    fields = _fields(source)
    found = CourseSpec(
        file=source.path,
        folder=folder_of(source.path),
        title=fields.texts("title", languages, required=not title) or title,
        id=_id(fields),
        summary=fields.texts("summary", languages) or summary,
        audience=fields.texts("audience", languages),
        level=_level(fields),
        minutes=_minutes(fields),
        licence=fields.text("licence"),
        order=fields.number("order"),
        words=_words(fields, languages),
        modules=_modules(fields, source.path, languages),
    )
    fields.finish()
    return found


def read_module_yml(source: SourceFile, languages: tuple[str, ...]) -> ModuleSpec:
    """What a folder's `module.yml` says; it may list its steps."""
    fields = _fields(source)
    found = _module(fields, source.path, languages, titled=False)
    fields.finish()
    return found


def _fields(source: SourceFile) -> Fields:
    return Fields(source.path, read_text(source.path, source.file, SIZE_LIMIT))


def _modules(fields: Fields, file: str, languages: tuple[str, ...]) -> tuple[ModuleSpec, ...] | None:
    if fields.value("modules") is None and "modules" not in fields:
        return None
    found = []
    for each in fields.mappings("modules", required=True):
        found.append(_module(each, file, languages, titled=True))
        each.finish()
    return tuple(found)


def _module(fields: Fields, file: str, languages: tuple[str, ...], *, titled: bool) -> ModuleSpec:
    title = fields.texts("title", languages, required=titled)
    lessons = [_step(each, file, languages) for each in fields.mappings("lessons", short="file")]
    steps = [*_check(fields, file, "before"), *lessons, *_check(fields, file, "after")]
    return ModuleSpec(
        steps=tuple(steps),
        id=_id(fields),
        folder="" if titled else folder_of(file),
        title=title,
        summary=fields.texts("summary", languages),
        minutes=_minutes(fields),
    )


def _check(fields: Fields, file: str, role: Role) -> list[StepSpec]:
    name = fields.text(role)
    return [StepSpec(_file(name, file, f"{file}, line {fields.line(role)}"), role=role)] if name else []


def _step(fields: Fields, file: str, languages: tuple[str, ...]) -> StepSpec:
    name = fields.text("file", required=True)
    step = StepSpec(
        file=_file(name, file, f"{file}, line {fields.line('file')}"),
        id=_id(fields),
        title=fields.texts("title", languages),
        minutes=_minutes(fields),
        attachments=tuple(_attachments(fields, file)),
    )
    fields.finish()
    return step


def _attachments(fields: Fields, file: str) -> list[FileRef]:
    value = fields.value("attachments")
    names = value.list() if value else []
    return [_file(name.text(), file, f"{file}, line {name.line}") for name in names]


def _file(written: str, file: str, place: str) -> FileRef:
    joined = posixpath.join(folder_of(file), unicodedata.normalize("NFC", written))
    return FileRef(posixpath.normpath(joined), written, place)


def _id(fields: Fields) -> str:
    text = fields.text("id")
    if text and not is_build_id(text):
        raise fields.wrong("id", "may hold small letters a to z, digits, “-”, “_” and “.”.")
    return text


def _minutes(fields: Fields) -> int | None:
    minutes = fields.number("minutes")
    if minutes is not None and minutes < 1:
        raise fields.wrong("minutes", "must be a whole number of minutes from 1 on.")
    return minutes


def _level(fields: Fields) -> str:
    level = fields.text("level")
    if level and level not in LEVELS:
        raise fields.wrong("level", f"must be one of {', '.join(LEVELS)}, not “{level}”.")
    return level


def _words(fields: Fields, languages: tuple[str, ...]) -> dict[str, Texts]:
    """The words of buttons and headings in languages that the program has none for."""
    given = fields.mapping("words")
    if given is None:
        return {}
    found = {name: value.texts_given(languages) for name in WORDS if (value := given.value(name)) is not None}
    given.finish()
    return found
