"""The list that a box signs: what of it is believed, and what is refused with a sentence."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from content_packs.box_key import BoxKey, box_key
from content_packs.errors import BadInput, BrokenPack
from provisioning.outgoing.manifest import Manifest, read_manifest, signed
from provisioning.outgoing.objects import LIMIT, object_name, pack_object, unpack_object
from provisioning.outgoing.pages import Segment, Sent, pages_of, read_page
from provisioning.outgoing.parcels import parcel_of
from tests.support.outboxes import noise

_NAME = "0" * 32


@pytest.fixture
def key(tmp_path: Path) -> BoxKey:
    return box_key(tmp_path / "keys")


def manifest_of(key: BoxKey, **fields: Any) -> Manifest:
    return replace(Manifest(key.id, key.public, "Kakuma", 7, "", ((_NAME,),)), **fields)


def parcel(**fields: Any) -> dict[str, Any]:
    file = {"name": "a.webp", "size": 10, "sha256": "1" * 64, "segments": [[_NAME, 10]]}
    return {"format": 1, "kind": "creation", "id": "aa.1", "version": "1", "state": "shared", "files": [file], **fields}


def page(*parcels: object) -> bytes:
    return gzip.compress(json.dumps(list(parcels)).encode(), mtime=0)


def test_what_a_box_signed_is_read_as_it_was(key: BoxKey) -> None:
    manifest = manifest_of(key)

    assert manifest == read_manifest(signed(manifest, key), key.id)


def test_what_somebody_else_changed_is_refused(key: BoxKey) -> None:
    document = json.loads(signed(manifest_of(key), key))
    document["signed"]["counter"] = 8

    with pytest.raises(BadInput, match="not signed by that box"):
        read_manifest(json.dumps(document).encode(), key.id)


def test_a_list_of_one_box_is_not_one_of_another(key: BoxKey, tmp_path: Path) -> None:
    other = box_key(tmp_path / "other")
    as_other = manifest_of(key, box=other.id)

    with pytest.raises(BadInput, match="not signed by that box"):
        read_manifest(signed(as_other, key), other.id)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"{}", b'{"signed": 1}', b"\xff", b"[" * 100_000, b"<html>"])
def test_what_is_no_list_is_refused(raw: bytes, key: BoxKey) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_manifest(raw, key.id)


@pytest.mark.parametrize("fields", [{"counter": 0}, {"counter": 2**60}, {"pages": (("../../etc/passwd",),)}])
def test_what_cannot_be_is_refused(fields: dict[str, Any], key: BoxKey) -> None:
    with pytest.raises(BadInput, match="what cannot be"):
        read_manifest(signed(manifest_of(key, **fields), key), key.id)


def test_pages_say_all_of_each_parcel_the_unknown_fields_too() -> None:
    sent = Sent(parcel_of({**parcel(), "later": {"a": 1}}), {"1" * 64: (Segment(_NAME, 10),)})

    (found,) = read_page(next(pages_of([sent])))

    assert {"a": 1} == found.parcel.document["later"]
    assert sent.segments == found.segments


def test_one_parcel_more_changes_one_page() -> None:
    all_sent = [Sent(parcel_of(parcel(id=f"aa.{number}")), {"1" * 64: (Segment(_NAME, 10),)}) for number in range(100)]
    changed = Sent(parcel_of(parcel(id="aa.5", version="2")), all_sent[5].segments)

    before, after = list(pages_of(all_sent)), list(pages_of([*all_sent[:5], changed, *all_sent[6:]]))

    assert 1 == sum(one != other for one, other in zip(before, after, strict=True))


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"no gzip", "damaged"),
        (page(parcel())[:-9], "cut off"),
        (gzip.compress(b"[" + b" " * (33 * 1024 * 1024) + b"]"), "no end"),
        (gzip.compress(b"[" + b"{}," * 2_000_000 + b"{}]"), "no end"),
        (gzip.compress(b"{}"), "no list"),
        (page(parcel(format=2)), "update Ideascube"),
        (page(parcel(kind="program")), "kind"),
        (page(parcel(id="../x")), "id that cannot be"),
        (page(parcel(files=[{**parcel()["files"][0], "name": "../../x"}])), "name cannot be"),
        (page(parcel(files=[{**parcel()["files"][0], "name": "..\\x"}])), "leads elsewhere"),
        (page(parcel(files=[{**parcel()["files"][0], "size": 11}])), "not as long as the file"),
        (page(parcel(files=[{**parcel()["files"][0], "segments": [[_NAME, -5], [_NAME, 15]]}])), "where its files are"),
        (page(parcel(files=[{**parcel()["files"][0], "segments": [[_NAME, 10, LIMIT]]}])), "where its files are"),
        (page(parcel(files=[{**parcel()["files"][0], "segments": [["x/../y", 10]]}])), "where its files are"),
        (page(parcel(files=[{**parcel()["files"][0], "sha256": "short"}])), "sum or size"),
        (page(parcel(files=[parcel()["files"][0]] * 202)), "more than 201 files"),
        (page(parcel(title={"en": 3})), "not as it should be"),
    ],
    ids=lambda value: value if isinstance(value, str) else "page",
)
def test_a_page_that_cannot_be_believed_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        read_page(raw)


@pytest.mark.parametrize("content", [b"", b"text " * 5_000, noise(1, LIMIT)], ids=["nothing", "text", "noise"])
def test_an_object_holds_what_was_put_in(content: bytes) -> None:
    stored = pack_object(content)

    assert len(stored) <= len(content) + 1
    assert content == unpack_object(object_name(content), stored)


@pytest.mark.parametrize(
    "stored",
    [b"", b"\0other", b"\2what", b"\1no zstd", pack_object(b"a" * LIMIT)[:20], b"\0" + b"a" * (LIMIT + 1)],
    ids=["nothing", "other", "unknown form", "no zstd", "cut off", "too long"],
)
def test_an_object_that_is_something_else_is_refused(stored: bytes) -> None:
    with pytest.raises(BrokenPack, match="not what its name says"):
        unpack_object(object_name(b"what"), stored)
