"""Reading pages as a browser without scripts does."""

from __future__ import annotations

from aiohttp import web
from aiohttp.test_utils import TestClient
from selectolax.lexbor import LexborHTMLParser as Html

Client = TestClient[web.Request, web.Application]


async def html(client: Client, path: str, language: str = "en") -> Html:
    answer = await client.get(path, headers={"Accept-Language": language})
    return Html(await answer.text())


def texts(page: Html, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(selector)]


def sent_by(client: Client) -> dict[str, str]:
    return {"Origin": str(client.make_url("/")).rstrip("/")}
