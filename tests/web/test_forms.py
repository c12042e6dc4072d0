"""Large forms: what comes in is what was typed, within bounds, and nothing of a refused one stays on the disk."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest
from aiohttp import FormData, web
from pytest_aiohttp.plugin import AiohttpClient

from ideascube.web.forms import MOST_FIELDS, MOST_TEXT, read_form
from tests.web.reading import Client

LIMIT = 100_000
SENT = {"title": "Wasser 🚰", "body": "one\r\ntwo\rthree\0", "tag": ""}
READ = {"title": "Wasser 🚰", "body": "one\ntwo\nthree", "tag": ""}


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.fixture
async def client(aiohttp_client: AiohttpClient, tmp_path: Path) -> Client:
    async def answer(request: web.Request) -> web.Response:
        limit = int(request.query.get("limit", LIMIT))
        form = await read_form(request, limit, tmp_path)
        assert form is await read_form(request, limit, tmp_path)
        files = {file.field: [file.name, file.path.read_bytes().decode(), file.size] for file in form.files}
        return web.json_response({"fields": list(form.fields.items()), "files": files})

    app = web.Application(client_max_size=1000)
    app.add_routes([web.post("/", answer)])
    return await aiohttp_client(app)


async def test_both_codings_give_what_was_typed(client: Client) -> None:
    encoded = await (await client.post("/", data=SENT)).json()
    parts = await (await client.post("/", data=FormData(SENT, default_to_multipart=True))).json()

    assert list(map(list, READ.items())) == encoded["fields"]
    assert list(map(list, READ.items())) == parts["fields"]


async def test_a_file_lies_on_the_disk_and_an_empty_field_of_files_is_left_out(client: Client) -> None:
    form = FormData({"title": "x"}, quote_fields=False)  # browsers quote nothing
    form.add_field("picture", b"bytes" * 10_000, filename="../../etc/my picture.jpg", content_type="image/jpeg")
    form.add_field("sound", b"", filename="", content_type="application/octet-stream")

    answer = await (await client.post("/", data=form)).json()

    assert {"picture": ["my picture.jpg", "bytes" * 10_000, 50_000]} == answer["files"]


@pytest.mark.parametrize("told_before", [True, False])
async def test_what_is_too_large_is_refused_with_the_most_that_may_be_sent(
    client: Client, tmp_path: Path, told_before: bool
) -> None:
    form = FormData()
    form.add_field("picture", b"x" * (LIMIT - 2000), filename="a.jpg")
    form.add_field("body", "y" * 3000)
    body = form()

    async def pieces():  # type: ignore[no-untyped-def]
        yield await body.as_bytes()

    data = body if told_before else pieces()
    answer = await client.post("/", data=data, headers={"Content-Type": body.headers["Content-Type"]})

    assert answer.status == 413
    assert "100 kB is the most" in (await answer.text()).replace("\xa0", " ")
    assert [] == names_in(tmp_path)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{}", "application/json"),
        (b"title=x", "multipart/form-data"),
        (b"--b\r\nContent-Disposition: form-data; name=x; filename=y\r\n\r\nhalf", "multipart/form-data; boundary=b"),
        (b"--b\r\nno header\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b"),
        (urlencode([("t", "")] * (MOST_FIELDS + 1)).encode(), "application/x-www-form-urlencoded"),
        ("title=ü".encode("latin-1"), "application/x-www-form-urlencoded"),
    ],
)
async def test_what_is_no_form_is_refused(client: Client, tmp_path: Path, body: bytes, content_type: str) -> None:
    answer = await client.post("/", data=body, headers={"Content-Type": content_type})

    assert answer.status == 400
    assert "Go back to the page" in await answer.text()
    assert [] == names_in(tmp_path)


@pytest.mark.parametrize("as_parts", [True, False])
async def test_fields_that_are_held_in_memory_are_not_as_large_as_files_may_be(client: Client, as_parts: bool) -> None:
    form = FormData({"title": "x" * MOST_TEXT}, default_to_multipart=as_parts)
    form.add_field("body", "y")

    assert 413 == (await client.post(f"/?limit={2 * MOST_TEXT}", data=form)).status
