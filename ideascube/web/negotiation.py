"""What a browser takes and a reader speaks, from the headers of a request. Pure, and kept per header text.

Sources: RFC 9110, sections 12.5.3 (Accept-Encoding) and 12.5.4 (Accept-Language).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from content_packs.languages import closest

# In the order in which we like to send them: zstd is smaller and quicker to unpack on an old phone.
ENCODINGS = ("zstd", "gzip")
IDENTITY = "identity"

_HEADER_LIMIT = 500  # characters; no browser's header is longer, and what is kept must be bounded


def _weighted(header: str) -> Iterator[tuple[str, float]]:
    for part in header[:_HEADER_LIMIT].split(","):
        value, _, parameters = part.partition(";")
        quality = parameters.strip().removeprefix("q=")
        try:
            yield value.strip().lower(), float(quality) if parameters.strip() else 1.0
        except ValueError:
            yield value.strip().lower(), 0.0


@lru_cache(maxsize=256)
def choose_encoding(accept_encoding: str) -> str:
    """`zstd`, `gzip` or `identity`."""
    accepted = dict(_weighted(accept_encoding))
    for encoding in ENCODINGS:
        if accepted.get(encoding, accepted.get("*", 0.0)) > 0:
            return encoding
    return IDENTITY


@lru_cache(maxsize=1024)
def preferred_languages(accept_language: str) -> tuple[str, ...]:
    """The reader's languages as BCP 47, liked best first; the bare language follows one with a region."""
    with_bare = [each for tag in _asked_languages(accept_language) for each in (tag, tag.split("-")[0])]
    return tuple(dict.fromkeys(with_bare))[:10]


def _asked_languages(accept_language: str) -> list[str]:
    weighted = sorted(_weighted(accept_language), key=lambda pair: -pair[1])
    return [tag for tag, quality in weighted if quality > 0 and tag not in ("", "*")]


@lru_cache(maxsize=1024)
def choose_language(chosen: str | None, accept_language: str, available: tuple[str, ...]) -> str:
    """The language of the interface: what the visitor chose, else the first they read that is there, else the first."""
    if chosen in available:
        return chosen
    found = (closest(tag, available) for tag in _asked_languages(accept_language)[:10])
    return next((code for code in found if code), available[0])
