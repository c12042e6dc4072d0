"""Copying small files and objects from one storage to another: what is there already is not sent again."""

from __future__ import annotations

from provisioning.outgoing.asking import Asking
from provisioning.outgoing.learning import read_pages
from provisioning.outgoing.pages import read_page

_LIMIT = 64 * 1024 * 1024  # bytes


class Copying:
    """`count`: files that were new there. Methods raise as storages do, and BrokenPack for damaged objects."""

    def __init__(self, source: Asking, target: Asking) -> None:
        self._source, self._target = source, target
        self.count = 0

    async def copy(self, path: str, limit: int, *, anew: bool = False) -> None:
        """A file of at most `limit` bytes, if there is one; `anew`: also where there is one that may be older."""
        if not anew and await self._target.has(path):
            return
        content = await self._source.get(path, limit)
        if content is not None:
            await self.put(path, content)

    async def put(self, path: str, content: bytes) -> None:
        """Have this content there."""
        if await self._target.get(path, _LIMIT) != content:
            await self._target.put_and_look(path, content)
            self.count += 1

    async def copy_page(self, page: tuple[str, ...]) -> None:
        """The objects of the files that a page lists, then the page itself."""
        for sent in read_page(await read_pages(self._source, page)):
            for segments in sent.segments.values():
                for segment in segments:
                    await self.copy_object(segment.name)
        for name in page:
            await self.copy_object(name)

    async def copy_object(self, name: str) -> None:
        """Nothing happens where it is missing: whoever reads it there says so."""
        if await self._target.has_object(name):
            return
        content = await self._source.get_object(name)
        if content is not None:
            await self._target.put_object(name, content, look_first=False)
            self.count += 1
