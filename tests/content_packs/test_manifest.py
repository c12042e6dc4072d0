"""The manifest: derived, written and read, and read with care, since anyone may have written it."""

from __future__ import annotations

import json

import pytest

from content_packs.errors import BadInput
from content_packs.manifest import (
    Hashes,
    Layer,
    Licence,
    Manifest,
    Requirements,
    ZimFacts,
    derive_manifest,
    manifest_text,
    parse_manifest,
)

WATER = Manifest(
    id="water",
    titles={"fr": "Eau", "ar": "ماء"},
    descriptions={"fr": "L’eau"},
    long_descriptions={"fr": "Tout sur\nl’eau"},
    languages=("fr", "ar"),
    mains={"fr": "index.fr.html", "ar": "index.ar.html"},
    kind="course",
    version="2",
    date="2026-11-24",
    licence=Licence(name="Free for schools", url="https://example.org/licence"),
    creators=("A doctor", "A teacher"),
    publisher="A house",
    source="https://example.org/water",
    audience=("children",),
    tags=("health",),
    aliases=("wasser",),
    requirements=Requirements(browser=("scripts",), ideascube="0.2"),
    zim=ZimFacts(uuid="u", name="water", languages=("fra", "ara"), tags=("_ftindex:yes",), articles=3, media=1),
    size=5,
    hashes=Hashes(sha256="a" * 64, pieces=("b" * 64,)),
    layers=(Layer(file="water.zim", size=5, sha256="a" * 64),),
)
DERIVED = derive_manifest("eau", {"Title": "De l’eau", "Language": "fra", "Creator": "Somebody", "Date": "2026-01-31"})


def read(document: object) -> Manifest:
    return parse_manifest(json.dumps(document), DERIVED)


def test_what_is_written_is_read() -> None:
    assert WATER == Manifest.from_json(WATER.to_json())
    assert WATER == parse_manifest(manifest_text(WATER), DERIVED)


def test_empty_fields_are_not_written() -> None:
    assert {"format": 1, "id": "x", "title": {"fr": "X"}, "kind": "website"} == Manifest(
        id="x", titles={"fr": "X"}
    ).to_json()


def test_unknown_fields_survive_at_every_level() -> None:
    document = {
        "id": "water",
        "title": {"fr": "Eau"},
        "colour": "blue",
        "more": [1],
        "licence": {"spdx": "CC0-1.0", "since": 2020},
        "hashes": {"sha256": "a" * 64, "blake3": "x"},
        "requirements": {"memory": {"least": 5}},
        "zim": {"illustrations": [48]},
        "layers": [{"file": "a.zim", "size": 1, "sha256": "a" * 64, "made": "here"}],
    }

    assert {"format": 1, "kind": "website"} | document == Manifest.from_json(document).to_json()


def test_what_a_manifest_lacks_comes_from_the_metadata() -> None:
    manifest = read({"id": "water", "title": {"ar": "ماء"}})

    assert ("water", "ماء", ("fr",), "Somebody") == (
        manifest.id,
        manifest.title,
        manifest.languages,
        manifest.creator,
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "../etc"),
        ("id", "Water"),
        ("id", ".hidden"),
        ("id", 5),
        ("title", "only a text"),
        ("title", {"not a code!": "X"}),
        ("title", {"fr": ["X"]}),
        ("languages", "fr"),
        ("languages", [1, "=en"]),
        ("kind", "newspaper"),
        ("date", "2026-13-01"),
        ("creators", {"name": "x"}),
        ("publisher", ["x"]),
        ("size", -1),
        ("size", True),
        ("size", 1.5),
        ("hashes", {"sha256": "A" * 64}),
        ("layers", [{"file": "../a.zim", "size": 1, "sha256": "a" * 64}]),
        ("layers", [{"file": "a.zim", "size": 1, "sha256": "a" * 64}, {"file": "b.zim"}]),
        ("licence", "CC0-1.0"),
        ("requirements", []),
        ("zim", 1),
    ],
)
def test_a_wrong_value_costs_its_field_alone(field: str, value: object) -> None:
    found = read({"version": "2", field: value})

    assert read({"version": "2"}) == found


def test_texts_are_cleaned_and_cut() -> None:
    manifest = read({"title": {"fra": " a\0b\ud800c " + "x" * 5000}, "main": {"fr": " spaced.html"}})

    assert "abc" == manifest.title[:3]
    assert 500 == len(manifest.title)
    assert {"fr": " spaced.html"} == manifest.mains


def test_unknown_fields_do_not_survive_without_bounds() -> None:
    deep: object = 1
    for _ in range(900):
        deep = [deep]

    assert {} == read({"deep": deep, "huge": "x" * 70_000, "half": "\ud800"}).more


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "null",
        "5",
        "[" * 15_000,
        '{"size": NaN}',
        "1" * 5000,
        '{"format": 2}',
        "{}" + " " * 2**20,
        b"\xff",
    ],
)
def test_what_is_no_manifest_of_ours_is_one_sentence(text: str | bytes) -> None:
    with pytest.raises(BadInput, match=r"^(The|A) manifest .*: .*\.$"):
        parse_manifest(text, DERIVED)


@pytest.mark.parametrize("document", [{}, {"id": "A"}, {"title": {"fr": "X"}}])
def test_a_manifest_alone_needs_an_id(document: object) -> None:
    with pytest.raises(BadInput, match="“id”"):
        Manifest.from_json(document)


def test_words_in_the_readers_language() -> None:
    assert ("ماء", "Eau", "Eau") == (WATER.title_in("sw", "ar"), WATER.title_in("sw"), WATER.title)
    assert ("L’eau", "index.ar.html", "") == (
        WATER.description_in("ar"),
        WATER.main_in("ar", "fr"),
        WATER.main_in("sw"),
    )


def test_codes_that_are_none_are_not_shown() -> None:
    assert ("fr", "ar") == derive_manifest("x", {"Language": "=en, fra,ara"}).languages


def test_a_manifest_derived_from_all_metadata() -> None:
    manifest = derive_manifest(
        "w",
        {
            "Title": "Wiki", "Description": "Short", "LongDescription": "Long", "Language": "eng,swh", "Creator": "C",
            "Publisher": "P", "Date": "2026-11-24", "License": "cc-by-sa-4.0", "Source": "https://example.org",
            "Tags": "x;_category:gutenberg;_sw:yes", "Name": "n", "Flavour": "maxi",
        },
        uuid="u", articles=7, media=2,
    )  # fmt: skip

    assert manifest == Manifest(
        id="w",
        titles={"en": "Wiki"},
        descriptions={"en": "Short"},
        long_descriptions={"en": "Long"},
        languages=("en", "sw"),
        kind="book",
        version="2026-11-24",
        date="2026-11-24",
        licence=Licence(spdx="CC-BY-SA-4.0"),
        creators=("C",),
        publisher="P",
        source="https://example.org",
        tags=("x",),
        requirements=Requirements(browser=("scripts", "service-worker")),
        zim=ZimFacts(
            uuid="u",
            name="n",
            flavour="maxi",
            languages=("eng", "swh"),
            tags=("x", "_category:gutenberg", "_sw:yes"),
            articles=7,
            media=2,
        ),
    )


def test_a_zim_that_says_nothing_is_called_by_its_id() -> None:
    manifest = derive_manifest("water", {})

    assert ("water", {"und": "water"}, "website") == (manifest.title, dict(manifest.titles), manifest.kind)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cc0-1.0", Licence(spdx="CC0-1.0")),
        ("MIT OR CC-BY-4.0", Licence(spdx="MIT OR CC-BY-4.0")),
        ("https://example.org/l", Licence(url="https://example.org/l")),
        ("Public domain", Licence(name="Public domain")),
        ("(" * 150, Licence(name="(" * 150)),
        ("", Licence()),
    ],
)
def test_licences_are_spdx_where_there_is_one(text: str, expected: Licence) -> None:
    assert expected == derive_manifest("x", {"License": text}).licence
