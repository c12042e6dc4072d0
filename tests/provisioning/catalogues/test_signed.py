"""Signed catalogues: hubs as `ideascube hub` makes them, added by their fingerprint."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
from aiohttp import web
from click.testing import CliRunner, Result

from content_packs.errors import Refused
from content_packs.store.data_folder import DataFolder
from ideascube.cli import main
from provisioning.catalogues import known_aliases, offers, open_web, resolve, source_called, waiting
from tests.provisioning.catalogues.feeds import refreshed, serving
from tests.support.hubs import Organisation, found
from tests.support.zims import make_zim


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


async def publish(organisation: Organisation, pages: int, date: str) -> None:
    """The pack `maji` with so many pages."""
    content = {f"p{number}": ("text/html", f"<title>{number}</title>{number}" * 50) for number in range(pages)}
    zim = make_zim(organisation.data.root / "maji.zim", content, title="Maji", Date=date)
    await organisation.publish(zim)
    zim.unlink()


@pytest.fixture
async def organisation(tmp_path: Path) -> Organisation:
    made = await found(tmp_path / "operator", str(tmp_path / "hub"))
    await publish(made, 400, "2026-10-01")
    return made


def spoil_sums(organisation: Organisation) -> None:
    for pieces in Path(organisation.url).rglob("*.pieces"):
        pieces.write_bytes(bytes(pieces.stat().st_size))


def add(data: DataFolder, *arguments: object) -> Result:
    return run("catalog", "add", "--data", data.root, *arguments)


def test_what_it_publishes_is_offered_as_signed(organisation: Organisation, data: DataFolder) -> None:
    done = add(data, "org", organisation.url, "--root", organisation.root)

    (offer,) = offers(data)
    assert 0 == done.exit_code, done.output
    assert "org: 1 pack," in done.output
    assert ("maji", True, True, "") == (offer.id, offer.is_signed, offer.is_exact, offer.unfit)
    assert (64, 64) == (len(offer.sha256), len(offer.pieces_sha256))
    assert "signed" in run("catalog", "search", "--data", data.root, "maji").output


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ([], "--root"),
        (["--unsigned"], "--root"),
        (["--root", "ab" * 32], "another fingerprint"),
        (["--root", "abc"], "64 hexadecimal digits"),
    ],
)
def test_it_is_added_by_its_fingerprint_alone(
    organisation: Organisation, data: DataFolder, options: list[str], says: str
) -> None:
    result = add(data, "org", organisation.url, *options)

    assert result.exit_code in (2, 3)
    assert says in result.output
    assert not (data.sync / "catalogues.json").exists()


async def test_the_sums_of_pieces_come_with_the_pack_that_is_wanted(
    organisation: Organisation, data: DataFolder
) -> None:
    await asyncio.to_thread(add, data, "org", organisation.url, "--root", organisation.root)
    source = source_called(data, "org")

    async with open_web() as way:
        offer = await resolve(next(offers(data)), source, data, way)
        assert offer.piece_sums is not None
        assert offer.piece_sums.fit(offer.size)

        spoil_sums(organisation)
        with pytest.raises(Refused, match="not those that were signed"):
            await resolve(next(offers(data)), source, data, way)


async def test_what_the_organisation_shortened_is_not_held_back(organisation: Organisation, data: DataFolder) -> None:
    await asyncio.to_thread(add, data, "org", organisation.url, "--root", organisation.root)
    await publish(organisation, 3, "2026-11-01")

    await refreshed(source_called(data, "org"), data)

    assert ["2026-11-01"] == [offer.manifest.date for offer in offers(data)]
    assert () == waiting(data.sync, source_called(data, "org"))


async def test_by_an_unencrypted_web_server_it_is_as_safe(organisation: Organisation, data: DataFolder) -> None:
    async def file(request: web.Request) -> web.StreamResponse:
        path = Path(organisation.url) / request.match_info["path"]
        return web.FileResponse(path) if path.is_file() else web.Response(status=404)

    async with serving(file) as address:
        unsaid = await asyncio.to_thread(add, data, "org", address, "--plain-http", "--unsigned")
        done = await asyncio.to_thread(add, data, "org", address, "--root", organisation.root)
        again = await refreshed(source_called(data, "org"), data)

    assert "--root" in unsaid.output
    assert 0 == done.exit_code, done.output
    assert (1, 0) == (again.count, again.new)
    assert next(offers(data)).addresses[0].startswith(f"{address}/packs/maji/")


async def test_when_the_hub_is_gone_what_it_said_stays(organisation: Organisation, data: DataFolder) -> None:
    await asyncio.to_thread(add, data, "org", organisation.url, "--root", organisation.root)
    shutil.rmtree(organisation.url)

    result = await asyncio.to_thread(run, "catalog", "refresh", "--data", data.root)

    assert 0 != result.exit_code
    assert 1 == len(result.output.splitlines())
    assert ["maji"] == [offer.id for offer in offers(data)]
    assert {} == known_aliases(data.sync)
