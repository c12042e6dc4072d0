"""`/staff/upload`: record or choose files, see how far they are, go on with them or throw them away.

What is made of them: `item_pages`; what the page's script asks: `script_pages` and `tus`.
"""

from __future__ import annotations

from aiohttp import web

from ideascube.box_db.random_ids import is_id
from ideascube.box_db.uploads import State, forget_upload, load_upload
from ideascube.people.guard import PERSON, staff
from ideascube.people.lost import lost_page
from ideascube.people.rights import Right
from ideascube.receiving.bounds import BOUNDS, Refused
from ideascube.receiving.form_upload import FormUpload, NotOwnForm, drain
from ideascube.receiving.lines import Sent, sent_by
from ideascube.receiving.making import MADE_OF
from ideascube.receiving.part_file import disk_of, remove_part
from ideascube.receiving.wording import STATUSES, refusal_text, sentence
from ideascube.web.context import DATABASE, RECEIVER
from ideascube.web.i18n import LANGUAGES, interface_language
from ideascube.workspace.rendering import render_staff

PAGE = "/staff/upload"
_SOON = 4.0  # seconds that a form waits for its files to be looked at


@staff(Right.SUBMIT)
async def page(request: web.Request) -> web.StreamResponse:
    return await _page(request)


async def _page(request: web.Request, *, status: int = 200, problem: str = "") -> web.StreamResponse:
    receiver, language = request.app[RECEIVER], interface_language(request)
    disk = await receiver.run(disk_of, receiver.data)
    sent: Sent = await request.app[DATABASE].read(sent_by, request[PERSON].id, disk)
    return render_staff(
        request,
        "staff_upload.html",
        status=status,
        problem=problem,
        sent=sent,
        coming=sent.of(State.RECEIVING),
        whole=sent.of(State.WHOLE),
        arrived=[line for line in sent.of(State.ARRIVED) if line.media],
        refused=[
            (line, refusal_text(line.upload.problem, line.upload.name, language)) for line in sent.of(State.REFUSED)
        ],
        most=BOUNDS.file,
        makes=[kind.value for kind in MADE_OF],
        languages=LANGUAGES,
        done=request.query.get("sent", "")[:4],
    )


@staff(Right.SUBMIT, token=False)
async def take_form(request: web.Request) -> web.StreamResponse:
    """Files of a plain form; `target`: the creation that they are for, whose page it leads back to."""
    form = FormUpload(request, request.app[RECEIVER], request.app[DATABASE], request[PERSON].id)
    language = interface_language(request)
    try:
        await form.receive()
    except NotOwnForm:
        await drain(request)
        return lost_page(request, 403, "token", [])
    except Refused as error:
        await drain(request)
        said = sentence(error.code, error.numbers, language)
        named = f"{form.name}: {said}" if form.name else said
        return await _page(request, status=STATUSES[error.code], problem=named)
    for upload in form.uploads:
        await request.app[RECEIVER].finished(upload.id, _SOON / len(form.uploads))
    if is_id(form.target):
        raise web.HTTPSeeOther(f"/staff/write/{form.target}")
    raise web.HTTPSeeOther(f"{PAGE}?sent={len(form.uploads)}#sent")


@staff(Right.SUBMIT)
async def throw_away(request: web.Request) -> web.StreamResponse:
    """An upload that is on its way, or its line in the list; a file that arrived stays in the media store."""
    receiver, upload_id = request.app[RECEIVER], request.match_info["upload"]
    if await request.app[DATABASE].read(load_upload, upload_id, request[PERSON].id):
        await request.app[DATABASE].write(forget_upload, upload_id)
        await receiver.run(remove_part, receiver.data, upload_id)
    raise web.HTTPSeeOther(PAGE)


ROUTES = [
    web.get(PAGE, page),
    web.post(f"{PAGE}/files", take_form),
    web.post(f"{PAGE}/{{upload}}/away", throw_away),
]
