"""What a pack will hold, decided before anything is written: entries, redirects, the first page, in a stable order.

Which kinds of content there are is said in `KINDS`, and in `content` how one is added. How entries get into a ZIM is in
`writer`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files as package_files
from pathlib import Path

from content_packs.build import file_types
from content_packs.build.content import Content, Finder, Sources, Workshop
from content_packs.build.contents import contents_pages
from content_packs.build.course.content import find_courses
from content_packs.build.kinds.files import file_entry, find_files
from content_packs.build.kinds.galleries import find_galleries
from content_packs.build.kinds.items import ItemContent, find_item_content
from content_packs.build.kinds.pages import PageContent, find_page_content
from content_packs.build.options import BuildOptions
from content_packs.build.pack_yml import PackSpec
from content_packs.build.pages import Page, Pages
from content_packs.build.planned import HTML, PlannedEntry, PlannedRedirect
from content_packs.build.progress import Tell
from content_packs.build.render import FILM_SCRIPT, STYLESHEET, Renderer, contents_path
from content_packs.build.source import SourceFolder
from content_packs.build.twins import find_twins
from content_packs.errors import BadInput

# Kinds that claim files before pages and items are looked for, in the order in which they are asked.
KINDS: tuple[Finder, ...] = (find_courses,)
# Kinds that take what pages and items leave.
LAST_KINDS: tuple[Finder, ...] = (find_galleries, find_files)


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


def make_plan(
    spec: PackSpec, folder: SourceFolder, work: Path, options: BuildOptions, tell: Tell | None = None
) -> Plan:
    """The plan for a folder's files; what is made of them on the way lies in `work`. Slow where films are converted.

    Raises BadInput where files contradict each other or lack what they refer to.
    """
    if not folder.files:
        raise BadInput(f"{spec.content} holds no pages and no files: add some.")
    markdown = any(file_types.ending(path) == file_types.MARKDOWN_ENDING for path in folder.files)
    is_site = spec.main_is_html and not markdown
    plan = _site_plan(spec, folder) if is_site else _pages_plan(Sources(spec, folder.files, work, options, tell))
    plan.warnings[:0] = folder.warnings
    _refuse_collisions(plan.entries)
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


def _refuse_collisions(entries: list[PlannedEntry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.path in seen:
            raise BadInput(f"Two files would both become {entry.path} in the pack: rename one of them.")
        seen.add(entry.path)


def _site_plan(spec: PackSpec, folder: SourceFolder) -> Plan:
    """A site: everything as it is."""
    if spec.main not in folder.files:
        raise BadInput(f"pack.yml: “main” names {spec.main}, and the site has no such page: correct the name.")
    return Plan(
        entries=[file_entry(source) for source in folder.files.values()],
        redirects=[
            PlannedRedirect(path.removesuffix("index.html"), "", path)
            for path in folder.files
            if path.endswith("/index.html")
        ],
        main=spec.main,
    )


@dataclass(slots=True)
class _Found:
    """What each kind found in a folder of pages and media."""

    pages: PageContent
    items: ItemContent
    all: tuple[Content, ...]


def _pages_plan(sources: Sources) -> Plan:
    spec = sources.spec
    first = [find(sources) for find in KINDS]
    pages = find_page_content(sources)
    main = _main_page(spec, pages.pages)
    items = find_item_content(sources)
    found = _Found(pages, items, (*first, pages, items, *[find(sources) for find in LAST_KINDS]))
    workshop = _workshop(spec, found)
    mains = _main_pages(spec, found.pages.pages, main) or _mains_of(found, workshop)
    entries = [entry for content in found.all for entry in content.entries(workshop)]
    return Plan(
        entries=[*entries, *contents_pages(workshop, found.all, main), *_assets(workshop.renderer)],
        redirects=[redirect for content in found.all for redirect in content.redirects(workshop)],
        main=main.path if main else mains[spec.language],
        warnings=[warning for content in found.all for warning in content.warnings],
        mains=mains,
    )


def _workshop(spec: PackSpec, found: _Found) -> Workshop:
    pages, items = found.pages.pages, found.items.items
    workshop = Workshop(spec, pages, items, Renderer(spec, pages, items))
    for content in found.all:
        for path, trails in content.trails(workshop).items():
            workshop.renderer.trails.setdefault(path, []).extend(trails)
        workshop.shown.update(content.shown(workshop))
    return workshop


def _main_page(spec: PackSpec, pages: Pages) -> Page | None:
    page = pages.by_source.get(spec.main) or pages.best(spec.main or "index", spec.language, spec.languages)
    if page is None and spec.main:
        raise BadInput(f"pack.yml: “main” names {spec.main}, and there is no page of that name: correct the name.")
    return page


def _main_pages(spec: PackSpec, pages: Pages, main: Page | None) -> dict[str, str]:
    if main is None:
        return {}
    return {language: page.path for language, page in pages.translations(main).items()}


def _mains_of(found: _Found, workshop: Workshop) -> dict[str, str]:
    """The contents, unless a kind of content has a first page to offer (a course that is the whole pack)."""
    mains = {language: contents_path(language) for language in workshop.spec.languages}
    return mains | {language: path for content in found.all for language, path in content.mains(workshop).items()}


def _assets(renderer: Renderer) -> Iterator[PlannedEntry]:
    """What the pages' look and players need."""
    yield _asset(STYLESHEET, "text/css")
    if renderer.has_players:
        yield _asset(FILM_SCRIPT, "text/javascript")


def _asset(path: str, mimetype: str) -> PlannedEntry:
    file = package_files("content_packs.build") / "assets" / path.rpartition("/")[2]
    return PlannedEntry(path, mimetype, lambda: file.read_text(encoding="utf-8"))
