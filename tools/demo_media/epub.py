"""The picture book "The tap and the jar" as one EPUB in its four languages, made of its pages and pictures.

Written so that the same pages give the same file: dates are fixed, the order too.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

FOLDER = "the-tap-and-the-jar"
LANGUAGES = {"fr": "Français", "en": "English", "ar": "العربية", "sw": "Kiswahili"}
PAGES = 10
_MOMENT = (2026, 11, 23, 0, 0, 0)
_PAGE = re.compile(
    r'title: "?(?P<title>[^"\n]+)"?\n.*?!\[(?P<words>[^\]]+)\]\((?P<picture>[^)]+)\)\n'
    r'.*?<div class="story">\n(?P<story>.*?)</div>',
    re.DOTALL,
)
_CONTAINER = """<?xml version="1.0"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
_XHTML = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{lang}" dir="{dir}">
<head><title>{title}</title></head>
<body>
{body}
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the story in one language; `picture` lies at the same path in the folder and in the book."""

    name: str
    language: str
    title: str
    words: str
    picture: str
    story: tuple[str, ...]


def make(demo: Path) -> None:
    """Write the book beside its pages."""
    folder = demo / FOLDER
    stories = {language: [_read(folder, number, language) for number in range(PAGES + 1)] for language in LANGUAGES}
    pictures = sorted({page.picture for pages in stories.values() for page in pages})
    with zipfile.ZipFile(folder / f"{FOLDER}.epub", "w") as book:
        _add(book, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        _add(book, "META-INF/container.xml", _CONTAINER.encode())
        _add(book, "book.opf", _package(stories, pictures).encode())
        _add(book, "contents.xhtml", _contents(stories).encode())
        _add(book, "start.xhtml", _start(stories).encode())
        for pages in stories.values():
            for page in pages:
                _add(book, f"{page.name}.xhtml", _page(page).encode())
        for picture in pictures:
            _add(book, picture, (folder / picture).read_bytes(), zipfile.ZIP_STORED)


def _read(folder: Path, number: int, language: str) -> Page:
    """Page 0 is the title page."""
    name = f"{number:02}.{language}" if number else f"index.{language}"
    found = _PAGE.search((folder / f"{name}.md").read_text())
    assert found is not None, name
    story = tuple(" ".join(part.split()) for part in found["story"].strip().split("\n\n"))
    return Page(f"{language}-{number:02}", language, found["title"], found["words"], found["picture"], story)


def _add(book: zipfile.ZipFile, name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> None:
    info = zipfile.ZipInfo(name, _MOMENT)
    info.external_attr = 0o644 << 16
    book.writestr(info, content, method)


def _page(page: Page) -> str:
    paragraphs = "\n".join(f"<p>{escape(part)}</p>" for part in page.story)
    picture = f'<p><img src="{page.picture}" alt="{escape(page.words)}"/></p>'
    return _xhtml(page.language, page.title, f"<h1>{escape(page.title)}</h1>\n{picture}\n{paragraphs}")


def _start(stories: dict[str, list[Page]]) -> str:
    """The first page: the picture of the cover, and the way into each language."""
    cover = stories["fr"][0]
    lines = "\n".join(
        f'<p lang="{language}" dir="{_direction(language)}"><a href="{pages[0].name}.xhtml">'
        f"{LANGUAGES[language]}: {escape(pages[0].title)}</a></p>"
        for language, pages in stories.items()
    )
    return _xhtml("fr", cover.title, f'<p><img src="{cover.picture}" alt="{escape(cover.words)}"/></p>\n{lines}')


def _contents(stories: dict[str, list[Page]]) -> str:
    parts = "\n".join(
        f'<li lang="{language}"><a href="{pages[0].name}.xhtml">{LANGUAGES[language]}: {escape(pages[0].title)}</a><ol>'
        + "".join(f'<li><a href="{page.name}.xhtml">{escape(page.title)}</a></li>' for page in pages[1:])
        + "</ol></li>"
        for language, pages in stories.items()
    )
    return _xhtml("fr", "Contents", f'<nav epub:type="toc"><ol>\n{parts}\n</ol></nav>')


def _xhtml(language: str, title: str, body: str) -> str:
    return _XHTML.format(lang=language, dir=_direction(language), title=escape(title), body=body)


def _direction(language: str) -> str:
    return "rtl" if language == "ar" else "ltr"


def _package(stories: dict[str, list[Page]], pictures: list[str]) -> str:
    items = "\n".join(_items(stories, pictures))
    spine = "".join(f'<itemref idref="{page.name}"/>' for pages in stories.values() for page in pages)
    titles = "".join(
        f'<dc:title xml:lang="{language}">{escape(pages[0].title)}</dc:title>' for language, pages in stories.items()
    )
    languages = "".join(f"<dc:language>{language}</dc:language>" for language in stories)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">ideascube:{FOLDER}</dc:identifier>{titles}{languages}
<dc:creator>Ideascube</dc:creator><dc:publisher>Ideascube</dc:publisher><dc:date>2026-11-23</dc:date>
<dc:rights>https://creativecommons.org/licenses/by-sa/4.0/</dc:rights>
<meta property="dcterms:modified">2026-11-23T00:00:00Z</meta>
</metadata>
<manifest>
{items}
</manifest>
<spine><itemref idref="start"/>{spine}</spine>
</package>
"""


def _items(stories: dict[str, list[Page]], pictures: list[str]) -> Iterator[str]:
    yield '<item id="contents" href="contents.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    yield '<item id="start" href="start.xhtml" media-type="application/xhtml+xml"/>'
    for pages in stories.values():
        for page in pages:
            yield f'<item id="{page.name}" href="{page.name}.xhtml" media-type="application/xhtml+xml"/>'
    for number, picture in enumerate(pictures):
        cover = ' properties="cover-image"' if number == 0 else ""
        yield f'<item id="picture-{number}" href="{picture}" media-type="image/png"{cover}/>'
