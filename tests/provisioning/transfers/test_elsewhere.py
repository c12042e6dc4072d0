"""What is here already, or on a stick, or in an object store; and what nobody wants any more."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import obstore
import pytest
from moto.server import ThreadedMotoServer
from obstore.store import S3Store

from provisioning.transfers import Unfinished, Wanted, adopt, arrived, clear, discard, fetch, mend
from provisioning.transfers.holding import opened
from tests.provisioning.transfers.transferring import Counted, content_of, stop_at, wanted

PIECE = 4096  # bytes
SIZE = 30 * PIECE + 5
MOST = 64 * 1024 * 1024  # bytes of memory


@pytest.fixture(scope="module")
def content(root: Path) -> bytes:
    content = content_of(SIZE, "elsewhere")
    (root / "elsewhere.zim").write_bytes(content)
    return content


@pytest.fixture
def file(content: bytes, port: int) -> Wanted:
    return wanted(content, f"http://127.0.0.1:{port}/elsewhere.zim", length=PIECE)


def damaged(content: bytes, *pieces: int) -> bytes:
    spoilt = bytearray(content)
    for number in pieces:
        spoilt[number * PIECE + 7] ^= 1
    return bytes(spoilt)


async def test_of_a_damaged_file_only_the_wrong_pieces_are_fetched(
    file: Wanted, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    here = tmp_path / "installed.zim"
    here.write_bytes(damaged(content, 3, 4, 20))
    counted = Counted(client)

    found = await mend(file, here, counted.line, tmp_path / "arriving")

    assert content == found.read_bytes()
    assert 3 * PIECE == counted.came
    assert damaged(content, 3, 4, 20) == here.read_bytes()


async def test_of_a_partial_copy_on_a_stick_what_is_right_counts(
    file: Wanted, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    stick = tmp_path / "part"
    stick.write_bytes(damaged(content, 2)[: 10 * PIECE + 100])
    counted = Counted(client)

    adopted = await adopt(file, stick, tmp_path / "arriving")
    found = await fetch(file, counted.line, tmp_path / "arriving")

    assert 9 * PIECE == adopted
    assert content == found.read_bytes()
    assert SIZE - 9 * PIECE == counted.came


async def test_without_sums_of_pieces_a_copy_counts_as_a_whole_or_not_at_all(
    file: Wanted, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    stick = tmp_path / "copy"
    whole = replace(file, pieces=None)
    counted = Counted(client)
    stick.write_bytes(damaged(content, 5))
    assert 0 == await adopt(whole, stick, tmp_path / "arriving")
    stick.write_bytes(content)

    adopted = await adopt(whole, stick, tmp_path / "arriving")
    found = await fetch(whole, counted.line, tmp_path / "arriving")

    assert SIZE == adopted
    assert content == found.read_bytes()
    assert 0 == counted.came


async def test_a_stick_that_is_gone_is_no_error(file: Wanted, tmp_path: Path) -> None:
    assert 0 == await adopt(file, tmp_path / "gone", tmp_path / "arriving")
    assert 0 == await adopt(file, tmp_path, tmp_path / "arriving")


async def test_where_the_journal_was_lost_the_sums_tell_what_is_here(
    file: Wanted, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    folder = tmp_path / "key"
    folder.mkdir()
    (folder / "data").write_bytes(damaged(content, 1)[: 8 * PIECE + 10] + b"\0" * (2 * SIZE))
    (folder / "journal").write_bytes(b"\xff\x00 nonsense\n")
    counted = Counted(client)

    found = await fetch(file, counted.line, tmp_path)

    assert content == found.read_bytes()
    assert SIZE - 7 * PIECE == counted.came


@pytest.mark.parametrize("form", ["{path}", "file://{path}"])
async def test_a_file_of_a_stick_comes_like_any_other(
    form: str, file: Wanted, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    stick = tmp_path / "a stick"
    stick.mkdir()
    (stick / "a.zim").write_bytes(content)
    address = form.format(path=stick / "a.zim")
    counted = Counted(client)

    found = await fetch(replace(file, addresses=(address,)), counted.line, tmp_path / "arriving")

    assert content == found.read_bytes()


async def test_a_stick_that_is_pulled_out_in_the_middle_leaves_what_came(
    file: Wanted, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    stick = tmp_path / "a.zim"
    stick.write_bytes(content)
    of_stick = replace(file, addresses=(str(stick),))
    counted = Counted(client, at=lambda came: os.truncate(stick, 0) if came >= 50_000 else None)

    with pytest.raises(Unfinished, match=r"it (was changed|has become shorter|has 0 bytes).+ stay"):
        await fetch(of_stick, counted.line, tmp_path / "arriving")
    over_the_line = Counted(client)
    found = await fetch(file, over_the_line.line, tmp_path / "arriving")

    assert content == found.read_bytes()
    assert SIZE == counted.came + over_the_line.came


# ---- Object stores


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
async def bucket(endpoint: str, content: bytes, client: aiohttp.ClientSession) -> str:
    """The address of the file in a bucket, with the words that lead there."""
    async with client.put(f"{endpoint}/packs") as response:
        assert response.status in (200, 409)
    store = S3Store(
        "packs", endpoint=endpoint, access_key_id="key", secret_access_key="secret", region="us-east-1",
        client_options={"allow_http": True},
    )  # fmt: skip
    await obstore.put_async(store, "some where/a.zim", content, use_multipart=False)
    return f"s3://packs/some%20where/a.zim?endpoint={endpoint}&access_key_id=key&secret_access_key=secret"


@pytest.mark.parametrize("length", [PIECE, 0])
async def test_a_file_of_an_object_store_comes_in_two_goes(
    length: int, bucket: str, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    file = wanted(content, bucket, length=length)
    first, second = Counted(client, at=stop_at(40_000)), Counted(client)

    with pytest.raises(Unfinished):
        await fetch(file, first.line, tmp_path)
    found = await fetch(file, second.line, tmp_path)

    assert content == found.read_bytes()
    assert SIZE == first.came + second.came


async def test_what_an_object_store_does_not_have_is_said(
    bucket: str, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    file = wanted(content, bucket.replace("a.zim", "none.zim"))

    with pytest.raises(Unfinished, match="packs: it does not have the file"):
        await fetch(file, Counted(client).line, tmp_path)


# ---- Clearing away


async def half(file: Wanted, key: str, arriving: Path, client: aiohttp.ClientSession) -> None:
    with pytest.raises(Unfinished):
        await fetch(replace(file, key=key), Counted(client, at=stop_at(0)).line, arriving)


async def test_what_is_on_its_way_is_known_to_the_byte(
    file: Wanted, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    counted = Counted(client, at=stop_at(50_000))
    with pytest.raises(Unfinished):
        await fetch(file, counted.line, tmp_path)
    (tmp_path / "nonsense").mkdir()

    assert {"key": counted.came} == arrived(tmp_path)
    assert {} == arrived(tmp_path / "none")


async def test_what_nobody_wants_any_more_goes_except_for_what_may_be_kept(
    file: Wanted, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    for age, key in enumerate(("wanted", "latest", "older", "oldest")):
        await half(file, key, tmp_path, client)
        os.utime(tmp_path / key, (1000 - age, 1000 - age))
    (tmp_path / ".somebody").mkdir()
    one = sum(512 * each.stat().st_blocks for each in (tmp_path / "latest").iterdir())

    freed = clear(tmp_path, {"wanted"}, keep=one)

    assert {"wanted", "latest", ".somebody"} == names(tmp_path)
    assert 2 * one == freed
    assert 0 == clear(tmp_path / "none", set())


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


async def test_what_is_being_fetched_is_not_cleared_away(file: Wanted, tmp_path: Path) -> None:
    with opened(tmp_path / "key", file):
        assert 0 == clear(tmp_path, set())
    assert (tmp_path / "key").exists()
    discard(tmp_path, "key")
    discard(tmp_path, "key")

    assert not (tmp_path / "key").exists()


# ---- How much

_PROGRAM = """
import asyncio, hashlib, sys
from pathlib import Path
import aiohttp
from provisioning.transfers import Line, Pieces, Wanted, fetch

async def main(address, size, folder):
    count = size // 2**20
    pieces = Pieces("sha256", 2**20, (hashlib.sha256(bytes(2**20)).digest(),) * count)
    async with aiohttp.ClientSession() as client:
        await fetch(Wanted("key", size, "0" * 64, (address,), pieces), Line(client), Path(folder))
    print(1024 * next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")))

asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
"""


def test_memory_does_not_grow_with_the_file(root: Path, port: int, tmp_path: Path) -> None:
    size = 192 * 1024 * 1024
    with (root / "zeros.zim").open("wb") as file:
        file.truncate(size)

    run = subprocess.run(
        [sys.executable, "-c", _PROGRAM, f"http://127.0.0.1:{port}/zeros.zim", str(size), str(tmp_path)],
        capture_output=True,
        text=True,
    )

    assert 0 == run.returncode, run.stderr
    assert int(run.stdout) <= MOST
