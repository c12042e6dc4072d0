"""What a collection's pack is built from, as docs/formats/pack-source.md wants it. No input or output."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from content_packs.build.pack_yml import DESCRIPTION_LIMIT, TITLE_LIMIT
from content_packs.courses.model import Course
from content_packs.graphemes import first_graphemes
from ideascube.collecting.model import About, Collection, Edition
from ideascube.teaching.export import FOLDER, Around, course_source

COVER = "cover.png"
SOURCE = Path | str  # a file to be taken, or a text to be written

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ITEM = re.compile(r"(\]\(<|href=\")item:([a-z0-9]+)(?=[>\"])")
_MARKS = re.compile(r"([\\`*_\[\]<>#|])")


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file of something that was made here. `name` is that in the pack, below `files/`, with its ending.

    `is_item`: a film, sound or document, which gets a page of its own; else a picture. `subtitles` by language.
    """

    name: str
    file: Path
    is_item: bool
    language: str = ""
    title: str = ""
    poster: Path | None = None
    subtitles: Mapping[str, Path] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        return self.name.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Made:
    """Something that was made here, as it goes into a pack.

    `work` is what its translations share. `markdown` may be empty where the `main` file says all; its `files` are at
    `../files/NAME` in it, and a link to another thing of the collection leads to `item:ID`. `day` is
    YYYY-MM-DD; `texts` are titles and summaries by language.
    """

    id: str
    work: str
    language: str
    texts: Mapping[str, About]
    markdown: str
    author: str
    licence: str
    source: str
    day: str
    tags: tuple[str, ...] = ()
    main: MadeFile | None = None
    files: tuple[MadeFile, ...] = ()

    @property
    def about(self) -> About:
        return self.texts.get(self.language) or next(iter(self.texts.values()), About("", ""))


@dataclass(frozen=True, slots=True)
class Wanted:
    """The whole of what one edition is made of. `media`: files that courses show, by id; `packs`: titles of those that
    courses lead to, by id.
    """

    collection: Collection
    edition: Edition
    box: str
    made: Sequence[Made]
    tags: tuple[str, ...] = ()
    courses: Sequence[Course] = ()
    media: Mapping[str, Path] = field(default_factory=dict)
    packs: Mapping[str, str] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """Of the collection and of everything in it, its main one first."""
        inside = [code for made in self.made for code in (made.language, *made.texts)]
        inside += [code for course in self.courses for code in course.pages]
        return tuple(dict.fromkeys(code for code in (*self.collection.languages, *inside) if code))

    @property
    def authors(self) -> tuple[str, ...]:
        """Those who wish to be named, as they wish it."""
        return tuple(dict.fromkeys(made.author for made in self.made if made.author))


def source_files(wanted: Wanted) -> dict[str, SOURCE]:
    """Every file of the source but the cover, by its path."""
    pages = _page_names(wanted.made)
    addresses = {made.id: _address(made, pages) for made in wanted.made}
    files: dict[str, SOURCE] = {"pack.yml": _pack_yml(wanted)}
    for language in wanted.languages:
        if language in wanted.collection.texts:
            files[f"index.{language}.md"] = _index(wanted, language, addresses)
    for place, made in enumerate(wanted.made, 1):
        files |= _files_of(made, place)
        if made.id in pages:
            files[f"{pages[made.id]}.md"] = _linked(_page(made, place), addresses)
    around = Around(wanted.languages, _for_lessons(wanted, pages), wanted.media, wanted.packs)
    for course in wanted.courses:
        files |= course_source(course, around)
    return files


def _for_lessons(wanted: Wanted, pages: Mapping[str, str]) -> dict[str, str]:
    """What each thing became, for the lessons of courses: a page without its language, or a file."""
    as_files = {made.id: f"files/{made.main.name}" for made in wanted.made if made.main and made.id not in pages}
    return {name: path.removesuffix(f".{path.rpartition('.')[2]}") for name, path in pages.items()} | as_files


def _address(made: Made, pages: Mapping[str, str]) -> str:
    """Where it is shown in the pack: on its page of text, else on that of its film, sound or document."""
    if made.id in pages or made.main is None:
        return f"{pages[made.id]}.html"
    return f"files/{made.main.stem}.html"


def _linked(page: str, addresses: Mapping[str, str]) -> str:
    """A page in the folder `made` with its links to other things of the collection."""
    return _ITEM.sub(lambda found: f"{found[1]}../{addresses.get(found[2], '')}", page)


def _pack_yml(wanted: Wanted) -> str:
    collection, edition = wanted.collection, wanted.edition
    texts = collection.texts
    return _yaml(
        {
            "id": collection.pack,
            "title": {code: _short(text.title, TITLE_LIMIT) for code, text in texts.items()},
            "description": {
                code: _short(text.description or text.title, DESCRIPTION_LIMIT) for code, text in texts.items()
            },
            "long_description": {code: text.description for code, text in texts.items() if text.description},
            "languages": list(wanted.languages),
            "creator": ", ".join(wanted.authors) or wanted.box,
            "publisher": wanted.box,
            "date": edition.day,
            "version": edition.version,
            "licence": collection.licence,
            "kind": "collection",
            "illustration": COVER,
            "tags": [tag for tag in wanted.tags if ";" not in tag and not tag.startswith("_")],
            "provenance": {"box": wanted.box, "collection": collection.id, "edition": str(edition.number)},
        }
    )


def _page_names(made: Sequence[Made]) -> dict[str, str]:
    """Of each that has a page of text, the name of its file: translations share all but the language."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for each in made:
        if not each.markdown.strip() and each.main is not None:
            continue
        name = f"made/{each.work}.{each.language}"
        names[each.id] = name if name not in taken else f"made/{each.id}.{each.language}"
        taken.add(name)
    return names


def _page(made: Made, place: int) -> str:
    head = {"title": made.about.title, "summary": made.about.description, "order": place}
    film = f"![]({_up(made.main)})\n\n" if made.main else ""
    return f"---\n{_yaml(head)}---\n# {_plain(made.about.title)}\n\n{film}{made.markdown.strip()}\n\n{_credits(made)}\n"


def _up(file: MadeFile) -> str:
    return f"../files/{file.name}"


def _credits(made: Made) -> str:
    """Who made it, under which licence, when and from what: as licences ask that it stands with the text itself."""
    said = [text for text in (made.author, made.licence, made.day, made.source) if text]
    return f"* * *\n\n{' · '.join(map(_plain, said))}" if said else ""


def _index(wanted: Wanted, language: str, addresses: Mapping[str, str]) -> str:
    about = wanted.collection.texts[language]
    lines = [_course_line(course, language) for course in wanted.courses]
    lines += [_line(made, language, addresses[made.id]) for made in _once_each(wanted.made, language)]
    foot = " · ".join(_plain(text) for text in (wanted.box, wanted.edition.day, wanted.collection.licence) if text)
    head = _yaml({"title": about.title, "summary": about.description, "order": 0})
    parts = (
        f"---\n{head}---\n# {_plain(about.title)}",
        _plain(about.description),
        "\n".join(lines),
        f"* * *\n\n{foot}",
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _course_line(course: Course, language: str) -> str:
    code = language if language in course.pages else next(iter(course.pages), language)
    title = course.title.get(code) or next(iter(course.title.values()), course.id)
    return f"- [{_plain(title)}]({FOLDER}/{course.id}/course.{code}.html)"


def _once_each(made: Sequence[Made], language: str) -> Iterator[Made]:
    """Of translations, the one in this language, where it stands or where the first of them does."""
    own = {each.work: each for each in reversed(made) if each.language == language}
    shown: set[str] = set()
    for each in made:
        if each.work not in shown:
            shown.add(each.work)
            yield own.get(each.work, each)


def _line(made: Made, language: str, address: str) -> str:
    about = made.texts.get(language) or made.about
    summary = f" — {_plain(about.description)}" if about.description else ""
    return f"- [{_plain(about.title) or made.id}]({address}){summary}"


def _files_of(made: Made, place: int) -> dict[str, SOURCE]:
    files: dict[str, SOURCE] = {}
    for each in (*([made.main] if made.main else []), *made.files):
        files[f"files/{each.name}"] = each.file
        if each.is_item:
            files |= _beside(made, each, place)
    return files


def _beside(made: Made, file: MadeFile, place: int) -> Iterable[tuple[str, SOURCE]]:
    """What says what a film, sound or document is."""
    is_main = made.main is file
    texts = made.texts if is_main else {made.language: About(file.title or made.about.title, "")}
    said = {
        "title": {code: text.title for code, text in texts.items() if text.title},
        "description": {code: text.description for code, text in texts.items() if text.description},
        "language": file.language or made.language,
        "licence": made.licence,
        "creator": made.author,
        "order": place,
    }
    yield f"files/{file.stem}.yml", _yaml({name: value for name, value in said.items() if value})
    if file.poster is not None:
        yield f"files/{file.stem}{file.poster.suffix}", file.poster
    for language, subtitles in file.subtitles.items():
        yield f"files/{file.stem}.{language}{subtitles.suffix}", subtitles


def _yaml(fields: Mapping[str, object]) -> str:
    """Fields as lines of YAML, whose values are JSON: YAML 1.2 takes all of it, whatever people wrote."""
    return "".join(f"{name}: {json.dumps(_clean(value), ensure_ascii=False)}\n" for name, value in fields.items())


def _clean(value: object) -> object:
    if isinstance(value, str):
        return _UNWRITABLE.sub("", value).strip()
    if isinstance(value, Mapping):
        return {name: _clean(each) for name, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list) else value


def _plain(text: str) -> str:
    """A text in Markdown that shows it as it is, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(_UNWRITABLE.sub("", text).split()))


def _short(text: str, limit: int) -> str:
    return first_graphemes(text, limit)
