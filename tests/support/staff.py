"""People with an account, signed in: for tests of what they do. How one signs in is tested in `tests/people`."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient
from playwright.sync_api import Page

from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.people import account_by_name, add_account
from ideascube.box_db.people_sessions import Phone, begin_session
from ideascube.people.boot import this_boot
from ideascube.people.cookies import SESSION, token_of
from ideascube.people.rights import Person, Role
from ideascube.web.context import DATABASE
from tests.support.box import Box

NO_PASSWORD = "-"  # no hash of any password


def add_and_begin(connection: sqlite3.Connection, name: str, role: Role) -> tuple[Person, str]:
    """The person of that name, added where there is none, and the cookie of a new session of theirs."""
    found = account_by_name(connection, name) or add_account(connection, name, role, NO_PASSWORD)
    return found.person, begin_session(connection, found.id, Phone("Test", own=True), this_boot())


@dataclass
class SignedIn:
    """Somebody's browser. `token`: what their forms carry."""

    client: TestClient[Any, Any]
    person: Person
    cookie: str

    @property
    def token(self) -> str:
        return token_of(self.cookie)

    @property
    def headers(self) -> dict[str, str]:
        """As the pages of the box and their scripts send them."""
        return {"Origin": f"http://{self.client.host}:{self.client.port}", "Cookie": f"{SESSION}={self.cookie}"}

    async def get(self, path: str, **options: Any) -> ClientResponse:
        return await self.client.get(path, headers=self.headers | options.pop("headers", {}), **options)

    async def post(self, path: str, /, **fields: Any) -> ClientResponse:
        """The form as a page of the box sends it; where it leads is not followed. A list is a field several times."""
        pairs = [("token", self.token)]
        for name, value in fields.items():
            pairs += [(name, str(each)) for each in (value if isinstance(value, list | tuple) else [value])]
        return await self.client.post(path, data=pairs, headers=self.headers, allow_redirects=False)


async def sign_in(client: TestClient[Any, Any], role: Role = Role.MEDIATOR, name: str = "Amina") -> SignedIn:
    """Somebody of that name (added where there is none) who is signed in. Several may use one client at a time."""
    person, cookie = await client.app[DATABASE].write(add_and_begin, name, role)
    return SignedIn(client, person, cookie)


def browser_sign_in(page: Page, box: Box, role: Role = Role.MEDIATOR, name: str = "Amina") -> None:
    """The same for a page of a browser, before it opens a page of the running box."""
    page.context.add_cookies([{"name": SESSION, "value": cookie_of(box, role, name), "url": box.url, "httpOnly": True}])


def cookie_of(box: Box, role: Role = Role.MEDIATOR, name: str = "Amina") -> str:
    """The cookie of a new session of somebody of that name on the running box."""
    with box_database(box.data / "box.db") as connection, transaction(connection):
        return add_and_begin(connection, name, role)[1]
