"""The page for a form that was sent by somebody who is not, or no longer, signed in: what they typed comes back."""

from __future__ import annotations

from aiohttp import web

from ideascube.web.language import Form, read_form
from ideascube.web.rendering import render

_NOT_TYPED = frozenset({"token", "once", "back"})
_SECRET = ("password", "pin", "code")
_SHOWN = 20  # fields
_LONGEST = 60_000  # characters


async def lost_page(request: web.Request, status: int, why: str) -> web.StreamResponse:
    """`why`: `out` (not signed in), `token` (the form is of another sign-in), or why a session ended."""
    typed = await _typed(request)
    headers = {"Cache-Control": "no-store"}
    return render(request, "staff_lost.html", status=status, headers=headers, why=why, typed=typed)


async def _typed(request: web.Request) -> list[str]:
    """What a person wrote by hand into the form, as far as it can be read."""
    try:
        form = await read_form(request)
    except web.HTTPException:
        return []
    return typed_texts(form)


def typed_texts(form: Form) -> list[str]:
    """The texts that somebody wrote, the longest first; no passwords, and nothing that was only chosen."""
    texts = [
        value.strip()
        for name, value in form.items()
        if isinstance(value, str) and name not in _NOT_TYPED and not any(word in name for word in _SECRET)
    ]
    written = [text[:_LONGEST] for text in texts if len(text) > 20 or " " in text]
    return sorted(dict.fromkeys(written), key=len, reverse=True)[:_SHOWN]
