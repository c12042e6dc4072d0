"""`/flag` and `/items/ID/flag`: a learner says that something is wrong with a page. Nobody is asked who they are."""

from __future__ import annotations

import time
from math import ceil
from urllib.parse import urlencode

from aiohttp import hdrs, web

from ideascube.box_db.flags import add_flag
from ideascube.box_db.secret import box_secret
from ideascube.people.once import FIELD
from ideascube.progress.cards import KEY_FILE
from ideascube.progress.mine import NO_STORE
from ideascube.reviewing.flagged_pages import Shown, shown_page
from ideascube.reviewing.flags import LONGEST_WORD, Flag, bounded_word, known_reason
from ideascube.reviewing.wording import reasons
from ideascube.throttle import counted_address
from ideascube.web.context import DATABASE, SETTINGS
from ideascube.web.i18n import interface_language
from ideascube.web.language import read_form
from ideascube.web.rendering import render


async def ask(request: web.Request) -> web.StreamResponse:
    """What is wrong with the page `path` of `pack`? With `note=sent`: thanks, and the way back."""
    shown = await _shown(request, request.query.get("pack", ""), request.query.get("path", ""))
    return _page(request, shown, sent=request.query.get("note") == "sent")


async def ask_of_item(request: web.Request) -> web.StreamResponse:
    """The same for what was made here."""
    return _page(request, await _shown(request, "", f"items/{request.match_info['id']}"))


async def flag(request: web.Request) -> web.StreamResponse:
    """Form fields: `pack`, `path`, `reason`, and `word`, which may be empty."""
    form = await read_form(request)
    shown = await _shown(request, str(form.get("pack", "")), str(form.get("path", "")))
    word, reason = bounded_word(str(form.get("word", ""))), known_reason(str(form.get("reason", "")))
    if reason is None:
        return _page(request, shown, word=word, chosen=True, status=400)
    if wait := await _add(request, Flag(shown.page, reason, word, str(form.get(FIELD, "")))):
        return _page(request, shown, word=word, reason=reason, wait=wait, status=429)
    raise web.HTTPSeeOther("/flag?" + urlencode({"pack": shown.page.pack, "path": shown.page.path, "note": "sent"}))


async def _add(request: web.Request, flag: Flag) -> int:
    """The seconds to wait before one more may be sent; 0 where this one was taken in."""
    address, key_file = counted_address(request.remote or ""), request.app[SETTINGS].data.root / KEY_FILE
    return await request.app[DATABASE].write(
        lambda connection: add_flag(connection, box_secret(key_file), address, int(time.time()), flag)
    )


async def _shown(request: web.Request, pack: str, path: str) -> Shown:
    shown = await shown_page(request, pack, path)
    if shown is None:
        raise web.HTTPNotFound(text="This page is not on this box.")
    return shown


def _page(
    request: web.Request,
    shown: Shown,
    *,
    sent: bool = False,
    word: str = "",
    reason: str = "",
    chosen: bool = False,
    wait: int = 0,
    status: int = 200,
) -> web.StreamResponse:
    """`chosen`: the form was sent without a reason. `wait`: seconds until one more may be sent."""
    headers = {hdrs.RETRY_AFTER: str(wait)} if wait else {}
    return render(
        request, "flag.html", status=status, headers=NO_STORE | headers,
        shown=shown, sent=sent, word=word, reason=reason, is_missing=chosen, minutes=ceil(wait / 60),
        options=[(*named, "") for named in reasons(interface_language(request)).items()], longest=LONGEST_WORD,
    )  # fmt: skip


ROUTES = [
    web.get("/flag", ask),
    web.post("/flag", flag),
    web.get("/items/{id}/flag", ask_of_item),
]
