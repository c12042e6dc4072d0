"""The page for a form that was sent by somebody who is not, or no longer, signed in: what they typed comes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aiohttp import web

from content_packs.errors import IdeascubeError
from ideascube.web import forms
from ideascube.web.language import read_form
from ideascube.web.rendering import render

_NOT_TYPED = frozenset({"token", "once", "back"})
_SECRET = ("password", "pin", "code")
_SHOWN = 20  # fields
_LONGEST = 200_000  # characters
_SHORT = 20  # characters: one word of so many may be the value of a choice


def lost_page(request: web.Request, status: int, why: str, typed: Sequence[str]) -> web.StreamResponse:
    """`why`: `out` (not signed in), `token` (the form is of another sign-in), or why a session ended."""
    headers = {"Cache-Control": "no-store"}
    return render(request, "staff_lost.html", status=status, headers=headers, why=why, typed=typed)


async def typed_into(request: web.Request, form_limit: int | None = None) -> list[str]:
    """What a person wrote by hand into the form of `request`, as far as it can be read; none for what is no form.

    `form_limit`: bytes, for forms that are read by `web.forms.read_form`.
    """
    try:
        if form_limit is not None:
            return typed_texts((await forms.read_form(request, form_limit)).fields.items())
        return typed_texts((await read_form(request)).items())
    except (web.HTTPException, IdeascubeError):
        return []


def typed_texts(fields: Iterable[tuple[str, object]]) -> list[str]:
    """The texts that somebody wrote, the longest first; no passwords, and nothing that was only chosen."""
    texts = [
        value.strip()
        for name, value in fields
        if isinstance(value, str) and name not in _NOT_TYPED and not any(word in name for word in _SECRET)
    ]
    written = [text[:_LONGEST] for text in texts if len(text) > _SHORT or " " in text]
    return sorted(dict.fromkeys(written), key=len, reverse=True)[:_SHOWN]
