"""Reading a signed catalogue, as it goes when nobody is in between."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from content_packs.errors import BadInput, Refused, Unfinished
from content_packs.store.data_folder import DataFolder
from provisioning.storage import open_storage
from provisioning.trust import Catalogue, Clock, offers, refresh, seen_clock, trust_folder
from provisioning.trust.metadata import TARGET
from tests.provisioning.trust.conftest import Library
from tests.support.hubs import TrustingBox, day, ids


async def test_what_was_published_is_read(states: list[Path], box: TrustingBox):
    read = await box.refresh(str(states[1]))

    assert ["a", "b"] == ids(read)
    assert read.is_new
    assert () == read.warnings


async def test_where_nothing_changed_two_small_questions_are_asked(states: list[Path], box: TrustingBox):
    await box.refresh(str(states[0]))
    counted: list[int] = []

    async with open_storage(str(states[0]), None, counted.append) as storage:
        read = await refresh("library", storage, box.folder, Clock.now())

    assert not read.is_new
    assert ["a"] == ids(read)
    assert sum(counted) < 600


async def test_another_fingerprint_is_refused(states: list[Path], tmp_path: Path):
    box = TrustingBox(DataFolder(tmp_path / "new"))

    with pytest.raises(Refused, match="has another fingerprint than was given"):
        await box.begin(str(states[0]), "0" * 64)
    with pytest.raises(BadInput, match="Nothing says whom to trust"):
        await box.refresh(str(states[0]))


async def test_half_a_fingerprint_is_said(states: list[Path], box: TrustingBox, published: Library):
    with pytest.raises(BadInput, match="64 hexadecimal digits"):
        await box.begin(str(states[0]), published.root[:32])


async def test_a_fingerprint_is_copied_in_any_form(states: list[Path], box: TrustingBox, published: Library):
    spaced = " ".join(published.root[at : at + 4] for at in range(0, 64, 4)).upper()

    await box.begin(str(states[0]), spaced)

    assert (await box.refresh(str(states[0]))).is_new


async def test_an_offer_has_all_addresses(states: list[Path], box: TrustingBox):
    catalogue, _ = Catalogue.from_bytes((await box.refresh(str(states[0]))).content)
    catalogue = replace(catalogue, mirrors=("https://mirror.example/x",))

    (offer,) = offers("library", catalogue, open_storage(str(states[0])).address)

    first, second = offer.addresses
    assert first.startswith("file:///")
    assert second.startswith("https://mirror.example/x/packs/a/a_2026-11-23_")
    assert offer.is_signed
    assert (states[0] / first.partition(f"{states[0].name}/")[2]).stat().st_size == offer.size


class Cutting:
    """A hub over HTTP whose line is cut after so many bytes of the catalogue."""

    def __init__(self, root: Path, length: int) -> None:
        self.root, self.length, self.sent = root, length, 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        path = self.root / request.match_info["path"]
        if not path.is_file():
            raise web.HTTPNotFound
        if not path.name.endswith(TARGET):
            return web.Response(body=path.read_bytes())
        start = int(request.headers.get("Range", "bytes=0-")[6:-1])
        content = path.read_bytes()
        rest = content[start : start + self.length]
        self.sent += len(rest)
        headers = {"Content-Length": str(len(content) - start), "Content-Range": f"bytes {start}-/{len(content)}"}
        response = web.StreamResponse(status=206 if start else 200, headers=headers)
        await response.prepare(request)
        await response.write(rest)
        await asyncio.sleep(0.02)
        request.transport.close()
        return response


async def test_a_catalogue_goes_on_where_the_line_was_cut(states: list[Path], box: TrustingBox):
    size = max(path.stat().st_size for path in (states[2] / "targets").iterdir())
    cutting = Cutting(states[2], size // 4)
    app = web.Application()
    app.router.add_get("/{path:.*}", cutting.answer)
    read = None

    async with TestServer(app, host="127.0.0.1") as server:
        for _ in range(20):
            try:
                read = await box.refresh(str(server.make_url("/")))
            except Unfinished:
                continue
            break

    assert read is not None
    assert ["a", "b", "c"] == ids(read)
    total = len(read.content)
    assert total == cutting.sent  # nothing came twice
    assert [] == list(box.folder.glob("*.part"))


async def test_what_is_kept_serves_while_the_hub_is_away(states: list[Path], box: TrustingBox):
    before = await box.refresh(str(states[0]))

    with pytest.raises(Unfinished):
        await box.refresh("http://127.0.0.1:9/")
    assert before.content == (await box.refresh(str(states[0]))).content


async def test_a_damaged_disk_costs_a_fetch(states: list[Path], box: TrustingBox):
    await box.refresh(str(states[0]))
    for path in box.folder.iterdir():
        if path.name != "root.json":
            path.write_bytes(b"\0" * 100)

    read = await box.refresh(str(states[0]))

    assert ["a"] == ids(read)


# Time


async def test_expired_by_the_floor_the_box_goes_on_with_what_it_has(states: list[Path], box: TrustingBox):
    await box.refresh(str(states[0]))
    later = Clock(day("1970-01-01"), built=day("2099-01-01"))

    read = await box.refresh(str(states[1]), later)

    assert ["a"] == ids(read)
    assert ["clock", "expired"] == [warning.code for warning in read.warnings]
    assert ["a", "b"] == ids(await box.refresh(str(states[1]), later, accept_expired=True))


async def test_a_box_that_has_nothing_yet_takes_nothing_expired(states: list[Path], box: TrustingBox):
    with pytest.raises(Unfinished, match=r"was valid until 20.*refresh --accept-expired`"):
        await box.refresh(str(states[0]), Clock(day("1970-01-01"), built=day("2099-01-01")))


async def test_a_clock_in_1970_stops_nothing(states: list[Path], box: TrustingBox):
    read = await box.refresh(str(states[0]), Clock(day("1970-01-01")))

    assert ["a"] == ids(read)
    assert ["clock"] == [warning.code for warning in read.warnings]


async def test_a_clock_in_2099_stops_nothing_and_is_told(states: list[Path], box: TrustingBox):
    read = await box.refresh(str(states[0]), Clock(day("2099-01-01")))

    assert ["a"] == ids(read)
    assert ["expired"] == [warning.code for warning in read.warnings]
    assert "set the clock if it is wrong" in read.warnings[0].sentence


async def test_what_was_signed_says_how_late_it_is(states: list[Path], box: TrustingBox):
    await box.refresh(str(states[0]))

    seen = seen_clock(box.data, Clock(day("1970-01-01"), built=day("2020-01-01")))

    assert seen.floor > datetime.now(UTC) - timedelta(hours=1)
    assert seen.is_behind


def certificate(folder: Path, begins: datetime) -> Path:
    """A key and a certificate of 127.0.0.1 for a year, in one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A test")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=365))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "certificate.pem"
    path.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return path


async def test_certificates_that_seem_not_yet_valid_are_taken_where_the_clock_is_behind(
    states: list[Path], box: TrustingBox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pem = certificate(tmp_path, datetime.now(UTC) + timedelta(days=1000))  # as a box in the past sees a good one
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    app = web.Application()
    app.router.add_static("/", states[0])

    server = TestServer(app, host="127.0.0.1", scheme="https")
    await server.start_server(ssl=context)

    try:
        url = f"https://localhost:{server.port}"
        with pytest.raises(Unfinished, match="see whether the clock is right"):
            await box.refresh(url)
        async with open_storage(url, None, check_time=False) as storage:
            read = await refresh("library", storage, box.folder, Clock(day("1970-01-01"), built=day("2020-01-01")))
    finally:
        await server.close()

    assert ["a"] == ids(read)
    assert storage.server_time is not None


def test_each_catalogue_has_a_folder_of_its_own(tmp_path: Path):
    data = DataFolder(tmp_path)

    assert tmp_path / "keys" / "trust" / "library" == trust_folder(data, "library")
