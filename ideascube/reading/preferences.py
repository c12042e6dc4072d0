"""How someone likes to read: size of letters, paper, distance of lines. Kept in a cookie of the packs' origin.

They are set by links, so that it works without scripts: an address with one of the three in its query leads to the
same address without, and the cookie. read.js does the same at once; it reads this cookie and writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from aiohttp import hdrs, web
from yarl import URL

COOKIE = "reading"
CHOICES = {
    "letters": ("1", "2", "3", "4", "5"),
    "paper": ("phone", "light", "cream", "dark"),
    "lines": ("1", "2", "3"),
}
_YEAR = 365 * 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class Preferences:
    letters: str = "2"
    paper: str = "phone"
    lines: str = "2"

    @property
    def classes(self) -> str:
        """Those of the page's root, which read.css knows."""
        return " ".join(f"{name}-{getattr(self, name)}" for name in CHOICES)

    @property
    def written(self) -> str:
        """The cookie's value: `letters-2.paper-phone.lines-2`."""
        return self.classes.replace(" ", ".")

    def changed_by(self, query: Mapping[str, str]) -> Preferences:
        """With what a query chooses; what is none of the choices changes nothing."""
        return replace(self, **{name: query[name] for name, values in CHOICES.items() if query.get(name) in values})


def preferences_of(request: web.BaseRequest) -> Preferences:
    """What the visitor's cookie says, and the usual where it says nothing that is understood."""
    pairs = [part.partition("-") for part in request.cookies.get(COOKIE, "").split(".")]
    return Preferences().changed_by({name: value for name, _, value in pairs})


def choose(request: web.BaseRequest) -> web.Response | None:
    """The answer to an address that chooses: the cookie, and the way back. None where it chooses nothing."""
    if CHOICES.keys().isdisjoint(request.query):
        return None
    chosen = preferences_of(request).changed_by(request.query)
    here = URL(request.rel_url.raw_path_qs, encoded=True).without_query_params(*CHOICES)
    answer = web.Response(status=302, headers={hdrs.LOCATION: str(here), hdrs.CACHE_CONTROL: "no-store"})
    answer.set_cookie(COOKIE, chosen.written, max_age=_YEAR, path="/read", samesite="Lax")
    return answer


def choosing_address(request: web.BaseRequest, name: str, value: str) -> str:
    """The address that was asked for, choosing `value`."""
    here = URL(request.rel_url.raw_path_qs, encoded=True).without_query_params(*CHOICES)
    return str(here.update_query({name: value}))
