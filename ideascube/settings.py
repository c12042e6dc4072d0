"""What an operator may set, and what follows from the machine where nothing is set."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import psutil

from content_packs.store.data_folder import DataFolder

MIB = 1024 * 1024

# The share of memory that pages and clusters kept ready may take, all web workers together, and its bounds: a box of
# 1 GB keeps room for everything else, and a large machine gains nothing from more.
_CACHE_SHARE = 1 / 16
_CACHE_LEAST, _CACHE_MOST = 32 * MIB, 96 * MIB


def default_cache_size() -> int:
    """Bytes for the caches of all web workers together, from this machine's memory."""
    return int(min(max(psutil.virtual_memory().total * _CACHE_SHARE, _CACHE_LEAST), _CACHE_MOST))


def default_workers() -> int:
    return max(2, min(4, os.cpu_count() or 2))


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that `ideascube serve` can be told.

    cache_size: bytes, for all web workers together. search_deadline: seconds. domain and content_domain: host names,
    both or neither; without them packs have a port of their own instead of hosts of their own. runtime: a folder for
    sockets and locks, with a short path (the system allows a socket's 107 bytes), made by the server while it runs.
    count_unfound: whether searches that find little are counted for mediators. index_limit: bytes that all indexes made
    on the box may take; 0 for a tenth of the disk, at most 8 GB. card_days: after how many days on which the box ran a
    learner's card that nobody used is erased.
    """

    data: DataFolder
    host: str = "0.0.0.0"  # noqa: S104 - a box serves whoever joins its Wi-Fi
    port: int = 8080
    content_port: int = 8081
    domain: str | None = None
    content_domain: str | None = None
    workers: int = 2
    searchers: int = 2
    cache_size: int = _CACHE_LEAST
    search_deadline: float = 2.0
    runtime: Path | None = None
    count_unfound: bool = True
    index_limit: int = 0
    card_days: int = 365

    @property
    def searcher_socket(self) -> Path:
        """Where workers find the searchers."""
        return (self.runtime or self.data.cache) / "searchers.sock"

    @property
    def renderer_socket(self) -> Path:
        """Where workers find the renderer of PDFs."""
        return (self.runtime or self.data.cache) / "renderer.sock"

    @property
    def turns_file(self) -> Path:
        """In which web workers see whose search is running."""
        return (self.runtime or self.data.cache) / "turns"

    @property
    def hashing_file(self) -> Path:
        """In which web workers see how many of them hash a password."""
        return (self.runtime or self.data.cache) / "hashing"

    @property
    def cache_per_worker(self) -> int:
        return self.cache_size // self.workers
