"""What sending and collecting ask of a storage: `provisioning.storage` has these, and so has a test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol


class Storage(Protocol):
    """Paths are relative, with `/`. Every failure is an IdeascubeError with a sentence, or an OSError."""

    async def get(self, path: str, limit: int) -> bytes: ...

    async def put(self, path: str, content: bytes) -> None: ...

    async def exists(self, path: str) -> bool: ...

    async def delete(self, path: str) -> None: ...

    def list(self, prefix: str) -> AsyncIterator[str]: ...
