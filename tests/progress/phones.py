"""A phone without a screen: keeps cookies, sends forms as the box's own pages do, from an address of its own."""

from __future__ import annotations

import contextlib
import http.client
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.support.box import Answer, Box


@dataclass
class Phone:
    """`address`: any of 127.0.0.0/8, all of which are this machine."""

    box: Box
    address: str = "127.0.0.1"
    language: str = "en"
    cookies: dict[str, str] = field(default_factory=dict)
    _line: http.client.HTTPConnection | None = None

    def get(self, path: str, /) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, /, **fields: object) -> Answer:
        return self._ask("POST", path, urlencode(fields, doseq=True))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        with contextlib.nullcontext(self._line) if self._line else contextlib.closing(self._new_line()) as line:
            line.request(method, path, body, self._headers(is_form=body is not None))
            response = line.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        self._take_cookies(answer)
        return answer

    def _new_line(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.box.port, timeout=30, source_address=(self.address, 0))

    @contextlib.contextmanager
    def staying_connected(self) -> Iterator[None]:
        """For very many requests."""
        with contextlib.closing(self._new_line()) as self._line:
            yield
        self._line = None

    def _headers(self, *, is_form: bool) -> dict[str, str]:
        headers = {"Accept": "text/html", "Accept-Language": self.language}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if is_form:
            headers |= {"Origin": self.box.url, "Content-Type": "application/x-www-form-urlencoded"}
        return headers

    def _take_cookies(self, answer: Answer) -> None:
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value

    def note(self, path: str = "films/wells.mp4", **more: object) -> Answer:
        """As a page's script does while a film runs."""
        place = {"kind": "film", "pack": "village", "path": path, "at": 65, "of": 300, "title": "Digging a well"}
        return self.post("/progress", **(place | more))

    def enter(self, pictures: list[str]) -> Answer:
        return self.post("/card/enter", picture=pictures[:4], next=pictures[4])

    @property
    def has_card(self) -> bool:
        """Whether the box shows this phone a card that is open."""
        return 'action="/card/leave"' in self.get("/card").text and "card" in self.cookies


def pictures_on(page: Answer) -> list[str]:
    """The five pictures of a new card, in their order."""
    shown = re.search(r'<ol class="picked">(.*?)</ol>', page.text, re.DOTALL)
    assert shown, page.text
    return re.findall(r' href="[^"#]*#(\w+)"', shown[1])
