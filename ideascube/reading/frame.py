"""The frame that books and articles are read in: its page, headers, and what the reader chose about letters and paper.

Shown on the packs' origin; style and script come from the app, and nothing else from anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, urlencode

from aiohttp import web

from ideascube.reading.addresses import read_path
from ideascube.reading.preferences import CHOICES, choosing_address, preferences_of
from ideascube.web.cards import pack_title
from ideascube.web.context import ORIGINS
from ideascube.web.i18n import interface_language, translations
from ideascube.web.lookup import tail_of
from ideascube.web.origins import area_address
from ideascube.web.rendering import render
from ideascube.web.security import SERVER


class LookChoice(NamedTuple):
    """A value, the words for it, and the address that chooses it."""

    value: str
    words: str
    address: str


class Look(NamedTuple):
    """What can be chosen of how a page looks: its name in addresses and classes, the words for it, its values."""

    name: str
    label: str
    choices: list[LookChoice]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the text.

    `title` is the book's or article's. `before` and `after` are addresses (empty: none), `place` says which part it is
    of how many, `done` and `of` as numbers. `original` is the page or file as it is in the pack, `size` its bytes.
    `lang` and `direction` are those of the text.
    """

    title: str
    original: str
    title_lang: str = ""
    lang: str = ""
    direction: str = "auto"
    turning: str = ""
    before: str = ""
    after: str = ""
    place: str = ""
    done: int = 0
    of: int = 0
    size: int | None = None


def show_frame(
    request: web.Request,
    template: str,
    frame: Frame,
    *,
    status: int = 200,
    own_scripts: bool = False,
    **context: object,
) -> web.Response:
    """The page that `template`, which extends reader.html, makes of it.

    `own_scripts`: whether scripts of ours served on the packs' origin may run (pdf.js), and whether the page has
    a form that leads to the app and from there back here.
    """
    pack_id = request.match_info["id"]
    app = request.app[ORIGINS].app(request)
    return render(
        request,
        template,
        status=status,
        headers=reading_headers(app, own_scripts=own_scripts),
        app=app,
        frame=frame,
        pack_id=pack_id,
        pack_title=pack_title(request, pack_id),
        chosen=preferences_of(request),
        looks=_looks(request),
        taking=_taking(request, app, frame),
        **context,
    )


class Taking(NamedTuple):
    """The app's addresses of what one may do beside reading: save the file, share, keep. Empty: not offered."""

    save: str
    share: str
    keep: str


def _taking(request: web.Request, app: str, frame: Frame) -> Taking:
    pack_id, path = request.match_info["id"], tail_of(request, 2)
    here = read_path(pack_id, path)
    return Taking(
        save=app + area_address("save", pack_id, path) if frame.size else "",
        share=f"{app}/share?of={quote(here, safe='')}",
        keep=f"{app}/keep?{urlencode({'pack': pack_id, 'path': path}, errors='replace')}",
    )


def _looks(request: web.Request) -> list[Look]:
    _ = translations(interface_language(request)).gettext
    words = {
        "letters": (_("Size of the letters"), [*CHOICES["letters"]]),
        "paper": (_("Paper"), [_("Like the phone"), _("Light"), _("Cream"), _("Dark")]),
        "lines": (_("Lines"), [_("Narrow"), _("Normal"), _("Wide")]),
    }
    return [Look(name, label, _choices(request, name, said)) for name, (label, said) in words.items()]


def _choices(request: web.Request, name: str, words: list[str]) -> list[LookChoice]:
    values = zip(CHOICES[name], words, strict=True)
    return [LookChoice(value, said, choosing_address(request, name, value)) for value, said in values]


def reading_headers(app: str, *, own_scripts: bool = False) -> dict[str, str]:
    """What a page of the frame may load: pictures and sounds of its pack, our style and script from the app."""
    own = "'self' " if own_scripts else ""
    workers = " worker-src 'self';" if own_scripts else ""
    forms = f"'self' {app}" if own_scripts else "'none'"
    policy = (
        f"default-src 'none'; script-src {own}{app}; style-src {app}; img-src 'self' data: {app}; media-src 'self'; "
        f"font-src 'self'; connect-src 'self' {app};{workers} form-action {forms}; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
    return {
        **SERVER,
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }
