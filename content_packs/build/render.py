"""The HTML that the builder writes: a page's frame, the page of a film, sound or document, and the contents.

Plain HTML that needs no script, so that it reads well in Kiwix and on the oldest phone. No word here needs translation:
links bear the pack's title, a language's own name, a file's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from content_packs.build.markdown import MarkdownRenderer
from content_packs.build.media import MediaItem
from content_packs.build.names import relative_address
from content_packs.build.pack_yml import PackSpec
from content_packs.build.pages import PAGE_LIMIT, Page, Pages
from content_packs.build.side_yml import read_text, split_head
from content_packs.languages import direction, own_name

STYLESHEET = "_pack/style.css"


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """One line of the contents: where it leads, in which language that is."""

    path: str
    title: str
    summary: str
    language: str
    poster: str | None = None


def contents_path(language: str) -> str:
    return f"contents.{language}.html"


class Renderer:
    """Renders every page of one pack."""

    def __init__(self, spec: PackSpec, pages: Pages, media: dict[str, MediaItem]) -> None:
        self._spec = spec
        self._pages = pages
        self._media = media
        self._environment = Environment(
            loader=PackageLoader("content_packs.build"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(direction=direction, own_name=own_name, address=relative_address)

    @cached_property
    def _markdown(self) -> MarkdownRenderer:
        return MarkdownRenderer(self._pages, self._media, self._spec.languages, self._player)

    def page(self, page: Page) -> str:
        """A Markdown page's HTML; its file is read now."""
        text = read_text(page.source.path, page.source.file, PAGE_LIMIT)
        body, has_heading = self._markdown.render(split_head(page.source.path, text).body, page)
        translations = self._in_order(self._pages.translations(page))
        return self._render(
            "page.html",
            page.path,
            page.language,
            page.title,
            translations,
            body=Markup(body),  # noqa: S704 - packs are their makers' programs
            has_heading=has_heading,
        )

    def item(self, item: MediaItem) -> str:
        """The page of a film, sound or document, with its texts in all languages."""
        main = self._spec.language
        written_in = item.fields.title.keys() | item.fields.description.keys()
        others = [code for code in self._spec.languages if code in written_in and code != main]
        return self._render(
            "item.html", item.page, main, item.title_in(main, main), {}, item=item, others=others, main=main
        )

    def contents(self, language: str, lines: list[ContentsLine]) -> str:
        translations = {code: contents_path(code) for code in self._spec.languages}
        title = self._spec.title_in(language)
        description = self._spec.description.get(language, "")
        return self._render(
            "contents.html",
            contents_path(language),
            language,
            title,
            translations,
            lines=lines,
            description=description,
        )

    def _player(self, item: MediaItem, page: Page) -> str:
        template = self._environment.get_template("player.html").module
        label = item.title_in(page.language, self._spec.language)
        return str(template.player(item, page.path, page.language, label))  # type: ignore[attr-defined]

    def _in_order(self, versions: dict[str, Page]) -> dict[str, str]:
        return {code: versions[code].path for code in self._spec.languages if code in versions}

    def _render(
        self, template: str, path: str, language: str, title: str, translations: dict[str, str], **more: object
    ) -> str:
        return self._environment.get_template(template).render(
            path=path,
            language=language,
            title=title,
            translations=translations,
            pack_title=self._spec.title_in(language),
            contents=contents_path(language),
            stylesheet=STYLESHEET,
            **more,
        )
