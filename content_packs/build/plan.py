"""What a pack will hold, decided before anything is written: entries, redirects, the first page, in a stable order.

Nothing is written here, and of media nothing is read but names. How entries get into a ZIM is in `writer`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import files as package_files
from pathlib import Path

from content_packs.build import file_types
from content_packs.build.media import MediaItem, find_media
from content_packs.build.names import unlisted_language
from content_packs.build.pack_yml import PackSpec
from content_packs.build.pages import Page, Pages, find_pages
from content_packs.build.render import STYLESHEET, ContentsLine, Renderer, contents_path
from content_packs.build.source import SourceFile, SourceFolder
from content_packs.build.twins import find_twins
from content_packs.errors import BadInput

HTML = "text/html"


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """One entry. `content` is a file, or makes the text when it is written; `size` in bytes of what it is made of.

    A title of None is read from the HTML when it is written. What isn't `searchable` says only what other pages say.
    """

    path: str
    mimetype: str
    content: Path | Callable[[], str]
    size: int = 0
    title: str | None = ""
    front: bool = False
    searchable: bool = True


@dataclass(frozen=True, slots=True)
class PlannedRedirect:
    path: str
    title: str
    target: str


@dataclass(slots=True)
class Plan:
    """`entries` and `redirects` sorted by path; `main` is the first page's path, `mains` the same by language.

    `twins` are entries whose bytes an earlier one has as well, with its path: they are stored once.
    """

    entries: list[PlannedEntry]
    redirects: list[PlannedRedirect]
    main: str
    warnings: list[str] = field(default_factory=list)
    twins: dict[str, str] = field(default_factory=dict)
    mains: dict[str, str] = field(default_factory=dict)

    @property
    def paths(self) -> set[str]:
        return {entry.path for entry in self.entries} | {redirect.path for redirect in self.redirects}


def make_plan(spec: PackSpec, folder: SourceFolder) -> Plan:
    """The plan for a folder's files. Raises BadInput where files contradict each other or lack what they refer to."""
    if not folder.files:
        raise BadInput(f"{spec.content} holds no pages and no files: add some.")
    markdown = any(file_types.ending(path) == file_types.MARKDOWN_ENDING for path in folder.files)
    plan = _site_plan(spec, folder) if spec.main_is_html and not markdown else _pages_plan(spec, folder)
    plan.warnings[:0] = folder.warnings
    plan.entries.sort(key=lambda entry: entry.path)
    plan.redirects = _free_redirects(plan)
    # Pages are left out, since libzim indexes no text of an alias.
    plan.twins = find_twins(
        {
            entry.path: entry.content
            for entry in plan.entries
            if isinstance(entry.content, Path) and entry.mimetype != HTML
        }
    )
    return plan


def _free_redirects(plan: Plan) -> list[PlannedRedirect]:
    taken = {entry.path for entry in plan.entries}
    return sorted((one for one in plan.redirects if one.path not in taken), key=lambda one: one.path)


# A site: everything as it is


def _site_plan(spec: PackSpec, folder: SourceFolder) -> Plan:
    if spec.main not in folder.files:
        raise BadInput(f"pack.yml: “main” names {spec.main}, and the site has no such page: correct the name.")
    return Plan(
        entries=[_file_entry(source) for source in folder.files.values()],
        redirects=[
            PlannedRedirect(path.removesuffix("index.html"), "", path)
            for path in folder.files
            if path.endswith("/index.html")
        ],
        main=spec.main,
    )


def _file_entry(source: SourceFile) -> PlannedEntry:
    mimetype = file_types.mimetype_of(source.path)
    is_page = mimetype == HTML
    return PlannedEntry(source.path, mimetype, source.file, source.size, None if is_page else "", front=is_page)


# A folder of pages and media


def _pages_plan(spec: PackSpec, folder: SourceFolder) -> Plan:
    pages = find_pages(folder.files, spec.languages)
    media = find_media(folder.files, spec.languages)
    renderer = Renderer(spec, pages, media)
    main = _main_page(spec, pages)
    entries = [
        *_source_entries(folder, pages, renderer),
        *_item_pages(media.values(), spec, renderer),
        *_contents_pages(spec, pages, media, main, renderer),
        _stylesheet(),
    ]
    _refuse_collisions(entries)
    return Plan(
        entries=entries,
        redirects=list(_language_redirects(pages, spec.languages)),
        main=main.path if main else contents_path(spec.language),
        warnings=[
            f"{path} looks like a page in {language}, which pack.yml does not list under languages."
            for path in pages.by_source
            if (language := unlisted_language(path, spec.languages))
        ],
        mains=_main_pages(spec, pages, main),
    )


def _main_page(spec: PackSpec, pages: Pages) -> Page | None:
    page = pages.by_source.get(spec.main) or pages.best(spec.main or "index", spec.language, spec.languages)
    if page is None and spec.main:
        raise BadInput(f"pack.yml: “main” names {spec.main}, and there is no page of that name: correct the name.")
    return page


def _main_pages(spec: PackSpec, pages: Pages, main: Page | None) -> dict[str, str]:
    if main is None:
        return {language: contents_path(language) for language in spec.languages}
    return {language: page.path for language, page in pages.translations(main).items()}


def _source_entries(folder: SourceFolder, pages: Pages, renderer: Renderer) -> Iterator[PlannedEntry]:
    for path, source in folder.files.items():
        page = pages.by_source.get(path)
        if page is not None and page.is_markdown:
            yield PlannedEntry(page.path, HTML, partial(renderer.page, page), source.size, page.title, front=True)
        elif file_types.ending(path) != file_types.SIDE_ENDING:
            yield _file_entry(source)


def _item_pages(items: Iterable[MediaItem], spec: PackSpec, renderer: Renderer) -> Iterator[PlannedEntry]:
    for item in items:
        title = item.title_in(spec.language, spec.language)
        yield PlannedEntry(item.page, HTML, partial(renderer.item, item), title=title, front=True)


def _stylesheet() -> PlannedEntry:
    text = (package_files("content_packs.build") / "assets" / "style.css").read_text(encoding="utf-8")
    return PlannedEntry(STYLESHEET, "text/css", lambda: text)


def _refuse_collisions(entries: list[PlannedEntry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.path in seen:
            raise BadInput(f"Two files would both become {entry.path} in the pack: rename one of them.")
        seen.add(entry.path)


def _language_redirects(pages: Pages, languages: tuple[str, ...]) -> Iterator[PlannedRedirect]:
    """From the name that translations share to the main language's page, for links that leave the language open."""
    for name in pages.by_name:
        page = pages.best(name, languages[0], languages)
        if page is not None:
            yield PlannedRedirect(f"{name}.html", page.title, page.path)


def _contents_pages(
    spec: PackSpec, pages: Pages, media: dict[str, MediaItem], main: Page | None, renderer: Renderer
) -> Iterator[PlannedEntry]:
    for language in spec.languages:
        lines = _contents_lines(spec, pages, media, main, language)
        make = partial(renderer.contents, language, lines)
        yield PlannedEntry(
            contents_path(language), HTML, make, title=spec.title_in(language), front=True, searchable=False
        )


def _contents_lines(
    spec: PackSpec, pages: Pages, media: dict[str, MediaItem], main: Page | None, language: str
) -> list[ContentsLine]:
    """The first page first, then by `order`, then by name; each page in `language` where there is one."""
    found: list[tuple[bool, float, str, ContentsLine]] = []
    for name in pages.by_name:
        page = pages.best(name, language, spec.languages)
        if page is not None:
            line = ContentsLine(page.path, page.title, page.summary, page.language)
            is_main = main is not None and name == main.name
            found.append((not is_main, _place(page.order), name, line))
    found.extend(
        (True, _place(item.fields.order), item.path, _item_line(item, spec, language)) for item in media.values()
    )
    return [line for *_, line in sorted(found, key=lambda one: one[:3])]


def _place(order: int | None) -> float:
    return float("inf") if order is None else order


def _item_line(item: MediaItem, spec: PackSpec, language: str) -> ContentsLine:
    written_in = language if language in item.fields.title or not item.fields.title else spec.language
    title = item.title_in(language, spec.language)
    return ContentsLine(item.page, title, item.description_in(language, spec.language), written_in, item.poster)
