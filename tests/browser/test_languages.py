"""Every kind of page in every language of the interface: it is there, and says which language it is in."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser as Html

from content_packs.languages import direction
from ideascube.people.cookies import SESSION
from ideascube.people.rights import Role
from ideascube.web.i18n import LANGUAGES
from tests.browser.kinds_of_pages import BAR, KINDS, Boxes, Kind
from tests.support.box import READER, Answer, request
from tests.support.staff import cookie_of

pytestmark = pytest.mark.browser  # of no browser, but of its boxes

FOR_BUILDERS = ("style guide",)
WRITTEN_IN = "en"  # what is asked for of packs, whatever the interface speaks


def test_the_frame_of_every_page_is_in_the_visitors_language(boxes: Boxes) -> None:
    cookies = cookies_of(boxes)
    found = {
        (kind.name, language): frame_of(kind, boxes, language, cookies) for kind in SHOWN for language in LANGUAGES
    }
    expected = {(kind.name, language): (language, direction(language)) for kind in SHOWN for language in LANGUAGES}

    assert expected == found


SHOWN = [kind for kind in KINDS if kind.name not in FOR_BUILDERS]


def cookies_of(boxes: Boxes) -> dict[Role | None, str]:
    """What the browser of somebody in each role sends; of a learner, nothing."""
    signed_in = {role: f"{SESSION}={cookie_of(boxes.demo, role, role.title())}" for role in Role}
    return {None: "", **signed_in}


def frame_of(kind: Kind, boxes: Boxes, language: str, cookies: dict[Role | None, str]) -> tuple[str, str] | int:
    """Language and direction of the program's own part of a page; the status of an answer that is none."""
    answer = fetched(kind.at(boxes, WRITTEN_IN), language, cookies[kind.by])
    if answer.status != (404 if kind.name.startswith("error") else 200):
        return answer.status
    page = Html(answer.text)
    frame = page.css_first(BAR) or page.css_first("html")
    return str(frame.attributes["lang"]), str(frame.attributes["dir"])


def fetched(address: str, language: str, cookie: str, redirects: int = 3) -> Answer:
    """What a browser shows at `address`, redirects followed."""
    headers = {"Accept-Language": language, "Sec-Fetch-Mode": "navigate", **({"Cookie": cookie} if cookie else {})}
    answer = request(address, headers=READER | headers)
    if answer.status in (302, 303) and redirects:
        return fetched(urljoin(address, answer.headers["Location"]), language, cookie, redirects - 1)
    return answer
