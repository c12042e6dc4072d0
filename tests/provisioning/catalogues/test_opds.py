"""OPDS catalogues over HTTP: paging, validators, languages, lines that break, and servers that mean harm."""

from __future__ import annotations

import asyncio
import gzip
import hashlib

import pytest
from aiohttp import web
from msgspec.structs import replace

from content_packs.errors import BadInput, Busy, Unfinished
from content_packs.store.data_folder import DataFolder
from provisioning.catalogues import known_aliases, offers, opds, open_web, refresh, resolve
from provisioning.catalogues.cache import PageNote
from provisioning.catalogues.reading import PART
from tests.provisioning.catalogues.feeds import HEAD, Kiwix, added, entry, feed, refreshed, serving


def listed(data: DataFolder) -> list[str]:
    return [offer.id for offer in offers(data)]


async def test_an_entry_becomes_an_offer(data: DataFolder) -> None:
    kiwix = Kiwix([entry("wikipedia_fr_all", size=123_904, articles=7, title="Wikipédia", date="2026-10-05")])

    async with serving(kiwix.answer) as address:
        await refreshed(added(data, address), data)

    (offer,) = offers(data)
    assert offer.id == "wikipedia_fr_all_maxi"
    assert offer.manifest.aliases == ("wikipedia_fr_all_maxi_2026-10",)
    assert (offer.manifest.title, offer.manifest.date, offer.manifest.kind) == (
        "Wikipédia", "2026-10-05", "encyclopedia",
    )  # fmt: skip
    assert (offer.manifest.languages, offer.manifest.zim.articles) == (("fr",), 7)
    assert (offer.size, offer.is_exact, offer.is_signed, offer.catalogue) == (123_904, False, False, "kiwix")
    file = "https://download.example.org/zim/wikipedia_fr_all_maxi_2026-10.zim"
    assert (offer.metalink, offer.addresses) == (f"{file}.meta4", (file,))


async def test_pages_make_up_the_whole_and_those_that_did_not_change_are_not_sent_again(data: DataFolder) -> None:
    kiwix = Kiwix([entry(f"pack{number:04}") for number in range(450)])

    async with serving(kiwix.answer) as address:
        source = added(data, address)
        first = await refreshed(source, data)
        kiwix.entries[250] = entry("pack0250", title="Changed")
        again = await refreshed(source, data)

    assert (450, 450, True) == (first.count, first.new, first.is_whole)
    assert (450, 0, True) == (again.count, again.new, again.is_whole)
    assert [200, 200, 200, 304, 200, 304] == [status for _, status in kiwix.asked]
    assert "Changed" in [offer.manifest.title for offer in offers(data)]


async def test_only_the_wanted_languages_are_asked_for(data: DataFolder) -> None:
    kiwix = Kiwix([entry("a", language="fra"), entry("b", language="swa"), entry("c", language="eng")])

    async with serving(kiwix.answer) as address:
        await refreshed(added(data, address, languages=("fr", "sw")), data)

    assert ["a_maxi", "b_maxi"] == listed(data)
    assert ["lang=fra" in path or "lang=swa" in path for path, _ in kiwix.asked] == [True, True]


async def test_a_server_that_knows_no_languages_is_filtered_here(data: DataFolder) -> None:
    async def everything(_: web.Request) -> web.Response:
        return web.Response(body=feed([entry("a", language="fra"), entry("c", language="eng")], 2))

    async with serving(everything) as address:
        await refreshed(added(data, address, languages=("fr",)), data)

    assert ["a_maxi"] == listed(data)


async def test_a_dead_page_leaves_the_others_and_its_own_entries_as_they_were(data: DataFolder) -> None:
    kiwix = Kiwix([entry(f"pack{number:04}") for number in range(500)])

    async with serving(kiwix.answer) as address:
        source = added(data, address)
        await refreshed(source, data)
        kiwix.dead = {200}
        kiwix.entries[450] = entry("pack0450", title="Changed")
        del kiwix.entries[499]
        again = await refreshed(source, data)

    assert (500, False) == (again.count, again.is_whole)  # the one that went may be on the page that is missing
    assert "500" in again.problems[0]
    assert "Changed" in [offer.manifest.title for offer in offers(data)]


async def test_what_came_before_the_line_was_cut_is_kept_and_not_asked_for_again(data: DataFolder) -> None:
    kiwix = Kiwix([entry(f"pack{number:04}") for number in range(500)])
    left = 20_000

    def budget(count: int) -> None:
        nonlocal left
        left -= count
        if left < 0:
            raise Unfinished("The budget of today is spent.")

    async with serving(kiwix.answer) as address:
        source = added(data, address)
        left = len(gzip.compress(feed(kiwix.entries[:200], 500))) + 1000
        async with open_web(budget) as way:
            with pytest.raises(Unfinished, match="budget"):
                await refresh(source, data, way)
        kept = len(listed(data))
        await refreshed(source, data)

    assert 200 == kept
    assert 500 == len(listed(data))
    assert [200, 200, 304, 200, 200] == [status for _, status in kiwix.asked]


async def test_a_pack_that_left_the_catalogue_is_offered_no_more_and_a_renamed_one_is_found(data: DataFolder) -> None:
    kiwix = Kiwix([entry(name) for name in ("a", "b", "c")])

    async with serving(kiwix.answer) as address:
        source = added(data, address)
        await refreshed(source, data)
        kiwix.entries = [entry("a"), entry("b", href="https://download.example.org/zim/better_name_2026-11.zim.meta4")]
        await refreshed(source, data)

    assert ["a_maxi", "better_name"] == listed(data)
    assert {"b_maxi": "better_name"} == known_aliases(data.sync)


async def test_of_two_versions_that_are_listed_at_once_the_newer_one_counts(data: DataFolder) -> None:
    old, new = entry("a", date="2026-09-01"), entry("a", date="2026-10-01")

    for entries in ([old, new], [new, old]):
        async with serving(Kiwix(entries).answer) as address:
            await refreshed(added(data, address, f"k{len(list(data.sync.glob('catalogues/*')))}"), data)

    assert ["2026-10-01", "2026-10-01"] == [offer.manifest.date for offer in offers(data)]


async def test_a_metalink_file_says_what_has_to_be_known_before_fetching(data: DataFolder) -> None:
    content = bytes(1500)
    sums = "".join(f"<hash>{hashlib.sha1(content[at : at + 1024]).hexdigest()}</hash>" for at in (0, 1024))

    async def answer(request: web.Request) -> web.Response:
        base = f"http://{request.host}"
        if request.path.endswith(".meta4"):
            text = (
                '<metalink xmlns="urn:ietf:params:xml:ns:metalink"><file name="a.zim"><size>1500</size>'
                f'<hash type="sha-256">{hashlib.sha256(content).hexdigest()}</hash>'
                f'<pieces length="1024" type="sha-1">{sums}</pieces>'
                f'<url priority="2">http://mirror.example.org/a.zim</url><url priority="1">{base}/m/a.zim</url>'
                '<url priority="1">file:///etc/passwd</url></file></metalink>'
            )
            return web.Response(text=text)
        return web.Response(body=feed([entry("a", size=2048, href="/zim/a_2026-10.zim.meta4")], 1))

    async with serving(answer) as address:
        source = added(data, address)
        await refreshed(source, data)
        async with open_web() as way:
            offer = await resolve(next(offers(data)), source, data, way)

    assert (1500, True, hashlib.sha256(content).hexdigest()) == (offer.size, offer.is_exact, offer.sha256)
    assert offer.addresses == (f"{address}/m/a.zim", "http://mirror.example.org/a.zim", f"{address}/zim/a_2026-10.zim")
    assert offer.piece_sums is not None
    assert ("sha1", 1024, 2) == (offer.piece_sums.algorithm, offer.piece_sums.length, len(offer.piece_sums))


async def test_one_process_at_a_time_reads_a_catalogue(data: DataFolder) -> None:
    reading, on = asyncio.Event(), asyncio.Event()

    async def slow(_: web.Request) -> web.Response:
        reading.set()
        await on.wait()
        return web.Response(body=feed([entry("a")], 1))

    async with serving(slow) as address:
        source = added(data, address)
        first = asyncio.create_task(refreshed(source, data))
        await reading.wait()
        with pytest.raises(Busy, match="kiwix"):
            await refreshed(source, data)
        assert [] == listed(data)  # looking into it goes on meanwhile
        on.set()
        await first

    assert ["a_maxi"] == listed(data)


class TestHostileServers:
    async def test_a_server_that_says_unchanged_unasked_is_not_believed(self, data: DataFolder) -> None:
        kiwix = Kiwix([entry("a")])

        async def answer(request: web.Request) -> web.StreamResponse:
            return web.Response(status=304)

        async with serving(kiwix.answer) as address:
            await refreshed(added(data, address), data)
        async with serving(answer) as address:
            with pytest.raises(Unfinished, match="304"):
                await refreshed(added(data, address, "other"), data)

        assert ["a_maxi"] == listed(data)

    @pytest.mark.parametrize(
        ("body", "says"),
        [
            (b"\n<!doctype HTML>\n<html><p>Please log in<br></html>", "web page"),
            (b"<html><body>Please log in</body></html>", "web page"),
            (b"<rss><channel/></rss>", "no OPDS feed"),
            (b"", "broke off"),
            (b"{}", "no OPDS feed"),
            (b'<!DOCTYPE f [<!ENTITY a "aaaa">]>' + HEAD.encode() + b"<title>&a;</title></feed>", "document type"),
            (HEAD.encode() + b"<a>" * 60 + b"</a>" * 60 + b"</feed>", "nested too deep"),
            (HEAD.encode() + b"<title>" + b"a" * 400_000 + b"</title></feed>", "longer than"),
            (HEAD.encode() + b"<entry>" + b"<x/>" * 100_000 + b"</entry></feed>", "longer than"),
            (feed([entry("a")])[:-20], "broke off"),
        ],
    )
    async def test_what_is_no_catalogue_is_refused_with_a_sentence(
        self, data: DataFolder, body: bytes, says: str
    ) -> None:
        async def answer(_: web.Request) -> web.Response:
            return web.Response(body=body)

        async with serving(answer) as address:
            with pytest.raises((BadInput, Unfinished), match=says):
                await refreshed(added(data, address), data)

    async def test_what_was_known_stays_when_a_login_page_answers(self, data: DataFolder) -> None:
        kiwix = Kiwix([entry("a"), entry("b")])

        async def portal(_: web.Request) -> web.Response:
            return web.Response(text="<html><form>Log in</form></html>", content_type="text/html")

        async with serving(kiwix.answer) as address:
            source = added(data, address)
            await refreshed(source, data)
        async with serving(portal) as address:
            with pytest.raises(BadInput, match="web page"):
                await refreshed(replace(source, url=f"{address}/catalog/v2/entries"), data)

        assert ["a_maxi", "b_maxi"] == listed(data)

    async def test_a_bomb_is_not_unpacked(self, data: DataFolder) -> None:
        bomb = gzip.compress(HEAD.encode() + b" " * 3_000_000)

        async def answer(_: web.Request) -> web.Response:
            return web.Response(body=bomb, headers={"Content-Encoding": "gzip"})

        async with serving(answer) as address:
            with pytest.raises(BadInput, match="longer than"):
                await refreshed(added(data, address), data)

    async def test_a_feed_without_end_is_not_read_without_end(
        self, data: DataFolder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(opds, "PAGE_LIMIT", 4 * 1024**2)

        async def answer(request: web.Request) -> web.StreamResponse:
            stream = web.StreamResponse()
            await stream.prepare(request)
            await stream.write(HEAD.encode())
            with pytest.raises((ConnectionError, asyncio.CancelledError)):
                while True:
                    await stream.write(entry("a", summary="x" * 60_000).encode() * 20)
            return stream

        async with serving(answer) as address:
            done = await refreshed(added(data, address), data)

        assert (1, False) == (done.count, done.is_whole)
        assert "does not end" in done.problems[0]

    async def test_a_server_that_sends_the_same_page_again_and_again_is_left(self, data: DataFolder) -> None:
        entries = [entry(f"pack{number}") for number in range(200)]

        async def answer(_: web.Request) -> web.Response:
            return web.Response(body=feed(entries, 1_000_000))

        async with serving(answer) as address:
            done = await refreshed(added(data, address), data)

        assert (200, False) == (done.count, done.is_whole)
        assert "again and again" in done.problems[0]

    async def test_redirects_are_followed_but_not_in_circles_nor_to_where_nobody_sees(self, data: DataFolder) -> None:
        async def answer(request: web.Request) -> web.Response:
            goals = {"/circle": "/circle", "/open": "http://example.org/", "/moved": "/catalog/v2/entries"}
            if request.path in goals:
                raise web.HTTPFound(goals[request.path])
            return web.Response(body=feed([entry("a")], 1))

        async with serving(answer) as address, open_web() as way:
            with pytest.raises(Unfinished, match="without end"):
                await way.read(f"{address}/circle", limit=1000, plain_http=True)
            with pytest.raises(Unfinished, match="log in to first"):
                await way.read(f"{address}/open", limit=1000, plain_http=True)
            assert (await way.read(f"{address}/moved", limit=10_000, plain_http=True)).startswith(b"<?xml")

    async def test_entries_that_cannot_be_had_are_left_out_and_named(self, data: DataFolder) -> None:
        hrefs = ["javascript:alert(1)", "file:///etc/passwd", "", "../../zim/../../etc/x.zim", "https://a b/c.zim"]
        entries = [entry(f"p{number}", href=href) for number, href in enumerate(hrefs)]
        odd = [entry("../../up"), entry("a/b", flavour=""), "<entry><title>None</title></entry>"]

        async with serving(Kiwix([*entries, *odd, entry("good")]).answer) as address:
            done = await refreshed(added(data, address), data)

        assert all("/" not in name and not name.startswith(".") for name in listed(data))
        assert "good_maxi" in listed(data)
        assert 4 <= len(done.problems)
        assert any("javascript:alert(1)" in problem for problem in done.problems)

    async def test_a_catalogue_sent_as_one_endless_page_is_never_held_whole(self, data: DataFolder) -> None:
        async def answer(request: web.Request) -> web.StreamResponse:
            stream = web.StreamResponse()
            await stream.prepare(request)
            await stream.write(HEAD.encode() + b"<totalResults>3000</totalResults>")
            for number in range(3000):
                await stream.write(entry(f"pack{number}").encode())
            await stream.write(b"</feed>")
            return stream

        async with serving(answer) as address, open_web() as way:
            parts = [part async for part in opds.read(added(data, address), way, lambda _: PageNote())]

        assert 3000 == sum(len(part.offers) for part in parts)
        assert PART == max(len(part.offers) for part in parts)
