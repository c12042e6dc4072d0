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
from ideascube.box_media import files_pages
from ideascube.box_media import serving as media
from ideascube.collecting import form_pages as collection_forms
from ideascube.collecting import pages as collections
from ideascube.courses import certificate_pages, course_pages, step_pages
from ideascube.creations import list_pages as creation_lists
from ideascube.creations import pages as creation_pages
from ideascube.creations import tag_pages
from ideascube.people import (
    box_pages,
    deed_pages,
    device_pages,
    first_pages,
    me_pages,
    people_pages,
    pin_pages,
    secret_pages,
    sign_in_pages,
)
from ideascube.progress import card_entering, card_pages, keep_pages, mine, noting
from ideascube.reading import leading
from ideascube.reading import pages as reading
from ideascube.receiving import item_pages, script_pages, tus
from ideascube.receiving import pages as receiving
from ideascube.reviewing import flag_pages, flag_review_pages, review_pages
from ideascube.sharing import pages as sharing
from ideascube.syncing import pages as syncing
from ideascube.teaching import routes as teaching
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
from ideascube.workspace import made_here, taking_back
from ideascube.workspace import pages as workspace
from ideascube.writing import pages as writing


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
        *creation_lists.ROUTES,
        *creation_pages.ROUTES,
        *tag_pages.ROUTES,
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
        *me_pages.ROUTES,
        *secret_pages.ROUTES,
        *people_pages.ROUTES,
        *device_pages.ROUTES,
        *deed_pages.ROUTES,
        *box_pages.ROUTES,
        *watching.ROUTES,
        *media.ROUTES,
        *receiving.ROUTES,
        *item_pages.ROUTES,
        *script_pages.ROUTES,
        *files_pages.ROUTES,
        *tus.ROUTES,
        *flag_pages.ROUTES,
        *flag_review_pages.ROUTES,
        *review_pages.ROUTES,
        *workspace.ROUTES,
        *teaching.ROUTES,
        *collection_forms.ROUTES,
        *collections.ROUTES,
        *sharing.ROUTES,
        *made_here.ROUTES,
        *taking_back.ROUTES,
        *writing.ROUTES,
        *syncing.ROUTES,
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
