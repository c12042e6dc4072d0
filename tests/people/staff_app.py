"""The application with people who have passwords, and browsers that keep cookies as browsers do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient

from ideascube.box_db.people import Account, add_account
from ideascube.people.hashing import HASHER
from ideascube.people.names import clean_name
from ideascube.people.rights import Role
from ideascube.web.context import DATABASE

Client = TestClient[Any, Any]
PASSWORD = "le puits est profond"
_HASHED = HASHER.hash(PASSWORD)


async def add(client: Client, name: str = "Amina", role: Role = Role.MEDIATOR, *, drawn: bool = False) -> Account:
    """Somebody whose password is `PASSWORD`."""
    added: Account = await client.app[DATABASE].write(add_account, clean_name(name), role, _HASHED, drawn=drawn)
    return added


@dataclass
class Page:
    """An answer that was read."""

    status: int
    text: str
    location: str
    headers: Any

    @property
    def token(self) -> str:
        return self._hidden("token")

    @property
    def once(self) -> str:
        return self._hidden("once")

    def _hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        return found[1] if found else ""


@dataclass
class Browser:
    """Follows nothing by itself. `cookies` are those that the box set and that were planted."""

    client: Client
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    async def get(self, path: str) -> Page:
        return await self._read(await self.client.get(path, headers=self._headers(), allow_redirects=False))

    async def post(self, path: str, /, **fields: object) -> Page:
        """A form as a page of the box sends it, with the token that the last page had."""
        pairs = [(name, str(each)) for name, value in ({"token": self.token} | fields).items()
                 for each in (value if isinstance(value, list) else [value])]  # fmt: skip
        headers = self._headers() | {"Origin": f"http://{self.client.host}:{self.client.port}"}
        answer = await self.client.post(path, data=pairs, headers=headers, allow_redirects=False)
        return await self._read(answer)

    def _headers(self) -> dict[str, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Accept-Language": "en"} | ({"Cookie": cookie} if cookie else {})

    async def _read(self, answer: ClientResponse) -> Page:
        for line in answer.headers.getall("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
        page = Page(answer.status, await answer.text(), answer.headers.get("Location", ""), answer.headers)
        self.token = page.token or self.token
        return page

    async def sign_in(self, name: str = "Amina", password: str = PASSWORD, **fields: object) -> Page:
        page = await self.post("/staff/sign-in", name=name, password=password, **fields)
        if page.status == 303:
            await self.get("/staff/me")
        return page
