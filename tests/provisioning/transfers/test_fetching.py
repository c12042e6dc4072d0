"""Fetching as the program does it: from a real web server, over lines that behave in one way at a time."""

from __future__ import annotations

import asyncio
import datetime
import os
import re
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from content_packs.errors import BrokenPack, Busy
from provisioning.transfers import Limits, Unfinished, Wanted, fetch
from provisioning.transfers.holding import opened
from tests.provisioning.transfers.transferring import HURRIED, Counted, content_of, stop_at, wanted
from tests.support.bad_line import BadLine, any_of, bad_line

PIECE = 16 * 1024  # bytes
SIZE = 20 * PIECE + 77


@pytest.fixture(scope="module")
def content(root: Path) -> bytes:
    content = content_of(SIZE, "fetching")
    (root / "a.zim").write_bytes(content)
    (root / "again").mkdir()
    (root / "again/a.zim").write_bytes(content)
    os.utime(root / "again/a.zim", (1, 1))  # so that its ETag is another one
    (root / "other.zim").write_bytes(content_of(SIZE, "another file"))
    (root / "longer.zim").write_bytes(content + b"more")
    (root / "page.html").write_bytes(content)
    return content


@pytest.fixture
def line(port: int, content: bytes) -> Iterator[BadLine]:
    with bad_line(port) as found:
        yield found


def in_turn(*kinds: str) -> Callable[[object], str]:
    """These faults one after the other, then none."""
    rest = list(kinds)
    return lambda chance: rest.pop(0) if rest else "good"


@pytest.mark.parametrize("length", [PIECE, 0])
async def test_a_file_comes_over_in_one_go(
    length: int, port: int, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    counted = Counted(client)
    file = wanted(content, f"http://127.0.0.1:{port}/a.zim", length=length)

    found = await fetch(file, counted.line, tmp_path)

    assert content == found.read_bytes()
    assert tmp_path / "key" / "a.zim" == found
    assert SIZE == counted.came


async def test_what_is_whole_is_not_asked_for_again(
    line: BadLine, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    file = wanted(content, f"{line.url}/a.zim")
    await fetch(file, Counted(client).line, tmp_path)
    line.begin(0, any_of("mute"))

    found = await fetch(file, Counted(client).line, tmp_path)

    assert content == found.read_bytes()
    assert [] == line.requests


@pytest.mark.parametrize("length", [PIECE, 0])
async def test_a_budget_that_is_spent_keeps_what_came(
    length: int, port: int, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    file = wanted(content, f"http://127.0.0.1:{port}/a.zim", length=length)
    first, second = Counted(client, at=stop_at(100_000)), Counted(client)

    with pytest.raises(Unfinished, match="Enough"):
        await fetch(file, first.line, tmp_path)
    found = await fetch(file, second.line, tmp_path)

    assert content == found.read_bytes()
    assert SIZE == first.came + second.came


async def test_no_more_is_asked_for_than_may_still_come(
    line: BadLine, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    counted = Counted(client, at=stop_at(100_000))
    counted.line.left = lambda: 100_000 - counted.came

    with pytest.raises(Unfinished, match="Enough"):
        await fetch(wanted(content, f"{line.url}/a.zim", length=PIECE), counted.line, tmp_path)

    assert 100_000 == counted.came == line.passed


async def test_while_many_people_read_nothing_is_taken_and_nothing_lost(
    port: int, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    counted = Counted(client)
    asked: list[int] = []

    def may_go_on() -> bool:
        asked.append(counted.came)
        return len(asked) not in (3, 6)

    counted.line.may_go_on = may_go_on
    found = await fetch(wanted(content, f"http://127.0.0.1:{port}/a.zim"), counted.line, tmp_path)

    assert content == found.read_bytes()
    assert SIZE == counted.came


async def test_a_slower_rate_loses_nothing(
    port: int, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    counted = Counted(client)
    counted.line.rate = SIZE * 3

    found = await fetch(wanted(content, f"http://127.0.0.1:{port}/a.zim", length=PIECE), counted.line, tmp_path)

    assert content == found.read_bytes()
    assert SIZE == counted.came


async def test_what_had_come_while_one_waited_is_there_when_the_line_breaks(
    line: BadLine, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    line.begin(0, in_turn("reset", "cut", "reset", "cut"), longest=150_000)
    counted = Counted(client, limits=replace(HURRIED, least=SIZE, most=SIZE))
    line.rate, counted.line.rate = 1_000_000, SIZE  # so that bytes come while one waits

    found = await fetch(wanted(content, f"{line.url}/a.zim"), counted.line, tmp_path)

    assert content == found.read_bytes()
    assert SIZE == counted.came == line.passed


# ---- Mirrors


async def test_copies_with_other_tags_are_the_same_file_where_the_sums_say_so(
    line: BadLine, port: int, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    line.begin(0, in_turn("cut", "cut", "mute", "mute"))
    file = wanted(content, f"{line.url}/a.zim", f"http://127.0.0.1:{port}/again/a.zim")
    counted = Counted(client)

    found = await fetch(file, counted.line, tmp_path)

    assert content == found.read_bytes()
    assert SIZE == counted.came


async def test_a_mirror_with_another_file_is_left(
    port: int, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    base = f"http://127.0.0.1:{port}"
    file = wanted(content, f"{base}/other.zim", f"{base}/longer.zim", f"{base}/a.zim", length=PIECE)
    counted = Counted(client)

    found = await fetch(file, counted.line, tmp_path)

    assert content == found.read_bytes()
    assert counted.came <= SIZE + 3 * 64 * 1024  # a few wrong pieces, and what came with them


async def test_where_all_have_another_file_one_is_told_so(
    port: int, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    base = f"http://127.0.0.1:{port}"
    file = wanted(content, f"{base}/other.zim", f"{base}/longer.zim", length=PIECE)

    with pytest.raises(BrokenPack, match=r"a\.zim cannot be had as it was announced \(127\.0\.0\.1: .+\)"):
        await fetch(file, Counted(client).line, tmp_path)


async def test_a_part_from_a_wrong_mirror_costs_only_that_part(
    line: BadLine, port: int, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    line.begin(0, in_turn("cut", *["mute"] * 50), longest=30_000)
    file = wanted(content, f"{line.url}/other.zim", f"http://127.0.0.1:{port}/a.zim")
    counted = Counted(client)

    found = await fetch(file, counted.line, tmp_path)

    assert content == found.read_bytes()
    assert counted.came == SIZE + line.passed
    assert 0 < line.passed < 30_000


async def test_a_wrong_whole_from_one_mirror_is_fetched_from_another_and_never_again(
    line: BadLine, port: int, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    file = wanted(content, f"{line.url}/other.zim")
    with pytest.raises(BrokenPack):
        await fetch(file, Counted(client).line, tmp_path)
    line.begin(0, in_turn())
    counted = Counted(client)

    with pytest.raises(BrokenPack, match="still"):
        await fetch(file, counted.line, tmp_path)
    found = await fetch(
        replace(file, addresses=(*file.addresses, f"http://127.0.0.1:{port}/a.zim")), counted.line, tmp_path
    )

    assert content == found.read_bytes()
    assert SIZE == counted.came


@pytest.mark.parametrize("size", [SIZE, SIZE - 1000])
async def test_a_file_that_was_changed_at_its_server_is_noticed_by_its_tag(
    size: int, root: Path, port: int, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    old, new = content_of(SIZE, "old"), content_of(size, "new")
    (root / "changing.zim").write_bytes(old)
    address = f"http://127.0.0.1:{port}/changing.zim"
    unproved = Wanted("key", SIZE // 1024 * 1024, "", (address,), is_exact=False)

    with pytest.raises(Unfinished):
        await fetch(unproved, Counted(client, at=stop_at(100_000)).line, tmp_path)
    (root / "changing.zim").write_bytes(new)
    os.utime(root / "changing.zim", (5, 5))
    found = await fetch(unproved, Counted(client).line, tmp_path)

    assert new == found.read_bytes()


async def test_without_any_sum_parts_of_two_sources_are_not_mixed(
    line: BadLine, port: int, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    line.begin(0, in_turn("cut", *["mute"] * 50), longest=SIZE // 2)
    unproved = Wanted("key", 0, "", (f"{line.url}/other.zim", f"http://127.0.0.1:{port}/a.zim"), is_exact=False)

    with pytest.raises(Unfinished, match="the connection broke"):
        await fetch(unproved, Counted(client).line, tmp_path)
    line.begin(0, any_of("login"))
    found = await fetch(unproved, Counted(client).line, tmp_path)

    assert content == found.read_bytes()


async def test_without_any_sum_a_file_goes_on_where_it_stopped(
    port: int, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    base = f"http://127.0.0.1:{port}"
    unproved = Wanted("key", 0, "", (f"{base}/a.zim", f"{base}/again/a.zim"), is_exact=False)
    first, second = Counted(client, at=stop_at(100_000)), Counted(client)

    with pytest.raises(Unfinished):
        await fetch(unproved, first.line, tmp_path)
    found = await fetch(unproved, second.line, tmp_path)

    assert content == found.read_bytes()
    assert SIZE == first.came + second.came


async def test_sums_of_pieces_that_contradict_the_sum_of_the_whole_are_said(
    port: int, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    file = wanted(content, f"http://127.0.0.1:{port}/a.zim", length=PIECE, algorithm="sha1")
    counted = Counted(client)

    for _ in range(2):
        with pytest.raises(BrokenPack, match="contradicts itself"):
            await fetch(replace(file, sha256="0" * 64), counted.line, tmp_path)

    assert SIZE == counted.came


# ---- What lines and servers do


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("login", "log in first"),
        ("loop", "on and on"),
        ("packed", "encoding"),
        ("busy", "503"),
        ("mute", "the connection broke"),
        ("elsewhere", "bytes, not"),
    ],
)
async def test_what_is_wrong_with_a_line_is_said(
    kind: str, said: str, line: BadLine, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    line.begin(0, any_of(kind))

    with pytest.raises((Unfinished, BrokenPack), match=said):
        await fetch(wanted(content, f"{line.url}/a.zim"), Counted(client).line, tmp_path)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://nowhere.invalid/a.zim", r"nowhere\.invalid: (its name is not known|it cannot be reached)"),
        ("http://127.0.0.1:1/a.zim", "cannot be reached"),
        ("https://127.0.0.1:{port}/a.zim", "no safe connection"),
        ("http://127.0.0.1:{port}/none.zim", "404"),
        ("http://[", "unknown kind"),
        ("http://", "address"),
        ("http://a:b:c/", "unknown kind"),
        ("ftp://a.example/a.zim", "unknown kind"),
        ("/nowhere/a.zim", "not there"),
        ("file:///dev/zero", "no file"),
    ],
)
async def test_where_nothing_can_be_had_the_sentence_names_the_source_and_what_is_here(
    address: str, said: str, port: int, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    file = wanted(content, address.format(port=port))

    with pytest.raises(Unfinished, match=said) as caught:
        await fetch(file, Counted(client).line, tmp_path)

    assert re.search(r"0\.0 of 0\.3 MB are here and stay: sync again later\.$", str(caught.value))


async def test_without_addresses_it_is_said(content: bytes, tmp_path: Path, client: aiohttp.ClientSession) -> None:
    with pytest.raises(Unfinished, match="no source is known"):
        await fetch(wanted(content), Counted(client).line, tmp_path)


async def test_a_server_that_is_silent_or_drips_is_left_for_another(
    line: BadLine, port: int, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    line.begin(0, any_of("drip"))
    limits = replace(HURRIED, slow_for=0.01, slow_bytes=100_000_000)
    file = wanted(content, f"{line.url}/a.zim", f"http://127.0.0.1:{port}/again/a.zim", length=PIECE)
    counted = Counted(client, limits=limits)

    found = await fetch(file, counted.line, tmp_path)

    assert content == found.read_bytes()
    assert SIZE == counted.came


async def test_a_server_that_falls_silent_is_left_for_another(
    line: BadLine, port: int, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    line.begin(0, any_of("silent"), longest=50_000)
    file = wanted(content, f"{line.url}/a.zim", f"http://127.0.0.1:{port}/again/a.zim", length=PIECE)
    counted = Counted(client, limits=replace(HURRIED, silence=0.1))

    found = await fetch(file, counted.line, tmp_path)

    assert content == found.read_bytes()
    assert SIZE == counted.came


async def test_a_certificate_that_nobody_vouches_for_is_said(
    content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    server = await asyncio.start_server(
        lambda reader, writer: writer.close(), "127.0.0.1", 0, ssl=own_certificate(tmp_path)
    )
    async with server:
        port = server.sockets[0].getsockname()[1]

        with pytest.raises(Unfinished, match="its certificate is not valid"):
            await fetch(wanted(content, f"https://127.0.0.1:{port}/a.zim"), Counted(client).line, tmp_path)


def own_certificate(folder: Path) -> ssl.SSLContext:
    """As a box in between shows it that wants people to log in."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "portal")])
    day = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(day).not_valid_after(day + datetime.timedelta(days=9999))
    text = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    form = serialization.PrivateFormat.PKCS8
    text += key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    (folder / "pem").write_bytes(text)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "pem")
    return context


async def test_a_server_without_ranges_gives_a_file_from_its_beginning(
    line: BadLine, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    line.begin(0, any_of("whole"))

    found = await fetch(wanted(content, f"{line.url}/a.zim", length=PIECE), Counted(client).line, tmp_path)

    assert content == found.read_bytes()
    assert ["whole"] == line.requests


@pytest.mark.parametrize("length", [PIECE, 0])
async def test_a_file_that_was_moved_is_followed_and_gone_on_with(
    length: int, port: int, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    file = wanted(content, f"http://127.0.0.1:{port}/moved/a.zim", length=length)
    first, second = Counted(client, at=stop_at(100_000)), Counted(client)

    with pytest.raises(Unfinished):
        await fetch(file, first.line, tmp_path)
    found = await fetch(file, second.line, tmp_path)

    assert content == found.read_bytes()
    assert SIZE == first.came + second.came


@pytest.mark.parametrize("given", ["odd names/é + x.zim", "odd%20names/%C3%A9%20%2B%20x.zim"])
async def test_addresses_with_any_letters_lead_to_their_file(
    given: str, root: Path, port: int, content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    (root / "odd names").mkdir(exist_ok=True)
    (root / "odd names/é + x.zim").write_bytes(content)

    found = await fetch(wanted(content, f"http://127.0.0.1:{port}/{given}"), Counted(client).line, tmp_path)

    assert content == found.read_bytes()


async def test_a_page_may_be_wanted(port: int, content: bytes, tmp_path: Path, client: aiohttp.ClientSession) -> None:
    file = replace(wanted(content, f"http://127.0.0.1:{port}/page.html"), name="page.html")

    found = await fetch(file, Counted(client).line, tmp_path)

    assert content == found.read_bytes()


async def test_two_processes_do_not_fetch_the_same(
    content: bytes, port: int, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    file = wanted(content, f"http://127.0.0.1:{port}/a.zim")

    with opened(tmp_path / "key", file), pytest.raises(Busy, match="try again"):
        await fetch(file, Counted(client).line, tmp_path)


async def test_where_a_disk_may_not_be_written_it_is_a_sentence(
    content: bytes, tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(Exception, match=r"^a\.zim cannot be kept in .+: .+\.$"):
        await fetch(wanted(content), Counted(client).line, tmp_path / "file")


def test_the_usual_limits_bear_a_line_of_the_second_generation() -> None:
    """A second and more until something comes, 8 KB of it a second at best."""
    limits = Limits()

    assert limits.connect >= 20
    assert limits.silence >= 30
    assert limits.slow_bytes * 10 <= 8_000
