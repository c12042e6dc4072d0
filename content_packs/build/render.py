"""The HTML that the builder writes: a page's frame, the page of a film, sound or document, and the contents.

Plain HTML that is whole without its script, so that it reads well in Kiwix and on the oldest phone. No word here needs
translation: links bear the pack's title, a language's own name, a file's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from content_packs.build.content import Trail
from content_packs.build.gallery import Picture
from content_packs.build.item import MediaItem, clock
from content_packs.build.markdown import MarkdownRenderer
from content_packs.build.names import relative_address
from content_packs.build.pack_yml import PackSpec
from content_packs.build.pages import MARKDOWN_LIMIT, Page, Pages
from content_packs.build.planned import ContentsLine
from content_packs.build.side_yml import read_text, split_head
from content_packs.build.transcripts import TimeMarks
from content_packs.languages import direction, own_name

STYLESHEET = "_pack/style.css"
FILM_SCRIPT = "_pack/film.js"

_PLAYER = re.compile("<(?:video|audio)\\b")


def contents_path(language: str, part: int = 1) -> str:
    return f"contents.{language}.html" if part == 1 else f"_pack/contents/{part}.{language}.html"


class Renderer:
    """Renders every page of one pack."""

    def __init__(self, spec: PackSpec, pages: Pages, media: Mapping[str, MediaItem]) -> None:
        self.trails: dict[str, list[Trail]] = {}  # of other kinds of content, by the page that they go on
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
        self._environment.filters.update(direction=direction, own_name=own_name, address=relative_address, clock=clock)

    @cached_property
    def has_players(self) -> bool:
        """Whether the pack has films or sounds, and so the script of their players."""
        return any(item.is_played for item in self._media.values())

    @cached_property
    def _markdown(self) -> MarkdownRenderer:
        return MarkdownRenderer(self._pages, self._media, self._spec.languages, self._player)

    def page(self, page: Page) -> str:
        """A Markdown page's HTML; its file is read now."""
        text = read_text(page.source.path, page.source.file, MARKDOWN_LIMIT)
        body, has_heading = self._markdown.render(split_head(page.source.path, text).body, page)
        translations = self._in_order(self._pages.translations(page))
        return self.render(
            "page.html",
            page.path,
            page.language,
            page.title,
            translations,
            body=Markup(body),  # noqa: S704 - packs are their makers' programs
            has_heading=has_heading,
            plays=self.has_players and _PLAYER.search(body) is not None,
        )

    def html_with_trails(self, page: Page) -> bytes:
        """An HTML page with the links of its trails at its end, in letters that every encoding has."""
        raw = page.source.file.read_bytes()
        links = self._environment.get_template("trails.html").render(path=page.path, trails=self.trails[page.path])
        end = raw.lower().rfind(b"</body")
        place = end if end >= 0 else len(raw)
        return raw[:place] + links.encode("ascii", "xmlcharrefreplace") + raw[place:]

    def markdown(self, body: str, page: Page) -> Markup:
        """Markdown that is no page by itself (a quiz's question) as HTML on `page`, whose folder links start from."""
        return Markup(self._markdown.render(body, page)[0])  # noqa: S704 - packs are their makers' programs

    def item(self, item: MediaItem) -> str:
        """The page of a film, sound or document, with its texts in all languages."""
        main = self._spec.language
        written_in = item.fields.title.keys() | item.fields.description.keys()
        others = [code for code in self._spec.languages if code in written_in and code != main]
        return self.render(
            "item.html",
            item.page,
            main,
            item.title_in(main, main),
            {},
            item=item,
            others=others,
            main=main,
            times=TimeMarks(),
        )

    def gallery(self, path: str, title: str, pictures: Sequence[Picture]) -> str:
        return self.render("gallery.html", path, self._spec.language, title, {}, pictures=pictures)

    def contents(self, path: str, language: str, lines: Sequence[ContentsLine]) -> str:
        translations = {code: contents_path(code) for code in self._spec.languages}
        title = self._spec.title_in(language)
        description = self._spec.description.get(language, "")
        return self.render(
            "contents.html",
            path,
            language,
            title,
            translations,
            lines=lines,
            description=description,
        )

    def _player(self, item: MediaItem, page: Page) -> str:
        if not item.is_played:
            title = item.title_in(page.language, self._spec.language)
            return str(Markup('<a href="{}">{}</a>').format(relative_address(page.path, item.page), title))
        template = self._environment.get_template("player.html").module
        label = item.title_in(page.language, self._spec.language)
        return str(template.player(item, page.path, page.language, label))  # type: ignore[attr-defined]

    def _in_order(self, versions: dict[str, Page]) -> dict[str, str]:
        return {code: versions[code].path for code in self._spec.languages if code in versions}

    def render(
        self, template: str, path: str, language: str, title: str, translations: Mapping[str, str], **more: object
    ) -> str:
        """The page at `path` from a template that extends `base.html`; `translations` are paths by language.

        Templates of other kinds lie in a folder of their own below `templates/`; `more` is what they name.
        """
        return self._environment.get_template(template).render(
            path=path,
            language=language,
            title=title,
            translations=translations,
            pack_title=self._spec.title_in(language),
            contents=contents_path(language),
            stylesheet=STYLESHEET,
            script=FILM_SCRIPT,
            trails=self.trails.get(path, ()),
            **more,
        )
