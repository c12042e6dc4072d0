"""The home page's sections with what is in them, in the visitor's words: what the template shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from gettext import NullTranslations

from aiohttp import web

from content_packs.pack_id import OWN
from content_packs.store.library import PackRecord
from ideascube.arranging.addresses import category_address, pack_in
from ideascube.arranging.cards import (
    HomeCard,
    There,
    card_of,
    category_card,
    course_card,
    in_words,
    made_card,
    pack_card,
)
from ideascube.arranging.courses import courses_in_order
from ideascube.arranging.model import Fill, Look, Placed, Section
from ideascube.arranging.words import fill_words
from ideascube.box_db.home_facts import HomeFacts
from ideascube.courses.opening import OpenCourse, courses_made_here
from ideascube.progress.lines import Line
from ideascube.progress.mine import going_on
from ideascube.web.cards import in_reading_order
from ideascube.web.context import LIBRARY
from ideascube.web.facets import Choice, Filters, language_choices, library_address
from ideascube.web.i18n import interface_language, translations, visitor_languages
from ideascube.web.icons import kind_icon
from ideascube.web.wording import KINDS_IN_ORDER, kind_name, known_kind

NAMED_LANGUAGES = 8  # doors to what is there in each


@dataclass(frozen=True, slots=True)
class Door:
    """A large button that leads to a shelf."""

    address: str
    kind: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A section that shows cards. `more`: where all `count` of them are, or empty where these are all."""

    section: Section
    anchor: str
    title: str
    lang: str
    look: Look
    cards: Sequence[HomeCard]
    more: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """One part of the page: `shelves` that stand together, or one of the others."""

    fill: Fill
    shelves: Sequence[Shelf] = ()
    doors: Sequence[Door] = ()
    lines: Sequence[Line] = ()
    languages: Sequence[Choice] = ()


async def filling_for(request: web.Request, facts: HomeFacts) -> Filling:
    """Courses made here are read where a section has any use for them."""
    made = await courses_made_here(request) if facts.has_courses and _needs_courses(facts) else []
    return Filling(request, facts, made)


def _needs_courses(facts: HomeFacts) -> bool:
    placed = [card for each in facts.arrangement.sections for card in (*each.cards, *facts.put.get(each.id, ()))]
    has_shelf = any(section.fill is Fill.COURSES for section in facts.arrangement.sections)
    return has_shelf or any(pack_in(card.address) == OWN for card in placed)


class Filling:
    """Fills the sections for one request."""

    def __init__(self, request: web.Request, facts: HomeFacts, made: Sequence[OpenCourse] = ()) -> None:
        self._request = request
        self._facts = facts
        self._made = made
        self._records = request.app[LIBRARY].shown
        self._language = interface_language(request)
        self._words: NullTranslations = translations(self._language)
        self._by_kind = self._packs_by_kind()

    async def blocks(self) -> list[Block]:
        """What is to be shown, in order; sections without anything in them are left out."""
        found: list[Block] = []
        for section in self._facts.arrangement.for_language(self._language):
            block = await self._block(section)
            if block is None:
                continue
            if block.shelves and found and found[-1].shelves:
                found[-1] = Block(block.fill, (*found[-1].shelves, *block.shelves))
            else:
                found.append(block)
        return found

    async def _block(self, section: Section) -> Block | None:
        if section.fill is Fill.KINDS:
            doors = self._doors()
            return Block(section.fill, doors=doors) if len(doors) > 1 else None
        if section.fill is Fill.GO_ON:
            lines = await going_on(self._request)
            return Block(section.fill, lines=lines) if lines else None
        if section.fill is Fill.LANGUAGES:
            choices = language_choices(self._records, Filters(), visitor_languages(self._request))[1:]
            return Block(section.fill, languages=choices) if len(choices) > 1 else None
        shelf = self.shelf(section)
        return Block(section.fill, shelves=[shelf]) if shelf.cards else None

    def shelf(self, section: Section) -> Shelf:
        """A section that shows cards, also one without any."""
        title, lang = self.title_of(section)
        cards, more, count = self._cards(section)
        anchor = section.of if section.id == f"packs-{section.of}" else section.id
        return Shelf(section, anchor, title, lang, section.look, cards, more, count)

    def title_of(self, section: Section) -> tuple[str, str]:
        """The section's title, else what its rule is called; and the language of it."""
        title, lang = in_words(self._request, section.titles)
        usual = (title, lang) if title else self._usual_title(section)
        return usual if usual[0] else (fill_words(section.fill, self._language), self._language)

    def _usual_title(self, section: Section) -> tuple[str, str]:
        _ = self._words.gettext
        if section.fill is Fill.TAG:
            return in_words(self._request, self._facts.tags.get(section.of, {}))
        if section.fill is Fill.CATEGORY:
            found = (each.names for each in self._facts.categories if each.id == section.of)
            return in_words(self._request, next(found, {}))
        usual = {
            Fill.PACKS: kind_name(section.of, self._language),
            Fill.MADE_HERE: _("Made here"),
            Fill.CATEGORIES: _("Categories"),
            Fill.COURSES: kind_name("course", self._language),
            Fill.GO_ON: _("Go on"),
            Fill.KINDS: _("Kinds"),
            Fill.LANGUAGES: _("Languages"),
            Fill.CHOSEN: _("Of this week") if section.look is Look.LARGE else _("Chosen for you"),
        }
        return usual[section.fill], self._language

    def _cards(self, section: Section) -> tuple[Sequence[HomeCard], str, int]:
        """The cards, where there are more, and how many there are in all."""
        request, facts, most = self._request, self._facts, 1 if section.look is Look.LARGE else section.most
        if section.fill is Fill.PACKS:
            return self._of_kind(section)
        if section.fill is Fill.COURSES:
            found = courses_in_order(request, self._made)
            cards = [course_card(each) for each in found[:most]]
            return cards, "/courses" if len(found) > most else "", len(found)
        if section.fill is Fill.CATEGORIES:
            return [category_card(request, each) for each in facts.categories if not each.parent], "", 0
        if section.fill in (Fill.MADE_HERE, Fill.TAG):
            listed = facts.listed.get(section.id, ())
            all_of_them = f"/items?tag={section.of}" if section.fill is Fill.TAG else "/items"
            cards = [card for each in listed[:most] if (card := made_card(request, each))]
            return cards, all_of_them if len(listed) > most else "", 0
        if section.fill is Fill.CATEGORY:
            found_cards = self._chosen(facts.put.get(section.id, ()))
            shown = found_cards[:most]
            return shown, category_address(section.of) if len(found_cards) > most else "", len(found_cards)
        chosen = self._chosen(section.shown_cards())
        return chosen[:1] if section.look is Look.LARGE else chosen, "", 0

    def _chosen(self, placed: Iterable[Placed]) -> list[HomeCard]:
        there = There(self._facts.creations, self._facts.categories, self._made)
        found = (card_of(self._request, each, there) for each in placed)
        return [card for card in found if card is not None]

    def _of_kind(self, section: Section) -> tuple[Sequence[HomeCard], str, int]:
        packs = self._by_kind.get(section.of, ())
        cards = [card for each in packs[: section.most] if (card := pack_card(self._request, each.id))]
        more = library_address(Filters(kind=section.of)) if len(packs) > section.most else ""
        return cards, more, len(packs)

    def _packs_by_kind(self) -> dict[str, list[PackRecord]]:
        by_kind: dict[str, list[PackRecord]] = {}
        for record in in_reading_order(self._request, self._records):
            by_kind.setdefault(known_kind(record.manifest.kind if record.manifest else ""), []).append(record)
        return by_kind

    def _doors(self) -> list[Door]:
        """To the shelf of each kind that is on the page with all of its packs, else to the library."""
        whole = {
            section.of: section.id
            for section in self._facts.arrangement.for_language(self._language)
            if section.fill is Fill.PACKS and len(self._by_kind.get(section.of, ())) <= section.most
        }
        kinds = [kind for kind in KINDS_IN_ORDER if self._by_kind.get(kind)]
        doors = [Door(self._shelf_address(kind, whole), kind, kind_icon(kind)) for kind in kinds]
        has_courses = "course" in kinds or any(record.courses for record in self._records) or self._facts.has_courses
        is_missing = has_courses and "course" not in kinds
        return [*doors, Door("/courses", "course", kind_icon("course"))] if is_missing else doors

    def _shelf_address(self, kind: str, whole: Mapping[str, str]) -> str:
        section_id = whole.get(kind)
        if section_id is None:
            return library_address(Filters(kind=kind))
        return f"#{kind}" if section_id == f"packs-{kind}" else f"#{section_id}"

    def placed(self, section: Section) -> list[tuple[Placed, HomeCard | None]]:
        """The cards that were chosen for a section, each with what is there now, for who arranges them."""
        there = There(self._facts.creations, self._facts.categories, self._made)
        return [(each, card_of(self._request, each, there)) for each in section.cards]

    def words(self, names: Mapping[str, str]) -> tuple[str, str]:
        """A name for this visitor, and its language."""
        return in_words(self._request, names)
