"""`/catalog/v2` says of each pack what Debian's kiwix-serve says of the same file.

Where it does not, on purpose:
- Languages are ISO 639-3, as the catalogue's readers expect, also where a pack says `en`; kiwix-serve repeats that.
- A pack can be downloaded, so that there is an acquisition link; kiwix-serve has none for files given by their names.
- Addresses are those of newer kiwix-serves: `/content/ID` for reading, the UUID in those of illustrations.
- Two files with one UUID are two entries, since one may be damaged; kiwix-serve shows the last one alone.
- Feeds have a validator, and dates that change with the packs, not with the clock.
- Ten entries are given unless `count` says otherwise, and none for `count=0`: as kiwix-serve's documentation has it,
  and newer ones do. A comma list of languages or categories asks for any of them. A negative `start` is 0.
- `tag=` with an empty value, and the like for other parameters, ask for nothing in particular.
- `q` asks for beginnings of words, all of them; operators such as `-word` or `title:word` are not known.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from tests.kiwix.peers import ODD, PACKS, Peers

FIELDS = (
    "title", "summary", "name", "flavour", "category", "tags", "articleCount", "mediaCount", "updated", "issued",
    "author/name", "publisher/name",
)  # fmt: skip
TRANSLATED = {"en": "eng", "=en": "=en", "swa,fra": "swa,fra", "eng": "eng", "bel": "bel", "tum": "tum"}
THUMBNAIL = "http://opds-spec.org/image/thumbnail"


def thumbnails(entry: ET.Element) -> list[ET.Element]:
    return [link for link in entry.findall("link") if link.get("rel") == THUMBNAIL]


def test_every_field_of_every_pack_is_the_same(peers: Peers) -> None:
    ours, theirs = peers.feed("/catalog/v2/entries?count=-1")

    assert ours.keys() == theirs.keys()
    assert len(ours) == len(PACKS)
    for uuid in ours:
        assert {name: ours[uuid].findtext(name) for name in FIELDS} == {
            name: theirs[uuid].findtext(name) for name in FIELDS
        }
        assert ours[uuid].findtext("language") == TRANSLATED[theirs[uuid].findtext("language") or ""]


def test_every_illustration_is_the_same(peers: Peers) -> None:
    ours, theirs = peers.feed("/catalog/v2/entries?count=-1")

    for uuid in ours:
        assert [link.get("type") for link in thumbnails(ours[uuid])] == [
            link.get("type") for link in thumbnails(theirs[uuid])
        ]
        for mine, other in zip(thumbnails(ours[uuid]), thumbnails(theirs[uuid]), strict=True):
            assert mine.get("href") == f"/catalog/v2/illustration/{uuid}/?size=48"
            answer, expected = peers.box.get(mine.get("href") or ""), peers.ask(other.get("href") or "")
            assert [each.status for each in (answer, *expected)] == [200, 200, 200]
            assert answer.body == expected[0].body == expected[1].body
            assert answer.headers["Content-Type"] == expected[1].headers["Content-Type"]


@pytest.mark.parametrize(
    "query",
    [
        "count=3&start=2", "count=100&start=8", "start=100", "count=-1", "count=x", "lang=tum", "lang=bel", "lang=BEL",
        "lang=nothing", "category=wikipedia", "category=WIKIPEDIA", "category=website", "category=nothing",
        "tag=_ftindex:yes", "tag=_ftindex:yes;_pictures:no", "tag=nopic", "notag=_ftindex:yes",
        "notag=_ftindex:yes;_pictures:no", "name=wikipedia_en_ray_charles", "name=nothing", "q=ray", "q=Charles+Ray",
        "q=wiki", "q=%D0%BF%D0%BB%D1%8F%D1%86%D0%BE%D1%9E%D0%BA%D1%96", "q=nothing", "maxsize=100", "maxsize=50000",
        "maxsize=x", "unknown=1", "q=wiki&lang=bel", "lang=bel&lang=tum", "q=", "tag=",
    ],
)  # fmt: skip
@pytest.mark.parametrize("feed", ["entries", "partial_entries"])
def test_the_same_number_answers_a_query(peers: Peers, feed: str, query: str) -> None:
    ours, theirs = peers.ask(f"/catalog/v2/{feed}?{query}")

    for name in ("totalResults", "startIndex", "itemsPerPage"):
        assert number(ours.body, name) == number(theirs.body, name), name


def number(feed: bytes, name: str) -> str:
    return feed.decode().partition(f"<{name}>")[2].partition("<")[0]


def test_a_filtered_feed_has_the_same_packs(peers: Peers) -> None:
    ours, theirs = peers.feed("/catalog/v2/entries?tag=_pictures:no")

    assert ours.keys() == theirs.keys() != set()


def test_one_entry(peers: Peers) -> None:
    uuid = str(peers.archive(ODD).uuid)
    ours, theirs = peers.feed(f"/catalog/v2/entry/{uuid}")

    assert ours.keys() == theirs.keys() == {uuid}
    assert ours[uuid].findtext("title") == theirs[uuid].findtext("title") == "<Odd> & “paths”"


@pytest.mark.parametrize("path", ["entry/nothing", "illustration/nothing?size=48", "illustration/nothing/", "nothing"])
def test_what_is_missing(peers: Peers, path: str) -> None:
    ours, theirs = peers.ask(f"/catalog/v2/{path}")

    assert ours.status == theirs.status == 404


@pytest.mark.parametrize(
    "path",
    [
        "root.xml", "searchdescription.xml", "entries", "partial_entries", "categories", "languages",
        "entry/6f1d19d0-633f-087b-fb55-7ac324ff9baf",
    ],
)  # fmt: skip
def test_the_type_of_a_feed(peers: Peers, path: str) -> None:
    ours, theirs = peers.ask(f"/catalog/v2/{path}")

    assert ours.status == theirs.status == 200
    assert ours.headers["Content-Type"] == theirs.headers["Content-Type"]


def test_the_entrance_leads_to_the_same_parts(peers: Peers) -> None:
    ours, theirs = peers.ask("/catalog/v2/root.xml")

    assert links(ours.body) == links(theirs.body)
    assert len(links(ours.body)) == 7


def links(feed: bytes) -> set[tuple[str | None, ...]]:
    found = ET.fromstring(feed).iter("{http://www.w3.org/2005/Atom}link")
    return {(link.get("rel"), link.get("href"), link.get("type")) for link in found}


def test_the_same_categories(peers: Peers) -> None:
    ours, theirs = peers.ask("/catalog/v2/categories")

    assert links(ours.body) == links(theirs.body)
    assert b"<title>wikipedia</title>" in ours.body


def test_languages_with_their_own_names_and_numbers(peers: Peers) -> None:
    """A pack in several languages counts for each; kiwix-serve 3.3 takes their list for one language."""
    ours, theirs = (languages(answer.body) for answer in peers.ask("/catalog/v2/languages"))

    assert ours["eng"] == ("English", "4")
    assert ours["fra"] == ("Français", "1")
    assert ours["bel"] == ("Беларуская", "2")
    assert theirs["eng"] == ("English", "1")
    assert {code: count for code, (_, count) in ours.items() if code in ("bel", "tum", "=en")} == {
        code: count for code, (_, count) in theirs.items() if code in ("bel", "tum", "=en")
    }


def languages(feed: bytes) -> dict[str, tuple[str, str]]:
    root = ET.fromstring(feed)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return {
        entry.findtext("language") or "": (entry.findtext("title") or "", entry.findtext("count") or "")
        for entry in root.iter("entry")
    }


def test_the_box_answers_where_kiwix_serve_has_a_link_to_read(peers: Peers) -> None:
    ours, theirs = peers.feed("/catalog/v2/entries?name=wikipedia_en_ray_charles")
    (mine,), (other,) = (
        [
            link.get("href")
            for entry in feed.values()
            for link in entry.findall("link")
            if link.get("type") == "text/html"
        ]
        for feed in (ours, theirs)
    )

    assert (mine, other) == ("/content/wikipedia_en_ray_charles", "/wikipedia_en_ray_charles")
    assert peers.box.get(mine or "").headers["Location"] == f"{peers.box.content_url}{mine}"
