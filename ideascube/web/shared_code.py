"""Templates compiled once for the environments of all languages: each compiles the same text to the same code.

Twelve times the work would be many seconds of a slow box's start, and twelve times the memory.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context


class SharedCode(BytecodeCache):
    """Keeps code in memory by the name of its template. What a template gives must not have become part of its code."""

    def __init__(self) -> None:
        self._code: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._code[bucket.key] = bucket.code

    def dump(self) -> bytes:
        """All of it, for a later start of the same Python."""
        return marshal.dumps(self._code)

    def load(self, code: bytes) -> None:
        """What `dump` gave, which must be trusted as a program is."""
        self._code.update(marshal.loads(code))  # noqa: S302 - from this box's own cache, with sums


def at_run_time(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that Jinja does not work out while it compiles `{{ "film" | kind }}`: its answer differs by language."""

    @pass_context
    def called(_: Context, *arguments: Any) -> Any:
        return function(*arguments)

    return called
