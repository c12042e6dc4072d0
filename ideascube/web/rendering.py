"""From a template to an answer: the one place that gives a page its language, headers, validator and coding."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from aiohttp import hdrs, web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from multidict import CIMultiDict

from content_packs.languages import direction
from ideascube.live_facts import FACTS
from ideascube.people.cookies import form_token, session_tokens
from ideascube.people.once import new_once
from ideascube.progress.request import card_token
from ideascube.web import wording
from ideascube.web.bar import HOME
from ideascube.web.compression import SMALLEST, compress
from ideascube.web.context import ORIGINS
from ideascube.web.digits import exact_number_text, number_text
from ideascube.web.i18n import (
    LANGUAGES,
    interface_language,
    is_draft,
    language_name,
    offered_languages,
    prepare_catalogues,
    translations,
)
from ideascube.web.icons import kind_icon, sprite_of
from ideascube.web.negotiation import IDENTITY, choose_encoding
from ideascube.web.prepared import Prepared
from ideascube.web.ranges import etag_matches
from ideascube.web.security import APP_HEADERS, SERVER
from ideascube.web.shared_code import SharedCode, at_run_time
from ideascube.web.static import static_address

_TEMPLATES = Path(__file__).parent.parent / "templates"
_CODE = SharedCode()
_VARY = "Accept-Encoding, Accept-Language, Cookie"
PROGRAM = "Ideascube"  # how a box is called that has no name
HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"


def render(
    request: web.Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: object,
) -> web.Response:
    """The page that `template` makes of `context`, in the visitor's language."""
    page = page_text(request, template, **context)
    policy = APP_HEADERS if is_app(request) else _guest_headers(request)
    all_headers = {hdrs.CONTENT_LANGUAGE: interface_language(request), **policy, **(headers or {})}
    return send_text(request, page, HTML, status=status, headers=all_headers)


def page_text(request: web.Request, template: str, **context: object) -> str:
    """The HTML that `template` makes of `context`, in the visitor's language."""
    return _environment(interface_language(request)).get_template(template).render(_frame(request) | context)


def is_app(request: web.Request) -> bool:
    """Whether this is the app's origin; pages about errors are shown on the packs' origin too."""
    return "home" in request.app.router.named_resources()


def send_text(
    request: web.Request, text: str, content_type: str, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """`text` with a strong validator, in the coding that the browser takes; 304 where it has the same already."""
    body = text.encode("utf-8", "replace")
    encoding = choose_encoding(request.headers.get(hdrs.ACCEPT_ENCODING, "")) if len(body) >= SMALLEST else IDENTITY
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}-{encoding}"'
    answer = CIMultiDict({hdrs.CACHE_CONTROL: "no-cache", hdrs.VARY: _VARY})
    answer.update(headers or {})
    if status == 200:
        answer[hdrs.ETAG] = etag
        if etag_matches(request.headers.get(hdrs.IF_NONE_MATCH, ""), etag):
            return web.Response(status=304, headers=answer)
    answer[hdrs.CONTENT_TYPE] = content_type
    if encoding != IDENTITY:
        answer[hdrs.CONTENT_ENCODING] = encoding
    return web.Response(status=status, body=compress(body, encoding), headers=answer)


def _frame(request: web.Request) -> dict[str, object]:
    """What the frame around every page needs: where the app is, and what the language form leads back to."""
    box = {"box_name": request.app[FACTS].name or PROGRAM}
    if is_app(request):
        return {"base": "", "assets": "", "here": request.path_qs, "is_app": True} | box | _visitor(request)
    app = request.app[ORIGINS].app(request)
    nobody: dict[str, object] = {"has_card": False, "is_staff": False, "form_token": ""}
    return {"base": HOME.rstrip("/"), "assets": app, "here": "", "is_app": False} | box | nobody


def _visitor(request: web.Request) -> dict[str, object]:
    """What the band offers, by the browser's cookies alone: no page waits for the database to know who asks."""
    languages = [(code, language_name(code)) for code in offered_languages(request)]
    has_session = "Cookie" in request.headers and bool(session_tokens(request))
    return {
        "has_card": bool(card_token(request)),
        "is_staff": has_session,
        "form_token": form_token(request),
        "interface_languages": languages,
    }


def _guest_headers(request: web.Request) -> dict[str, str]:
    """The headers of a page shown on the packs' origin, maybe in a frame: it borrows the app's looks, and no more."""
    app = request.app[ORIGINS].app(request)
    policy = (
        f"default-src 'none'; style-src {app}; img-src 'self' {app}; form-action 'self' {app}; base-uri 'none'; "
        "frame-ancestors 'self'"
    )
    return {
        **SERVER,
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }


def prepare(kept: Path | None = None) -> None:
    """Read every catalogue and template now, so that no visitor waits for it, and forked workers share them.

    `kept`: a folder for what this start makes of them, and a later one needs not make again.
    """
    prepared = Prepared(kept)
    prepare_catalogues(prepared)
    _CODE.load(prepared.get("pages", _page_sources(), _compiled_pages))
    for language in LANGUAGES:
        _load_templates(language)


def _compiled_pages() -> bytes:
    _load_templates(LANGUAGES[0])  # the same code for all
    return _CODE.dump()


def _load_templates(language: str) -> None:
    environment = _environment(language)
    for name in environment.list_templates():
        environment.get_template(name)


def _page_sources() -> bytes:
    """All that the templates' code depends on."""
    paths = [Path(__file__), *sorted(path for path in _TEMPLATES.rglob("*") if path.is_file())]
    names = [str(path.relative_to(_TEMPLATES.parent)).encode() for path in paths]
    contents = [path.read_bytes() for path in paths]
    return b"\0".join([sys.version.encode(), version("jinja2").encode(), *names, *contents])


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=_CODE,
    )
    catalogue = translations(language)
    environment.install_gettext_callables(catalogue.gettext, catalogue.ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals |= {
        "language": language,
        "direction": direction,
        "is_draft": is_draft(language),
        "own_name": language_name(language),
        "static": static_address,
        "sprite_of": sprite_of,
        "new_once": new_once,
    }
    filters: dict[str, Callable[..., object]] = {
        "filesize": lambda size: wording.size_text(size, language),
        "number": lambda number: number_text(number, language),
        "exact_number": lambda number: exact_number_text(number, language),
        "day": lambda written: wording.date_text(written, language),
        "moment": lambda second: wording.moment_text(second, language),
        "when": lambda at: wording.when_text(at, language),
        "kind": lambda kind: wording.kind_name(kind, language),
        "kind_icon": kind_icon,
        "language_name": lambda code: language_name(code, language),
        "own_name": language_name,
        "minutes": lambda minutes: wording.minutes_text(minutes, language),
        "percent": lambda percent: wording.percent_text(percent, language),
        "languages": lambda codes: wording.languages_text(tuple(codes), language, 20),
    }
    environment.filters |= {name: at_run_time(function) for name, function in filters.items()}
    return environment
