"""`/items`: all that was made here and readers may see, with choices of kind, subject and language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from content_packs.languages import base_language
from ideascube.box_clock import today_text
from ideascube.box_db.creation_lists import PAGE, Filter
from ideascube.box_db.creation_pages import Shelf, shelf
from ideascube.creations.addresses import list_address
from ideascube.creations.cards import CreationCard, creation_card
from ideascube.creations.model import KINDS
from ideascube.creations.wording import kind_words
from ideascube.web.context import DATABASE
from ideascube.web.facets import Choice
from ideascube.web.i18n import interface_language, language_name, visitor_languages
from ideascube.web.rendering import render

_LONGEST = 60  # characters of a choice
_MOST_PAGES = 1000


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an address asks for."""

    tag: str = ""
    kind: str = ""
    lang: str = ""
    page: int = 1

    def wanted(self, liked: Sequence[str]) -> Filter:
        """What readers of these languages see: of translations one, unless they choose a language."""
        once = () if self.lang else tuple(dict.fromkeys(base_language(each) for each in liked))
        return Filter(
            kind=self.kind, tag=self.tag, language=self.lang, shown=True, audience="all", today=today_text(), liked=once
        )

    def at_page(self, page: int) -> str:
        return list_address(self.tag, self.kind, self.lang, page)

    def address(self, **changes: str) -> str:
        """The first page of what another choice would leave."""
        choices = {"tag": self.tag, "kind": self.kind, "lang": self.lang, **changes}
        return list_address(choices["tag"], choices["kind"], choices["lang"])


@dataclass(frozen=True, slots=True)
class ListPage:
    """What `creations.html` shows. `words`: what choices are called, by `kind`, `tag`, `lang`; `before`, `after`: the
    addresses of the pages around this one, or empty.
    """

    chosen: Chosen
    cards: list[CreationCard]
    total: int
    kinds: list[Choice]
    tags: list[Choice]
    languages: list[Choice]
    words: dict[str, Mapping[str, str]]
    before: str
    after: str


async def items(request: web.Request) -> web.StreamResponse:
    """The newest first; `tag`, `kind`, `lang` choose, `page` is counted from 1."""
    chosen = chosen_in(request)
    found = await request.app[DATABASE].read(shelf, chosen.wanted(visitor_languages(request)), chosen.page, PAGE)
    return render(request, "creations.html", page=_page(request, chosen, found))


def _page(request: web.Request, chosen: Chosen, found: Shelf) -> ListPage:
    language, liked = interface_language(request), visitor_languages(request)
    codes = _by_liking([code for code in found.counts["language"] if code], found.counts["language"], liked)
    return ListPage(
        chosen=chosen,
        cards=[creation_card(request, line) for line in found.listed.lines],
        total=found.listed.total,
        kinds=_choices(chosen, "kind", found.counts["kind"], KINDS),
        tags=_choices(chosen, "tag", found.counts["tag"], [tag.id for tag in found.tags]),
        languages=_choices(chosen, "lang", found.counts["language"], codes),
        words={
            "kind": {str(kind): word for kind, word in kind_words(language).items()},
            "tag": {tag.id: tag.name(liked).text for tag in found.tags},
            "lang": {code: language_name(code, language) for code in codes},
        },
        before=chosen.at_page(chosen.page - 1) if chosen.page > 1 else "",
        after=chosen.at_page(chosen.page + 1) if chosen.page * PAGE < found.listed.total else "",
    )


def chosen_in(request: web.Request) -> Chosen:
    """What is no choice leaves nothing, and the page says so; what is no number of a page is the first."""
    given = request.query
    page = given.get("page", "")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 1
    tag, kind, lang = (given.get(name, "")[:_LONGEST] for name in ("tag", "kind", "lang"))
    return Chosen(tag, kind, lang, min(max(number, 1), _MOST_PAGES))


def _by_liking(codes: Iterable[str], counts: Mapping[str, int], liked: Sequence[str]) -> list[str]:
    """Languages that the visitor reads first, then those with the most."""
    bases = [base_language(each) for each in liked]

    def order(code: str) -> tuple[int, int, str]:
        base = base_language(code)
        return bases.index(base) if base in bases else len(bases), -counts[code], code

    return sorted(codes, key=order)


def _choices(chosen: Chosen, name: str, counts: Mapping[str, int], order: Iterable[str]) -> list[Choice]:
    """All of them first; of the others those that leave something, and what is chosen."""
    now = getattr(chosen, name)
    known = [value for value in order if value and counts.get(value)]
    found = [Choice(value, counts[value], chosen.address(**{name: value}), value == now) for value in known]
    every = Choice("", counts.get("", 0), chosen.address(**{name: ""}), not now)
    return [every, *found]


ROUTES = [web.get("/items", items)]
