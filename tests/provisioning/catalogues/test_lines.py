"""What happens to the command itself: killed in the middle, and in front of certificates that do not hold."""

from __future__ import annotations

import asyncio
import datetime
import os
import ssl
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from content_packs.store.data_folder import DataFolder
from provisioning.catalogues import offers
from tests.provisioning.catalogues.feeds import Kiwix, added, entry, serving

DAY = datetime.timedelta(days=1)


async def started(data: DataFolder, *arguments: str, **environment: str) -> asyncio.subprocess.Process:
    command = [sys.executable, "-m", "ideascube", "catalog", arguments[0], "--data", str(data.root), *arguments[1:]]
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=pipe, env={**os.environ, **environment})


async def test_a_refresh_that_is_killed_keeps_the_pages_that_came(data: DataFolder) -> None:
    kiwix = Kiwix([entry(f"pack{number:04}") for number in range(500)])
    stuck = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        if "start=400" in request.query_string:
            stuck.set()
            await asyncio.sleep(60)
        return await kiwix.answer(request)

    async with serving(slow) as address:
        added(data, address)
        process = await started(data, "refresh")
        await asyncio.wait_for(stuck.wait(), 60)
        process.kill()
        await process.communicate()

    assert 400 == len(list(offers(data)))


@pytest.mark.parametrize(
    ("valid", "is_trusted", "says"),
    [
        ((30, 60), True, "does not hold at this box's time"),
        ((-1, 60), False, "shows no certificate that this box trusts"),
    ],
)
async def test_certificates_that_do_not_hold_are_told_with_the_cure(
    data: DataFolder, tmp_path: Path, valid: tuple[int, int], is_trusted: bool, says: str
) -> None:
    certificate = make_certificate(tmp_path, valid)
    trusted = {"SSL_CERT_FILE": str(certificate)} if is_trusted else {}

    async with serving_encrypted(Kiwix([entry("a")]).answer, certificate) as address:
        process = await started(data, "add", "kiwix", address, "--unsigned", **trusted)
        _, told = await process.communicate()

    assert 8 == process.returncode
    assert says in told.decode()
    assert 1 == len(told.decode().splitlines())


async def test_a_certificate_that_holds_is_believed(data: DataFolder, tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path, (-1, 60))

    async with serving_encrypted(Kiwix([entry("a")]).answer, certificate) as address:
        process = await started(data, "add", "kiwix", address, "--unsigned", SSL_CERT_FILE=str(certificate))
        told, _ = await process.communicate()

    assert "kiwix: 1 pack," in told.decode()


def make_certificate(folder: Path, valid: tuple[int, int]) -> Path:
    """A certificate of 127.0.0.1 with its key, that is valid from and to so many days from now."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now + valid[0] * DAY)
        .not_valid_after(now + valid[1] * DAY)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "certificate.pem"
    path.write_bytes(secret + builder.sign(key, hashes.SHA256()).public_bytes(pem))
    return path


@asynccontextmanager
async def serving_encrypted(
    handler: Callable[[web.Request], Awaitable[web.StreamResponse]], certificate: Path
) -> AsyncIterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    async with serving(handler, context) as address:
        yield address.replace("http:", "https:")
