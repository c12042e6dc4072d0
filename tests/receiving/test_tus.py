"""The protocol as https://tus.io/protocols/resumable-upload has it: each status and header, from a client's side."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse

from ideascube.people.rights import Role
from ideascube.receiving.part_file import came, part_path
from ideascube.web.context import DATABASE, SETTINGS
from tests.support.apps import app_of
from tests.support.staff import SignedIn, sign_in

ENDPOINT = "/staff/upload/tus"
CONTENT = bytes(range(256)) * 40


def base64_of(value: str | bytes) -> str:
    return base64.b64encode(value.encode() if isinstance(value, str) else value).decode()


class Sender:
    """A tus client that does nothing by itself."""

    def __init__(self, signed_in: SignedIn) -> None:
        self.signed_in = signed_in

    async def send(self, method: str, path: str, body: Any = None, **headers: str) -> ClientResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"Tus-Resumable": "1.0.0", "X-Form-Token": self.signed_in.token, **self.signed_in.headers, **named}
        sent = {name: value for name, value in sent.items() if value}
        return await self.signed_in.client.request(method, path, data=body, headers=sent, allow_redirects=False)

    async def begin(self, length: object = len(CONTENT), name: str = "well.mp4", **headers: str) -> ClientResponse:
        metadata = f"filename {base64_of(name)},shown"
        return await self.send("POST", ENDPOINT, Upload_Length=str(length), Upload_Metadata=metadata, **headers)

    async def place(self, length: int = len(CONTENT)) -> str:
        return (await self.begin(length)).headers["Location"]

    async def patch(self, place: str, offset: object, body: Any, **headers: str) -> ClientResponse:
        kind = {"Content_Type": "application/offset+octet-stream"} | headers
        return await self.send("PATCH", place, body, Upload_Offset=str(offset), **kind)

    def came(self, place: str) -> int:
        """Bytes of it on the disk."""
        return came(self.signed_in.client.app[SETTINGS].data, place.rpartition("/")[2], None)

    async def offset(self, place: str) -> int:
        return int((await self.send("HEAD", place)).headers["Upload-Offset"])


@pytest.fixture
async def sender(tmp_path: Path, aiohttp_client: Any) -> AsyncIterator[Sender]:
    client = await aiohttp_client(app_of(tmp_path))
    yield Sender(await sign_in(client, Role.CONTRIBUTOR))


async def test_options_say_what_the_server_can(sender: Sender):
    answer = await sender.send("OPTIONS", ENDPOINT, Tus_Resumable="")

    assert 204 == answer.status
    assert "1.0.0" == answer.headers["Tus-Resumable"] == answer.headers["Tus-Version"]
    assert "creation,creation-with-upload,termination,checksum,expiration" == answer.headers["Tus-Extension"]
    assert str(4 * 1024**3) == answer.headers["Tus-Max-Size"]
    assert "sha1,sha256" == answer.headers["Tus-Checksum-Algorithm"]


async def test_a_file_comes_in_two_pieces(sender: Sender):
    created = await sender.begin()
    place = created.headers["Location"]
    first = await sender.patch(place, 0, CONTENT[:1000])
    asked = await sender.send("HEAD", place)
    last = await sender.patch(place, 1000, CONTENT[1000:])

    assert [201, 204, 200, 204] == [created.status, first.status, asked.status, last.status]
    assert {"1.0.0"} == {each.headers["Tus-Resumable"] for each in (created, first, asked, last)}
    assert "1000" == first.headers["Upload-Offset"] == asked.headers["Upload-Offset"]
    assert str(len(CONTENT)) == asked.headers["Upload-Length"] == last.headers["Upload-Offset"]
    assert f"filename {base64_of('well.mp4')},shown" == asked.headers["Upload-Metadata"]
    assert "no-store" == asked.headers["Cache-Control"]
    assert created.headers["Upload-Expires"].endswith(" GMT")
    assert first.headers["Upload-Expires"].endswith(" GMT")


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (412, {"Tus_Resumable": ""}),
        (412, {"Tus_Resumable": "0.2.2"}),
        (400, {"Upload_Length": ""}),
        (400, {"Upload_Length": "-1"}),
        (400, {"Upload_Length": "1e3"}),
        (400, {"Upload_Length": "0"}),  # an empty file is a mistake of its owner
        (413, {"Upload_Length": str(4 * 1024**3 + 1)}),
        (413, {"Upload_Length": "9" * 18}),
        (400, {"Upload_Length": "9" * 19}),
        (400, {"Upload_Defer_Length": "1"}),
        (400, {"Upload_Concat": "partial"}),
        (400, {"Upload_Metadata": "filename ÄÖÜ"}),
        (400, {"Upload_Metadata": "a YQ==,a YQ=="}),
        (400, {"Upload_Metadata": ","}),
        (431, {"Upload_Metadata": "a " + "YQ==" * 1500}),
        (201, {"Upload_Metadata": ""}),
        (201, {"Upload_Metadata": "a,b YQ==, c"}),
    ],
)
async def test_what_cannot_be_begun(sender: Sender, status: int, headers: dict[str, str]):
    answer = await sender.send("POST", ENDPOINT, **({"Upload_Length": "100"} | headers))

    assert status == answer.status
    assert "1.0.0" == answer.headers["Tus-Resumable"]
    assert (status == 412) == ("Tus-Version" in answer.headers)
    assert (status == 201) or len(await answer.text()) > 10


@pytest.mark.parametrize(
    ("status", "offset", "body", "headers"),
    [
        (412, 100, b"x", {"Tus_Resumable": "1.0.1"}),
        (415, 100, b"x", {"Content_Type": "application/octet-stream"}),
        (400, "", b"x", {}),
        (400, "-1", b"x", {}),
        (409, 99, b"x", {}),
        (409, 101, b"x", {}),
        (413, 100, CONTENT, {}),
        (400, 100, b"x", {"Upload_Checksum": "md5 AAAA"}),
        (400, 100, b"x", {"Upload_Checksum": "sha1 !!!"}),
        (400, 100, b"x", {"Upload_Checksum": "sha1"}),
        (460, 100, b"x", {"Upload_Checksum": "sha1 " + base64_of(hashlib.sha1(b"y").digest())}),
        (460, 100, b"x", {"Upload_Checksum": "sha256 " + base64_of(hashlib.sha256(b"y").digest())}),
    ],
)
async def test_what_is_no_piece_changes_nothing(
    sender: Sender, status: int, offset: object, body: bytes, headers: dict[str, str]
):
    place = await sender.place()
    await sender.patch(place, 0, CONTENT[:100])

    answer = await sender.patch(place, offset, body, **headers)

    assert status == answer.status
    assert "1.0.0" == answer.headers["Tus-Resumable"]
    assert 100 == await sender.offset(place)


async def test_a_body_of_unknown_length_may_not_be_longer_than_announced(sender: Sender):
    async def too_much() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield CONTENT

    place = await sender.place()
    await sender.patch(place, 0, CONTENT[:100])

    assert 413 == (await sender.patch(place, 100, too_much())).status
    assert 100 == await sender.offset(place)


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
async def test_a_piece_with_a_right_checksum_counts(sender: Sender, algorithm: str):
    place = await sender.place()
    digest = hashlib.new(algorithm, CONTENT[:500]).digest()

    answer = await sender.patch(place, 0, CONTENT[:500], Upload_Checksum=f"{algorithm} {base64_of(digest)}")

    assert (204, "500") == (answer.status, answer.headers["Upload-Offset"])
    assert 500 == await sender.offset(place)


async def test_the_first_piece_may_come_at_once(sender: Sender):
    kind = {"Content_Type": "application/offset+octet-stream"}
    wrong = "sha1 " + base64_of(hashlib.sha1(b"another").digest())

    whole = await sender.send("POST", ENDPOINT, CONTENT[:10], Upload_Length="20", **kind)
    damaged = await sender.send("POST", ENDPOINT, CONTENT[:10], Upload_Length="20", Upload_Checksum=wrong, **kind)
    longer = await sender.send("POST", ENDPOINT, CONTENT[:30], Upload_Length="20", **kind)
    other = await sender.send("POST", ENDPOINT, CONTENT[:10], Upload_Length="20", Content_Type="text/plain")

    assert (201, "10") == (whole.status, whole.headers["Upload-Offset"])
    assert 10 == await sender.offset(whole.headers["Location"])
    assert [460, 413, 415] == [damaged.status, longer.status, other.status]


async def test_an_upload_is_thrown_away(sender: Sender, tmp_path: Path):
    place = await sender.place()
    await sender.patch(place, 0, CONTENT[:100])
    part = part_path(sender.signed_in.client.app[SETTINGS].data, place.rpartition("/")[2])
    was_there = part.exists()

    answers = [
        await sender.send("DELETE", place),
        await sender.send("HEAD", place),
        await sender.patch(place, 100, b"x"),
    ]

    assert was_there
    assert not part.exists()
    assert [204, 404, 404] == [each.status for each in answers]
    assert "Upload-Offset" not in answers[1].headers
    assert {"1.0.0"} == {each.headers["Tus-Resumable"] for each in answers}


async def test_clients_that_know_only_post(sender: Sender):
    place = await sender.place()
    kind = {"Content_Type": "application/offset+octet-stream", "Upload_Offset": "0"}

    piece = await sender.send("POST", place, CONTENT[:100], X_HTTP_Method_Override="PATCH", **kind)
    other = await sender.send("POST", place, X_HTTP_Method_Override="PUT")
    end = await sender.send("POST", place, X_HTTP_Method_Override="DELETE")

    assert [(204, "100"), (405, None), (204, None)] == [
        (each.status, each.headers.get("Upload-Offset")) for each in (piece, other, end)
    ]
    assert 404 == (await sender.send("HEAD", place)).status


@dataclass
class Slowly:
    """A body of two hundred bytes, of which the second half waits."""

    goes_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield CONTENT[:100]
        await self.goes_on.wait()
        yield CONTENT[100:200]


async def half_sent(sender: Sender, place: str, body: Slowly) -> asyncio.Task[ClientResponse]:
    """A piece whose first half is on the disk."""
    sending = asyncio.create_task(sender.patch(place, 0, aiter(body)))
    async with asyncio.timeout(10):
        while sender.came(place) < 100:  # noqa: ASYNC110 - of a file
            await asyncio.sleep(0.02)
    return sending


async def test_two_at_once_and_one_has_to_wait(sender: Sender):
    place, body = await sender.place(), Slowly()
    first = await half_sent(sender, place, body)

    asked, second = await sender.send("HEAD", place), await sender.patch(place, 100, b"x")
    body.goes_on.set()

    assert [423, 423] == [asked.status, second.status]
    assert "The box is still taking in what came before. It goes on in a moment." == await second.text()
    assert (204, "200") == ((await first).status, (await first).headers["Upload-Offset"])


async def test_thrown_away_while_it_comes(sender: Sender):
    place, body = await sender.place(), Slowly()
    first = await half_sent(sender, place, body)

    ended = await sender.send("DELETE", place)
    body.goes_on.set()

    assert [204, 404] == [ended.status, (await first).status]
    assert 404 == (await sender.send("HEAD", place)).status


async def test_uploads_of_others_are_not_there(sender: Sender):
    place = await sender.place()
    other = Sender(await sign_in(sender.signed_in.client, Role.OPERATOR, "Bilal"))

    assert [404, 404, 404] == [
        (await other.send("HEAD", place)).status,
        (await other.patch(place, 0, b"x")).status,
        (await other.send("DELETE", place)).status,
    ]
    assert 0 == await sender.offset(place)


async def test_who_is_not_signed_in_is_told_and_led_nowhere(sender: Sender):
    place = await sender.place()
    stranger = {"Cookie": "session=none"}

    answers = [
        await sender.send("HEAD", place, **stranger),
        await sender.patch(place, 0, b"x", **stranger),
        await sender.begin(**stranger),
        await sender.begin(X_Form_Token="not mine"),
        await sender.begin(Origin="http://packs.example"),
    ]

    assert [401, 401, 401, 403, 403] == [each.status for each in answers]


async def test_days_without_anything_end_it(sender: Sender):
    place = await sender.place()
    database = sender.signed_in.client.app[DATABASE]
    await database.write(lambda connection: connection.execute("INSERT INTO box_day VALUES ('2026-01-01', 7)"))
    waiting = await sender.offset(place)
    await database.write(lambda connection: connection.execute("INSERT INTO box_day VALUES ('2031-01-01', 8)"))

    assert 0 == waiting
    assert [410, 410] == [(await sender.send("HEAD", place)).status, (await sender.patch(place, 0, b"x")).status]


async def test_twenty_are_on_their_way_and_no_more(sender: Sender):
    places = [await sender.place(10) for _ in range(20)]

    refused = await sender.begin(10)
    await sender.send("DELETE", places[0])
    after = await sender.begin(10)

    assert 429 == refused.status
    assert "20 files are on their way already. Wait for them, or throw some of them away." == await refused.text()
    assert 201 == after.status
    other = Sender(await sign_in(sender.signed_in.client, name="Bilal"))
    assert 201 == (await other.begin(10)).status
