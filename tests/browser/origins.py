"""A box with its packs on either kind of origin: on the second port, or on a host each (docs/decisions/0004)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.box import Box, eventually, request, running_box

# Browsers take every name below `localhost` for this machine. The app's is not below the packs'.
NAME, PACKS = "box.localhost", "packs.localhost"
HOSTS = ("--domain", NAME, "--content-domain", PACKS)
KINDS = ("a port", "hosts")


@dataclass(frozen=True)
class Origins:
    box: Box
    by_host: bool

    @property
    def app(self) -> str:
        return f"http://{NAME}:{self.box.port}" if self.by_host else self.box.url

    def pack(self, name: str) -> str:
        return f"http://{name}.{PACKS}:{self.box.port}" if self.by_host else self.box.content_url

    def has(self, pack: str) -> bool:
        """Whether the worker that happens to answer shows the pack."""
        if not self.by_host:
            return self.box.content(f"/content/{pack}/").status == 302
        host = self.pack(pack).removeprefix("http://")
        return request(f"{self.box.url}/content/{pack}/", headers={"Host": host}).status == 302


@contextmanager
def box_with(kind: str, data: Path, *packs: Path) -> Iterator[Origins]:
    """A box of that kind, once every worker shows every pack."""
    by_host = kind == "hosts"
    with running_box(data, *packs, options=HOSTS if by_host else ()) as box:
        origins = Origins(box, by_host)
        eventually(lambda: all(origins.has(pack.stem) for pack in packs for _ in range(8)))
        yield origins
