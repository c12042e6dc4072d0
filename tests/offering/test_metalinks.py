"""What a pack's Metalink file says before its sums are made, and of names that XML cannot hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from content_packs.manifest import Hashes
from content_packs.metalink import read_metalink
from content_packs.store.data_folder import DataFolder
from ideascube.offering.metalinks import is_offered, metalink_for, sums_file, with_sums
from tests.web.library import described

ADDRESS = "http://10.0.0.1/download/a%26b.zim"


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


def test_until_its_sums_are_made_it_says_what_is_known(data: DataFolder) -> None:
    pack = described("sky")
    packs = pack, replace(pack, sha256="ab" * 32)

    unknown, installed = (read_metalink(metalink_for(each, data, ADDRESS)) for each in packs)

    assert (pack.size, "", None) == (unknown.size, unknown.sha256, unknown.pieces)
    assert ("ab" * 32, None) == (installed.sha256, installed.pieces)
    assert (ADDRESS,) == unknown.addresses == installed.addresses


def test_any_name_and_address_can_be_written(data: DataFolder) -> None:
    odd = replace(described("odd"), files=('installed/odd/1/<a> & "b"\x07\udce9.zimaa',))
    sums = sums_file(data, odd.stamp)
    sums.parent.mkdir(parents=True)
    sums.write_bytes(with_sums(odd, 3, Hashes(sha256="cd" * 32, pieces=("cd" * 32,))))

    link = read_metalink(metalink_for(odd, data, "http://[::1]/download/x?<&"))

    assert ('<a> & "b"__.zim', ("http://[::1]/download/x?<&",), 3) == (link.name, link.addresses, link.size)


def test_layers_and_broken_packs_are_not_offered() -> None:
    pack = described("sky")

    assert [True, False, False] == [
        is_offered(each) for each in (pack, replace(pack, layers=("l.zim",)), replace(pack, manifest=None))
    ]
