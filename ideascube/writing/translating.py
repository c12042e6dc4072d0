"""`POST /staff/write/ID/translate`: a linked draft in another language, with this one beside it to read."""

from __future__ import annotations

import msgspec
from aiohttp import web

from ideascube.box_db.creations import translations as translations_of
from ideascube.box_db.writing import begin
from ideascube.creations.model import Consent, Creation, Fields, Words, fields_of
from ideascube.people.guard import PERSON, staff
from ideascube.people.once import FIELD as ONCE
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE
from ideascube.web.language import read_form
from ideascube.writing.addresses import write_address
from ideascube.writing.opening import opened
from ideascube.writing.typed import chosen_language


@staff(Right.SUBMIT)
async def translate(request: web.Request) -> web.StreamResponse:
    """Field `language`. Where there is a translation into it already, it leads there."""
    found = await opened(request, None)
    form = await read_form(request)
    language = chosen_language(str(form.get("language", "")), "")
    database = request.app[DATABASE]
    there = await database.read(translations_of, found.creation.work, shown=False)
    known = next((each.id for each in there if each.language == language), None)
    if known or not language:
        raise web.HTTPSeeOther(write_address(known or found.creation.id))
    fields = translation_fields(found.creation, language)
    made = await database.write(begin, fields, request[PERSON], str(form.get(ONCE, "")), found.creation.work)
    raise web.HTTPSeeOther(write_address(made or found.creation.id, beside=found.creation.id if made else ""))


def translation_fields(original: Creation, language: str) -> Fields:
    """What a translation begins with: pictures, subjects and rights of the original, and no words but a title that was
    given in that language before. Pure.
    """
    words = original.texts.get(language, Words(""))
    return msgspec.structs.replace(
        fields_of(original), language=language, texts={language: words}, body="", author="", consent=Consent()
    )


ROUTES = [web.post("/staff/write/{id}/translate", translate)]
