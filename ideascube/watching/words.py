"""What is said in a film or sound, in one language: paragraphs read from its subtitles or its written transcript.

Slow for a long film the first time; then remembered, in bounded memory.
"""

from __future__ import annotations

import asyncio

from content_packs.bounded_cache import BoundedCache
from content_packs.errors import IdeascubeError
from content_packs.items import Item
from content_packs.media.subtitles import parse_subtitles
from content_packs.media.transcript import Paragraph, Said, transcript
from content_packs.zim.reader import PackReader, ZimEntry

SIZE_LIMIT = 1024 * 1024  # bytes of a file that is read; the subtitles of the longest film are a fifth of it
_KEPT = 2 * 1024 * 1024  # bytes of files as they lie in packs; read they take three times that
_cache: BoundedCache[str, tuple[Paragraph, ...]] = BoundedCache(_KEPT)


def languages_of(item: Item) -> list[str]:
    """The languages in which there are words, sorted."""
    return sorted(item.transcripts.keys() | item.subtitles.keys())


async def read_words(reader: PackReader, item: Item, language: str) -> tuple[Paragraph, ...]:
    """What is said, in that language: a written transcript goes before subtitles. Empty where nothing can be read."""
    path = item.transcripts.get(language) or item.subtitles.get(language, "")
    key = f"{reader.path}:{reader.fingerprint}:{path}"
    known = _cache.get(key)
    if known is not None:
        return known
    size, paragraphs = await asyncio.to_thread(_read, reader, path, language)
    _cache.put(key, paragraphs, size + 200)
    return paragraphs


def _read(reader: PackReader, path: str, language: str) -> tuple[int, tuple[Paragraph, ...]]:
    """The size of the file in bytes and its paragraphs; what is damaged, too long or absent has none."""
    try:
        entry = reader.find(path)
        raw = reader.read(entry, keep=False, limit=SIZE_LIMIT) if isinstance(entry, ZimEntry) else b""
    except (IdeascubeError, OSError):
        raw = b""
    is_timed = raw.startswith((b"WEBVTT", b"\xef\xbb\xbfWEBVTT")) or path.endswith(".vtt")
    return len(raw), transcript(parse_subtitles(raw, language).cues) if is_timed else _written(raw)


def _written(raw: bytes) -> tuple[Paragraph, ...]:
    """A transcript as its author wrote it: paragraphs parted by empty lines, without times."""
    text = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    return tuple((Said(None, paragraph.strip()),) for paragraph in text.split("\n\n") if paragraph.strip())
