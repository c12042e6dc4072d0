"""Keys of this box: files for its user alone, made once, whichever process is the first."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from content_packs.store.durable import flush_folder, make_folder


def read_private(path: Path, limit: int) -> bytes:
    """At most `limit` bytes of the file; empty where there is none. Raises OSError."""
    try:
        with path.open("rb") as file:
            return file.read(limit)
    except FileNotFoundError:
        return b""


def make_private(path: Path, content: bytes) -> None:
    """Put a whole file at `path`, flushed, unless one is there already. Raises OSError."""
    make_folder(path.parent)
    new = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, content)
        os.fsync(descriptor)
        with contextlib.suppress(FileExistsError):
            os.link(new, path)
    finally:
        os.close(descriptor)
        new.unlink()
    flush_folder(path.parent)
