"""Pages of the workspace: the frame that each of them has, kept by no cache."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import hdrs, web

from ideascube.people.guard import PERSON
from ideascube.web.i18n import interface_language
from ideascube.web.rendering import render
from ideascube.workspace.sections import current, groups_of

NO_STORE: dict[str, str] = {hdrs.CACHE_CONTROL: "no-store"}  # whoever has the phone next finds nothing by going back


def render_staff(
    request: web.Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: object,
) -> web.Response:
    """The page that `template`, which extends `staff.html`, makes of `context` for who is signed in."""
    person = request[PERSON]
    groups = groups_of(person, interface_language(request))
    frame: dict[str, object] = {
        "person": person,
        "section_groups": groups,
        "section": current(groups, request.path),
    }
    return render(request, template, status=status, headers={**NO_STORE, **(headers or {})}, **(frame | context))
