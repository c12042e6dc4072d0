"""The text of a lesson that is a page of its pack, cleaned to stand in our own page; or that it has to run by itself.

A page that the pack's maker wrote with scripts, forms or frames is nothing without them: it is opened where it may run,
on the pack's origin. The scripts that built packs bring for films and the like are no such thing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from content_packs.errors import BadInput
from content_packs.links import decode_html, entry_path, resolve
from ideascube.courses.addresses import course_address, language_of, step_address, step_with_page
from ideascube.courses.lesson_places import PackPage, page_of
from ideascube.courses.opening import OpenCourse
from ideascube.reading.sanitising import ASIDE, LIMIT, anchor, clean_tree
from ideascube.reading.tags import scripts_of
from ideascube.reading.trees import drop, html_tree
from ideascube.web.external import is_internet_address
from ideascube.web.origins import SAFE, content_path
from ideascube.web.raw import raw_path

_RUNS = ("iframe", "frame", "object", "embed", "form", "canvas", "button", "input", "select", "textarea")
_OUR_FOLDER = "_pack/"
_TRAILS = ("trail", "beside", "neighbours")  # classes, as in content_packs/build/templates/links.html

Links = Callable[[str, str, str], str | None]


async def lesson_text(opened: OpenCourse, page: PackPage, raw: bytes, here: str) -> str | None:
    """The page's text as HTML, with headings from the second level; None for one that has to run by itself.

    `here` is the lesson's own address, which explanations of the internet lead back to. Raises BadInput for a page of
    more than `LIMIT` characters.
    """
    html = decode_html(raw)
    if len(html) > LIMIT:
        raise BadInput(f"This lesson has more than {LIMIT // 1_000_000} million letters: open its page as it is.")
    links = _links(opened, page, here)
    if len(html) <= ASIDE:
        return _text(html, page.path, links)
    return await asyncio.to_thread(_text, html, page.path, links)


def _text(html: str, path: str, links: Links) -> str | None:
    root = html_tree(html)
    if root is None:
        return ""
    if runs_by_itself(html, root, path):
        return None
    main = root.find(".//main")
    text = root if main is None else main
    _drop_title(text)
    _drop_trails(text)
    return clean_tree(text, links)


def runs_by_itself(html: str, root: Any, path: str) -> bool:
    """Whether a page does something of its own. `root` is its tree, in which scripts are no more."""
    if next(root.iter(*_RUNS), None) is not None:
        return True
    return not all((resolve(path, script) or "").startswith(_OUR_FOLDER) for script in scripts_of(html))


def _drop_title(text: Any) -> None:
    """Of the headings of the first level the first, which stands above the lesson already."""
    heading = next(text.iter("h1"), None)
    if heading is not None:
        drop(heading)


def _drop_trails(text: Any) -> None:
    """The ways to other lessons that the builder puts on pages: those of the lesson's own page stand around it here."""
    for element in [*text.iter("nav", "ul")]:
        if (element.get("class") or "") in _TRAILS:
            drop(element)


def _links(opened: OpenCourse, page: PackPage, here: str) -> Links:
    def lead(element: str, attribute: str, address: str) -> str | None:
        path = entry_path(page.path, address)
        if path is None:
            return _outward(address, here) if attribute == "href" else None
        if attribute != "href":
            return raw_path(page.pack_id, path)
        fragment = address.partition("#")[2]
        return _inward(opened, page.pack_id, path, fragment)

    return lead


def _inward(opened: OpenCourse, pack_id: str, path: str, fragment: str) -> str:
    """To a lesson or quiz in the course, to the course itself, else to the page on the pack's origin."""
    found = step_with_page(opened.course, page_of(opened, pack_id, path))
    if found is not None:
        step, language = found
        chosen = _chosen(opened, language)
        address = step_address(opened.pack_id, opened.course.id, step.id, chosen, opened.below)
        return address + _at(anchor(fragment))
    language = language_of(opened.course.pages, path) if opened.pack_id == pack_id else ""
    if language:
        return course_address(opened.pack_id, opened.course.id, _chosen(opened, language))
    return content_path(pack_id, path) + _at(fragment)


def _chosen(opened: OpenCourse, language: str) -> str:
    """What the address of a page in `language` has to say: nothing where it is the visitor's own anyway."""
    return opened.chosen if language == opened.shown else language


def _at(fragment: str) -> str:
    return f"#{quote(fragment, safe=SAFE + '%')}" if fragment else ""


def _outward(address: str, here: str) -> str | None:
    whole = f"https:{address}" if address.startswith("//") else address
    if not is_internet_address(whole):
        return None
    return f"/external?url={quote(whole, safe='')}&back={quote(here, safe='')}"
