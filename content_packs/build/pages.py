"""The pages of a pack, Markdown or HTML, and how translations belong together. How they look is in `render`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from content_packs.build import file_types
from content_packs.build.names import split_language, stem
from content_packs.build.side_yml import read_text, split_head
from content_packs.build.source import SourceFile
from content_packs.links import decode_html, read_page, resolve

PAGE_LIMIT = 8 * 1024 * 1024  # bytes; a whole book in one page is smaller
# Of Markdown, whose parser takes a minute for the worst that fits: its time may grow with the square of the size.
MARKDOWN_LIMIT = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language. `name` is what its translations share; `source` its file's path, `path` the entry's."""

    source: SourceFile
    name: str
    language: str
    title: str
    summary: str = ""
    order: int | None = None

    @property
    def path(self) -> str:
        return f"{stem(self.source.path)}.html" if self.is_markdown else self.source.path

    @property
    def is_markdown(self) -> bool:
        return file_types.ending(self.source.path) == file_types.MARKDOWN_ENDING


class Pages:
    """All pages: by source file, by name and language; `shown` are the paths of all that they link to or show.

    `doubled` are those of one name and language: the second one stands for both in lists.
    """

    def __init__(self, pages: Iterable[Page], shown: Collection[str] = ()) -> None:
        self.shown = shown
        self.by_source = {page.source.path: page for page in pages}
        self.by_name: dict[str, dict[str, Page]] = {}
        self.doubled: list[tuple[Page, Page]] = []
        for page in self.by_source.values():
            versions = self.by_name.setdefault(page.name, {})
            if page.language in versions:
                self.doubled.append((versions[page.language], page))
            versions[page.language] = page

    def translations(self, page: Page) -> dict[str, Page]:
        return self.by_name[page.name]

    def best(self, name: str, wanted: str, languages: tuple[str, ...]) -> Page | None:
        """The page called `name` in the wanted language, else in the first of `languages` that has it."""
        versions = self.by_name.get(name, {})
        return next((versions[language] for language in (wanted, *languages) if language in versions), None)


def find_pages(files: Mapping[str, SourceFile], languages: tuple[str, ...]) -> Pages:
    """The pages among the files. Raises BadInput for a page that cannot be read."""
    endings = (file_types.MARKDOWN_ENDING, *file_types.HTML_ENDINGS)
    shown: set[str] = set()
    found = [_page(source, languages, shown) for path, source in files.items() if file_types.has_ending(path, endings)]
    return Pages(found, shown)


def _page(source: SourceFile, languages: tuple[str, ...], shown: set[str]) -> Page:
    name, language = split_language(source.path, languages)
    if file_types.ending(source.path) == file_types.MARKDOWN_ENDING:
        return _markdown_page(source, name, language or languages[0], shown)
    with source.file.open("rb") as file:
        html = read_page(decode_html(file.read(PAGE_LIMIT)))
    shown.update(_targets(source.path, (link.address for link in html.links)))
    return Page(source, name, language or languages[0], title=html.title or _last(name))


def _markdown_page(source: SourceFile, name: str, language: str, shown: set[str]) -> Page:
    head = split_head(source.path, read_text(source.path, source.file, MARKDOWN_LIMIT))
    tokens = parser().parse(head.body)
    shown.update(_targets(source.path, addresses(tokens)))
    title = head.title or first_heading(tokens) or _last(name)
    return Page(source, name, language, title, head.summary, head.order)


def _targets(path: str, addresses: Iterable[str]) -> Iterator[str]:
    return (target for address in addresses if (target := resolve(path, address)) is not None)


def addresses(tokens: Iterable[Token]) -> Iterator[str]:
    """Of all links and pictures, those in HTML among the Markdown as well."""
    for token in tokens:
        if token.type in ("html_block", "html_inline"):
            yield from (link.address for link in read_page(token.content).links)
        elif token.type in ("link_open", "image"):
            yield str(token.attrGet("href") or token.attrGet("src") or "")
        yield from addresses(token.children or ())


def _last(name: str) -> str:
    return name.rpartition("/")[2]


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables: https://spec.commonmark.org/, and GitHub's extension for tables."""
    return MarkdownIt("commonmark").enable("table")


def first_heading(tokens: list[Token]) -> str:
    """The text of the first heading, without marks, or empty."""
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            parts = [child.content for child in inline.children or () if child.type in ("text", "code_inline", "image")]
            return " ".join("".join(parts).split())
    return ""
