"""A box with much in it: creations of real texts in all states, packs of many pages. Made once a call, packs once.

Texts are paragraphs of Debian's documentation in several languages; who reads them need not like them.
"""

from __future__ import annotations

import html
import random
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from benchmarks.packs import CORPORA, build, fetched
from content_packs.store.data_folder import DataFolder
from ideascube.box_db.creations import change_state, new_creation
from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.people import account_by_name, add_account
from ideascube.creations.cleaning import clean_body
from ideascube.creations.model import Consent, Fields, Words
from ideascube.creations.states import Deed
from ideascube.people.rights import Person, Role

_A_PACK = 5000  # pages
_A_TRANSACTION = 200  # creations
_PEOPLE = (("Amina", Role.MEDIATOR), ("Joseph", Role.CONTRIBUTOR), ("Marie", Role.CONTRIBUTOR))
_KINDS = ("article", "notice", "story", "sheet")


class Amounts(NamedTuple):
    creations: int = 5000
    items: int = 20_000  # pages of packs


class Text(NamedTuple):
    title: str
    paragraphs: tuple[str, ...]


def make_library(cache: Path, folder: Path, amounts: Amounts) -> Path:
    """A new data folder with so much in it."""
    texts = list(_texts(cache))
    data = DataFolder(folder)
    data.create()
    for pack in _packs(cache, texts, amounts.items):
        shutil.copy(pack, data.packs)
    with box_database(data.root / "box.db") as connection:
        _make_creations(connection, texts, amounts.creations)
    return folder


def _texts(cache: Path) -> Iterator[Text]:
    """Every page of the documentation that has words: its title and its paragraphs."""
    for corpus in CORPORA:
        for path in sorted(fetched(corpus, cache).rglob("*.html")):
            page = LexborHTMLParser(path.read_bytes())
            heading = page.css_first("h1, h2, title")
            found = (" ".join(each.text().split()) for each in page.css("p"))
            paragraphs = tuple(text for text in found if len(text) > 80)
            if heading and paragraphs:
                yield Text(" ".join(heading.text().split())[:120], paragraphs[:8])


def _mixed(texts: list[Text], number: int) -> Text:
    """The text of this number: real ones one after the other, then their paragraphs in other company."""
    chance = random.Random(number)
    text = texts[number % len(texts)]
    if number < len(texts):
        return text
    others = [chance.choice(chance.choice(texts).paragraphs) for _ in range(4)]
    return Text(f"{text.title} {number // len(texts) + 1}", (*others, chance.choice(text.paragraphs)))


# Creations


def _make_creations(connection: sqlite3.Connection, texts: list[Text], count: int) -> None:
    with transaction(connection):
        people = [_person(connection, name, role) for name, role in _PEOPLE]
        tags = [str(row[0]) for row in connection.execute("SELECT id FROM tag ORDER BY place")]
    for first in range(0, count, _A_TRANSACTION):
        with transaction(connection):
            for number in range(first, min(first + _A_TRANSACTION, count)):
                _make_one(connection, _mixed(texts, number), number, people, tags)
        print(f"creations: {min(first + _A_TRANSACTION, count)} of {count}", file=sys.stderr)


def _person(connection: sqlite3.Connection, name: str, role: Role) -> Person:
    found = account_by_name(connection, name) or add_account(connection, name, role, "-")
    return found.person


def _make_one(connection: sqlite3.Connection, text: Text, number: int, people: list[Person], tags: list[str]) -> None:
    """Of ten, six are published, two wait for an answer, one is a draft and one was sent back."""
    person, chance = people[number % len(people)], random.Random(number)
    creation = new_creation(connection, _fields(text, chance, tags), person)
    match number % 10:
        case 0 | 1 | 2 | 3 | 4 | 5:
            change_state(connection, creation, Deed.PUBLISH, 1)
        case 6 | 7:
            change_state(connection, creation, Deed.SUBMIT, 1)
        case 8:
            change_state(connection, creation, Deed.SUBMIT, 1)
            change_state(connection, creation, Deed.RETURN, 1)


def _fields(text: Text, chance: random.Random, tags: list[str]) -> Fields:
    language = "fr" if re.search(r"[éèàç]", " ".join(text.paragraphs)) else "en"
    body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in text.paragraphs)
    return Fields(
        kind=chance.choice(_KINDS),  # type: ignore[arg-type]
        language=language,
        texts={language: Words(text.title, text.paragraphs[0][:200])},
        body=clean_body(body),
        tags=tuple(chance.sample(tags, min(2, len(tags)))),
        licence="CC-BY-SA-3.0",
        consent=Consent("none_shown"),
    )


# Packs


def _packs(cache: Path, texts: list[Text], count: int) -> Iterator[Path]:
    for first in range(0, count, _A_PACK):
        size = min(_A_PACK, count - first)
        pack = cache / f"many-{first}-{size}.zim"
        if not pack.exists():
            _build(cache / f"many-{first}-{size}", pack, [_mixed(texts, first + number) for number in range(size)])
        yield pack


def _build(source: Path, pack: Path, texts: list[Text]) -> None:
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir()
    Image.new("RGB", (96, 96), (30, 60, 90)).save(source / "picture.png")
    for number, text in enumerate(texts):
        title = text.title.replace("#", "").strip() or "Page"
        (source / f"page-{number}.md").write_text(f"# {title}\n\n" + "\n\n".join(text.paragraphs), "utf-8")
    (source / "pack.yml").write_text(
        f"id: {pack.stem}\ntitle: {pack.stem}\ndescription: Many pages, to measure with\nlanguages: [en, fr]\n"
        "creator: Debian\npublisher: Debian\ndate: 2022-09-22\nlicence: CC-BY-SA-3.0\nillustration: picture.png\n"
        "main: page-0\n"
    )
    print(f"building {pack.name}", file=sys.stderr)
    build(source, pack)
    shutil.rmtree(source)
