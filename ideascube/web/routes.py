"""Every address of the box, by application. Each module lists its own routes beside their handlers."""

from __future__ import annotations

from aiohttp import web

from ideascube.arranging import (
    category_pages,
    home_pages,
    poster_pages,
    seeing,
    staff_before,
    staff_cards,
    staff_categories,
    staff_home,
    staff_library,
    staff_sections,
)
from ideascube.courses import certificate_pages, course_pages, step_pages
from ideascube.creations import pages as creation_pages
from ideascube.people import first_pages, pin_pages, sign_in_pages
from ideascube.progress import card_entering, card_pages, keep_pages, mine, noting
from ideascube.reading import leading
from ideascube.reading import pages as reading
from ideascube.reviewing import flag_pages
from ideascube.watching import pages as watching
from ideascube.web import (
    catalog,
    content,
    download,
    external,
    health,
    language,
    packs,
    pages,
    raw,
    search_pages,
    static,
    styleguide,
    take_pages,
    vendored,
)
from ideascube.workspace import pages as workspace


def app_routes() -> list[web.RouteDef]:
    """The app's origin."""
    return [
        *home_pages.ROUTES,
        *staff_home.ROUTES,
        *staff_sections.ROUTES,
        *staff_cards.ROUTES,
        *staff_before.ROUTES,
        *staff_library.ROUTES,
        *poster_pages.ROUTES,
        *staff_categories.ROUTES,
        *category_pages.ROUTES,
        *pages.ROUTES,
        *search_pages.ROUTES,
        *language.ROUTES,
        *external.ROUTES,
        *health.ROUTES,
        *catalog.ROUTES,
        *raw.ROUTES,
        *download.ROUTES,
        *leading.ROUTES,
        *packs.ROUTES,
        *creation_pages.ROUTES,
        *course_pages.ROUTES,
        *step_pages.ROUTES,
        *certificate_pages.ROUTES,
        *take_pages.ROUTES,
        *mine.ROUTES,
        *keep_pages.ROUTES,
        *card_pages.ROUTES,
        *card_entering.ROUTES,
        *noting.ROUTES,
        *first_pages.ROUTES,
        *sign_in_pages.ROUTES,
        *pin_pages.ROUTES,
        *watching.ROUTES,
        *flag_pages.ROUTES,
        *workspace.ROUTES,
        *styleguide.ROUTES,
        *static.ROUTES,
    ]


def content_routes() -> list[web.RouteDef]:
    """The packs' origin."""
    return [
        *content.ROUTES,
        *seeing.CONTENT_ROUTES,
        *raw.CONTENT_ROUTES,
        *reading.CONTENT_ROUTES,
        *vendored.CONTENT_ROUTES,
        *static.CONTENT_ROUTES,
    ]
