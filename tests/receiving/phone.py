"""A phone that sends files to a running box, byte by byte as its connection wants it."""

from __future__ import annotations

import contextlib
import http.client
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ideascube.box_db.database import box_database, transaction
from ideascube.people.cookies import SESSION, token_of
from ideascube.people.rights import Role
from tests.support.box import Answer, Box, eventually, request
from tests.support.staff import add_and_begin

ENDPOINT = "/staff/upload/tus"
PIECE = "application/offset+octet-stream"


@dataclass
class UploadingPhone:
    """Somebody who is signed in, on a running box."""

    box: Box
    cookie: str

    @property
    def headers(self) -> dict[str, str]:
        own = {"Origin": self.box.url, "Cookie": f"{SESSION}={self.cookie}", "X-Form-Token": token_of(self.cookie)}
        return {**own, "Tus-Resumable": "1.0.0"}

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: object) -> Answer:
        named = {name.replace("_", "-"): str(value) for name, value in headers.items()}
        return request(self.box.url + path, method, {**self.headers, **named}, body)

    def begin(self, length: int, metadata: str = "") -> str:
        answer = self.ask("POST", ENDPOINT, Upload_Length=length, **({"Upload_Metadata": metadata} if metadata else {}))
        assert answer.status == 201, answer.text
        return answer.headers["Location"]

    def patch(self, place: str, offset: int, content: bytes, **headers: object) -> Answer:
        return self.ask("PATCH", place, content, Upload_Offset=offset, Content_Type=PIECE, **headers)

    def offset(self, place: str) -> int:
        return int(self.ask("HEAD", place).headers["Upload-Offset"])

    def came(self, place: str) -> int:
        """Bytes of it on the disk."""
        part = self.box.data / "media" / "receiving" / f"{place.rpartition('/')[2]}.part"
        return part.stat().st_size if part.exists() else 0

    @contextlib.contextmanager
    def sending(self, place: str, offset: int, length: int, part: bytes, **headers: str) -> Iterator[socket.socket]:
        """A connection on which the beginning of a piece of `length` bytes was sent; it is cut at the end."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        about = {"Content-Type": PIECE, "Upload-Offset": str(offset), "Content-Length": str(length)}
        lines = {**self.headers, "Host": self.box.url[7:], **about, **named}
        with socket.create_connection(("127.0.0.1", self.box.port)) as line:
            head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
            line.sendall(f"PATCH {place} HTTP/1.1\r\n{head}\r\n".encode() + part)
            yield line

    def state(self, place: str) -> Any:
        return self.ask("GET", f"/staff/upload/{place.rpartition('/')[2]}/state").json()

    def arrived(self, place: str) -> Any:
        """What became of it, once the box has looked at it."""
        return eventually(lambda: (told := self.state(place))["state"] in ("arrived", "refused") and told)


def sign_in_on(box: Box, role: Role = Role.CONTRIBUTOR, name: str = "Amina") -> UploadingPhone:
    with box_database(box.data / "box.db") as connection, transaction(connection):
        _, cookie = add_and_begin(connection, name, role)
    return UploadingPhone(box, cookie)


def answer_on(line: socket.socket) -> http.client.HTTPResponse:
    response = http.client.HTTPResponse(line)
    response.begin()
    return response
