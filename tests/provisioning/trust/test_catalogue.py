"""The signed catalogue as bytes: what survives, what is bounded, what docs/formats/hub.md says of it."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from content_packs.errors import BadInput, Refused
from provisioning.trust.catalogue import (
    FORMAT,
    UNPACKED_LIMIT,
    Catalogue,
    EnrolledBox,
    PieceSums,
    SignedDelta,
    SignedPack,
    Withdrawn,
    address_list,
)

PAGE = (Path(__file__).parents[3] / "docs" / "formats" / "hub.md").read_text()
SUM = "ab" * 32
PACK: dict[str, Any] = {
    "manifest": {"format": 1, "id": "a", "title": {"fr": "A"}, "kind": "book", "size": 10, "hashes": {"sha256": SUM}},
    "path": "packs/a/a.zim",
    "pieces": {"path": "packs/a/a.pieces", "sha256": SUM},
    "mirrors": ["https://mirror.example/a.zim"],
    "deltas": [
        {
            "path": "deltas/a/1-2.delta",
            "size": 3,
            "sha256": SUM,
            "base": {"uuid": "0" * 32, "size": 9, "entries": 2, "checksum": ""},
            "stored": 1,
            "text": 2,
        }
    ],
}
WHOLE: dict[str, Any] = {
    "format": 1,
    "name": "A library",
    "packs": [PACK],
    "creations": [{"format": 1, "kind": "creation", "id": "BOX.1", "more": [1]}],
    "withdrawn": [{"id": "b", "date": "2026-11-23", "reason": "wrong doses"}],
    "aliases": {"old-a": "a"},
    "boxes": [{"id": "0" * 16, "key": SUM, "name": "Camp 1"}],
    "mirrors": ["https://mirror.example/hub"],
}


def packed(document: object) -> bytes:
    return gzip.compress(json.dumps(document).encode(), mtime=0)


def unpacked(catalogue: Catalogue) -> object:
    return json.loads(gzip.decompress(catalogue.to_bytes()))


def test_all_fields_survive_reading_and_writing():
    catalogue, lost = Catalogue.from_bytes(packed(WHOLE))

    assert WHOLE == unpacked(catalogue)
    assert 0 == lost


def test_fields_of_a_later_ideascube_survive_at_every_level():
    later = {**WHOLE, "new": {"a": 1}, "packs": [{**PACK, "new": 2, "pieces": {**PACK["pieces"], "new": 3}}]}

    catalogue, lost = Catalogue.from_bytes(packed(later))

    assert later == unpacked(catalogue)
    assert 0 == lost


def test_the_same_catalogue_has_the_same_bytes():
    catalogue, _ = Catalogue.from_bytes(packed(WHOLE))

    assert catalogue.to_bytes() == catalogue.to_bytes()


@pytest.mark.parametrize(
    "wrong",
    [
        {**PACK, "manifest": {**PACK["manifest"], "format": 99}},
        {**PACK, "manifest": {**PACK["manifest"], "hashes": None}},
        {**PACK, "manifest": {**PACK["manifest"], "size": 0}},
        {**PACK, "path": "../../etc/passwd"},
        {**PACK, "path": "/etc/passwd"},
        {**PACK, "path": "packs/./a.zim"},
        "a",
        None,
    ],
)
def test_what_cannot_be_read_is_passed_over_and_counted(wrong: object):
    catalogue, lost = Catalogue.from_bytes(packed({**WHOLE, "packs": [wrong, PACK]}))

    assert ["a"] == [pack.id for pack in catalogue.packs]
    assert 1 == lost


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:x", "https://a b", "http://" + "x" * 3000])
def test_mirrors_are_addresses_of_the_network(address: str):
    catalogue, lost = Catalogue.from_bytes(packed({**WHOLE, "mirrors": [address]}))

    assert () == catalogue.mirrors
    assert 1 == lost
    with pytest.raises(BadInput, match="is no mirror"):
        address_list([address])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no gzip",
        packed([]),
        packed("x"),
        gzip.compress(b"{", mtime=0),
        packed(WHOLE)[:-9],
        gzip.compress(b"[" * 99_999, mtime=0),
        gzip.compress(b'{"format":1,"packs":[' + b"{}," * 600_000 + b"{}]}", mtime=0),
    ],
    ids=["empty", "other", "list", "text", "half", "cut", "deep", "many values"],
)
def test_what_is_no_catalogue_is_one_sentence(content: bytes):
    with pytest.raises(Refused, match="signed catalogue"):
        Catalogue.from_bytes(content)


def test_a_small_file_that_unpacks_without_end_is_refused():
    with pytest.raises(Refused, match="has more than"):
        Catalogue.from_bytes(gzip.compress(b" " * (UNPACKED_LIMIT + 1)))


def test_a_later_format_asks_for_an_update():
    with pytest.raises(BadInput, match="update Ideascube"):
        Catalogue.from_bytes(packed({**WHOLE, "format": FORMAT + 1}))


def test_what_boxes_would_not_read_is_not_published():
    large = Catalogue(creations=tuple({"id": str(number), "text": "x" * 60_000} for number in range(150)))

    with pytest.raises(BadInput, match="make a second hub"):
        large.to_bytes()


def names(kind: type) -> set[str]:
    return {each.metadata["name"] or each.name for each in fields(kind) if each.name != "more"}


def test_the_page_says_all_fields():
    tables = [set(re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)) for part in PAGE.split("\n### `packs`")]

    assert names(Catalogue) | {"format"} == tables[0]
    assert names(SignedPack) == tables[1]
    for kind in (SignedDelta, PieceSums, Withdrawn, EnrolledBox):
        assert all(f"`{name}`" in PAGE for name in names(kind))
