"""Whatever stands in a manifest: it is read into one that keeps the schema, or refused in one sentence."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from content_packs.errors import BadInput
from content_packs.manifest import KINDS, Manifest, derive_manifest, manifest_text, parse_manifest
from content_packs.manifest.derive import METADATA
from content_packs.manifest.schema import schema_problems
from content_packs.pack_id import id_from_filename, is_pack_id

# Letters of many scripts, and what makes trouble: controls, halves of characters, white space.
texts = st.text(st.characters() | st.sampled_from("\0\x1f\x7f\ud800\n\u2028 /.A"), max_size=30)
numbers = st.integers() | st.floats()
json_values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
languages = st.sampled_from(["fr", "fra", "ar", "fa-AF", "zh-Hant", "und", "iw", "sh", "x y", "fr\n", "EN"]) | texts
by_language = st.dictionaries(languages, texts | json_values, max_size=4)
sums = st.sampled_from(["a" * 64, "a" * 64 + "\n", "A" * 64, ""])
ids = st.sampled_from(["water", "eau-1", ".x", "a b", "a\n", "été", "\ud800", "a" * 256]) | texts
files = st.fixed_dictionaries(
    {}, optional={"file": texts | st.just("a.zim"), "size": numbers, "sha256": sums, "more": json_values}
)
right_files = st.fixed_dictionaries(
    {"file": st.sampled_from(["a.zim", "b.zim"]), "size": st.integers(0, 9), "sha256": st.just("a" * 64)}
)
likely = {
    "format": st.just(1) | numbers,
    "id": ids,
    "title": by_language,
    "description": by_language,
    "long_description": by_language,
    "languages": st.lists(languages, max_size=4),
    "main": by_language,
    "kind": st.sampled_from(KINDS) | texts,
    "version": texts,
    "date": st.sampled_from(["2026-11-24", "2026-02-30", "2026-11-24\n", "٢٠٢٦-١١-٢٤"]) | texts,
    "licence": st.dictionaries(st.sampled_from(["spdx", "name", "url", "more"]), texts),
    "creators": st.lists(texts | json_values, max_size=4),
    "publisher": texts,
    "source": texts,
    "audience": st.lists(texts, max_size=4),
    "tags": st.lists(texts, max_size=4),
    "aliases": st.lists(ids, max_size=4),
    "requirements": st.fixed_dictionaries({"browser": st.lists(texts), "ideascube": texts}),
    "provenance": st.fixed_dictionaries({}, optional={"box": texts, "collection": texts, "edition": numbers}),
    "zim": st.fixed_dictionaries({}, optional={"uuid": texts, "tags": st.lists(texts), "articles": numbers}),
    "size": numbers,
    "hashes": st.fixed_dictionaries({"sha256": sums, "pieces": st.lists(sums, max_size=3)}),
    "layers": st.lists(files | right_files, max_size=2),
}
documents = st.builds(
    lambda known, wrong, unknown: {**unknown, **known, **wrong},
    st.fixed_dictionaries({}, optional=likely),
    st.dictionaries(st.sampled_from(sorted(likely)), json_values, max_size=2),
    st.dictionaries(texts, json_values, max_size=2),
)
BASE = derive_manifest("base", {"Title": "Base", "Language": "fra"})


def test_each_field_of_the_schema_is_tried() -> None:
    assert fields_of_the_schema().keys() == likely.keys()


@given(documents | json_values)
def test_any_document_is_read_or_refused_in_a_sentence(document: Any) -> None:
    try:
        manifest = Manifest.from_json(document, BASE)
    except BadInput as error:
        assert str(error).endswith(".")
        return

    assert [] == schema_problems(manifest.to_json())
    assert manifest == Manifest.from_json(manifest.to_json())
    assert manifest == parse_manifest(manifest_text(manifest), derive_manifest("x", {}))
    assert isinstance(manifest.title, str)


@given(st.binary() | st.text() | json_values.map(json.dumps))
def test_any_text_is_read_or_refused_in_a_sentence(raw: bytes | str) -> None:
    try:
        manifest = parse_manifest(raw, BASE)
    except BadInput as error:
        assert str(error).endswith(".")
        return

    assert [] == schema_problems(manifest.to_json())


@given(documents, st.dictionaries(texts.filter(str.isidentifier), st.integers(), min_size=1, max_size=3))
def test_unknown_fields_survive(document: dict[str, Any], more: dict[str, int]) -> None:
    more = {f"x-{name}": value for name, value in more.items()}
    known = {name: value for name, value in document.items() if name != "format"}

    written = Manifest.from_json({**known, **more, "licence": {"spdx": "MIT", **more}}, BASE).to_json()

    assert more == {name: value for name, value in written.items() if name in more}
    assert {"spdx": "MIT", **more} == written["licence"]


metadata = st.dictionaries(
    st.sampled_from(METADATA), texts | st.sampled_from(["fra,eng,=x", "mit", "a;_category:ted;_sw:yes", "2026-11-24"])
)


@given(st.binary(max_size=255).map(os.fsdecode), metadata, st.integers(0, 2**32), texts)
@example("a\tb.zim", {}, 0, "")
@example("\u0301.zim", {"Language": ","}, 0, "")
def test_derived_manifests_keep_the_schema(name: str, metadata: dict[str, str], articles: int, uuid: str) -> None:
    pack_id = id_from_filename(f"{name}.zim")

    manifest = derive_manifest(pack_id, metadata, uuid=uuid, articles=articles)

    assert is_pack_id(pack_id)
    assert [] == schema_problems(manifest.to_json())


@given(ids)
def test_the_schema_and_the_rule_agree_on_ids(pack_id: str) -> None:
    wrong = schema_problems({"format": 1, "id": pack_id, "title": {"fr": "X"}})

    assert is_pack_id(pack_id) == (wrong == [])


def fields_of_the_schema() -> dict[str, Any]:
    schema = Path(__file__).parents[2] / "content_packs" / "manifest" / "schema.json"
    properties: dict[str, Any] = json.loads(schema.read_text())["properties"]
    return properties


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "a" * 255),
        ("title", {"fr": "é" * 500}),
        ("description", {"fr": "é" * 2000}),
        ("long_description", {"fr": "é" * 20_000}),
        ("main", {"fr": "é" * 2000}),
        ("version", "é" * 100),
        ("licence", {"spdx": "x" * 200, "name": "x" * 500, "url": "x" * 2000}),
        ("creators", ["é" * 500, *map(str, range(99))]),
        ("audience", ["é" * 50, *map(str, range(19))]),
        ("tags", ["é" * 200, *map(str, range(499))]),
        ("aliases", ["é" * 255, *map(str, range(99))]),
        ("size", 2**53 - 1),
    ],
)
def test_what_the_schema_just_allows_is_read_whole(field: str, value: object) -> None:
    document = {"format": 1, "id": "x", "title": {"fr": "X"}, "kind": "book", field: value}

    assert [] == schema_problems(document)
    assert document == Manifest.from_json(document).to_json()
