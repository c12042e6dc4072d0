"""The catalogue's rules without a server: what a pack becomes in it, and that any text makes a readable feed."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from content_packs.store.library import PackRecord
from ideascube.web import opds
from ideascube.web.catalog_entry import CatalogEntry, catalog_entries, catalog_tags
from ideascube.web.catalog_query import CatalogPage, CatalogQuery, parse_query, select
from tests.support.manifests import manifest_with

ORIGIN = "http://10.0.0.1:8080"


def record(pack_id: str = "water", size: int = 1000, **manifest: object) -> PackRecord:
    described = manifest_with(pack_id, **{"title": "Water", "uuid": f"uuid-of-{pack_id}", **manifest})
    return PackRecord(pack_id, (f"{pack_id}.zim",), size, "stamp", described)


def entry(pack_id: str = "water", size: int = 1000, **manifest: object) -> CatalogEntry:
    return catalog_entries([record(pack_id, size, **manifest)])[0]


def found(query: str, *entries: CatalogEntry) -> list[str]:
    parameters = dict(part.split("=", 1) for part in query.split("&"))
    return [each.pack_id for each in select(list(entries), parse_query(parameters)).entries]


def feed_of(*entries: CatalogEntry, asked: dict[str, str] | None = None) -> ET.Element:
    page = CatalogPage(len(entries), 0, list(entries))
    return ET.fromstring(opds.entries_feed(page, ORIGIN, asked or {}, partial=False))


class TestEntry:
    @pytest.mark.parametrize(
        ("tags", "expected"),
        [
            ((), "_ftindex:no;_pictures:yes;_videos:yes;_details:yes"),
            (("nopic", "x"), "_pictures:no;x;_ftindex:no;_videos:yes;_details:yes"),
            (("_ftindex", "novid", "nodet"), "_ftindex:yes;_videos:no;_details:no;_pictures:yes"),
            (
                ("_details:no", "_ftindex:yes", "_pictures:no", "_videos:no"),
                "_details:no;_ftindex:yes;_pictures:no;_videos:no",
            ),
        ],
    )
    def test_tags(self, tags: tuple[str, ...], expected: str) -> None:
        assert ";".join(catalog_tags(tags)) == expected

    def test_a_category_comes_from_its_tag(self) -> None:
        assert entry(zim_tags=("_category:gutenberg", "x")).category == "gutenberg"
        assert entry(zim_tags=("x",)).category == ""

    def test_languages_are_those_of_the_zim_else_translated(self) -> None:
        assert entry(languages=("sw", "fr"), zim_languages=("swh", "fra")).languages == ("swh", "fra")
        assert entry(languages=("fr", "ar"), zim_languages=("fr", "ara")).languages == ("fra", "ara")
        assert entry(languages=("fr", "zh-Hant", "tum")).languages == ("fra", "zho", "tum")

    @pytest.mark.parametrize("date", ["", "2020", "2020-13-01", "20200101", "2020-01-01T00:00:00", "yesterday", "<b>"])
    def test_what_is_no_date_is_left_out(self, date: str) -> None:
        (shown,) = feed_of(entry(date=date)).findall("{*}entry")

        assert shown.findtext("{*}updated") == "1970-01-01T00:00:00Z"
        assert shown.find("{*}issued") is None

    def test_two_files_of_one_build_are_both_listed(self) -> None:
        entries = catalog_entries([record("a", uuid="same"), record("b", uuid="same")])

        assert [each.pack_id for each in entries] == ["a", "b"]

    def test_broken_packs_are_left_out(self) -> None:
        assert catalog_entries([PackRecord("broken", ("broken.zim",), 1, "", problem="It is no ZIM file.")]) == []


class TestQuery:
    def test_nothing_asked(self) -> None:
        assert parse_query({}) == CatalogQuery(start=0, count=10)

    def test_words_begin_words_without_case_and_accents(self) -> None:
        water, health = entry("water", title="L’Eau potable"), entry("health", title="Santé", description="Eaux usées")

        assert found("q=eau", water, health) == ["water", "health"]
        assert found("q=EAU usees", water, health) == ["health"]
        assert found("q=au", water, health) == []
        assert found('q=-("*', water, health) == ["water", "health"]

    def test_tags_must_all_be_there_and_none_of_the_unwanted(self) -> None:
        one, two = entry("one", zim_tags=("a", "b")), entry("two", zim_tags=("b", "c"))

        assert found("tag=a;b", one, two) == ["one"]
        assert found("tag=B", one, two) == ["one", "two"]
        assert found("notag=a;x", one, two) == ["two"]

    def test_size_name_and_category(self) -> None:
        small, large = entry("small", 10, name="s"), entry("large", 11, name="l", zim_tags=("_category:ted",))

        assert found("maxsize=10", small, large) == ["small"]
        assert found("name=l", small, large) == ["large"]
        assert found("category=TED,x", small, large) == ["large"]

    def test_pages(self) -> None:
        entries = [entry(str(number)) for number in range(25)]

        assert len(found("q=water", *entries)) == 10
        assert found("start=23&count=5", *entries) == ["23", "24"]
        assert len(found("count=-1", *entries)) == 25
        assert len(found("count=-1&start=20", *entries)) == 5
        assert found("count=0", *entries) == []


class TestFeed:
    @pytest.mark.parametrize(
        "text",
        ["<b>&amp;]]>", "\0\x01\x1b", "\ud800 alone", "\ufffe\uffff", "\u202eغير", "a\nb\tc", "𐍈" * 100, "'\"><x y='"],
    )
    def test_any_text_makes_a_feed_that_can_be_read(self, text: str) -> None:
        fields = ("title", "description", "creator", "publisher", "name", "flavour", "uuid")
        odd = entry("odd", zim_tags=(f"_category:{text}", text), zim_languages=(text,), **dict.fromkeys(fields, text))
        readable = "".join(letter if letter.isprintable() or letter in "\t\n\u202e" else "\ufffd" for letter in text)

        (shown,) = feed_of(odd, asked={"q": text}).findall("{*}entry")

        assert shown.findtext("{*}title") == readable
        for feed in (opds.root_feed([odd]), opds.categories_feed([odd]), opds.languages_feed([odd])):
            assert ET.fromstring(feed).tag == "{http://www.w3.org/2005/Atom}feed"
        assert ET.fromstring(opds.entry_document(odd, ORIGIN)).tag == "{http://www.w3.org/2005/Atom}entry"

    def test_an_id_of_any_script_is_escaped_in_addresses(self) -> None:
        (shown,) = feed_of(entry("été?&#/x")).findall("{*}entry")
        hrefs = [link.get("href") for link in shown.findall("{*}link")]

        assert hrefs == [
            "/content/%C3%A9t%C3%A9%3F%26%23%2Fx",
            "http://10.0.0.1:8080/download/%C3%A9t%C3%A9%3F%26%23%2Fx.zim.meta4",
        ]

    def test_the_same_packs_make_the_same_feed(self) -> None:
        assert ET.tostring(feed_of(entry(), entry("b"))) == ET.tostring(feed_of(entry(), entry("b")))

    def test_a_feed_is_as_new_as_its_newest_pack(self) -> None:
        feed = feed_of(entry("old", date="2015-08-10"), entry("new", date="2026-01-31"), entry("none"))

        assert feed.findtext("{*}updated") == "2026-01-31T00:00:00Z"

    def test_names_are_written_as_programs_compare_them(self) -> None:
        """Kiwix's programs look for `dc:issued` and `totalResults` as text."""
        page = CatalogPage(1, 0, [entry(date="2026-01-31")])
        text = opds.entries_feed(page, ORIGIN, {}, partial=False).decode()

        for name in (
            "<feed xmlns=",
            "<entry>",
            "<totalResults>1<",
            "<dc:issued>2026-01-31T00:00:00Z<",
            "<articleCount>",
        ):
            assert name in text
