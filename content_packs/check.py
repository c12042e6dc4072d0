"""Checking a pack: what libzim finds, and what `zimcheck` would, each with the entry's name and a cure.

Every byte is read once, entry by entry: slow for a large pack, in little memory. What metadata must be is in
`metadata_rules`. It runs in a process of its own, since libzim ends the process over some damage.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from libzim.reader import Archive, Entry, Item

from content_packs.errors import IdeascubeError
from content_packs.finding import Finding
from content_packs.links import Link, decode_html, read_page, resolve
from content_packs.metadata_rules import illustration_findings, metadata_findings
from content_packs.store.apart import EndedBadlyError, run_apart
from content_packs.zim.layout import ByteRange, ZimLayout
from content_packs.zim.parts import PartedFile, part_paths
from content_packs.zim.reader import LIBZIM_ERRORS

__all__ = ["FINDING_LIMIT", "Finding", "check_pack"]

FINDING_LIMIT = 10_000
COMPRESSED_LIMIT = 256 * 1024 * 1024  # bytes, uncompressed: a compressed entry takes as much memory
METADATA_LIMIT = 1024 * 1024  # bytes
_REDIRECT_LIMIT = 50
_WITHIN = 24 * 3600  # seconds; a terabyte from a slow card
_PIECE = 1024 * 1024
_COPY_AGAIN = "Copy the pack again from where it comes from"
_MAKE_AGAIN = "Correct it where the pack is made"


def check_pack(path: Path) -> list[Finding]:
    """All that is wrong with the pack at `path` (its first part, if it is split), up to FINDING_LIMIT. Never raises."""
    try:
        return run_apart(partial(_check, path), _WITHIN)
    except EndedBadlyError:
        return [Finding("error", None, "it is so damaged that reading it fails altogether", _COPY_AGAIN)]


def _check(path: Path) -> list[Finding]:
    try:
        check = _PackCheck(path)
    except (IdeascubeError, *LIBZIM_ERRORS) as error:
        return [Finding("error", None, f"it cannot be opened: {_reason(error)}", _COPY_AGAIN)]
    try:
        findings = list(islice(check.findings(), FINDING_LIMIT))
    finally:
        check.file.close()
    if len(findings) == FINDING_LIMIT:
        findings.append(Finding("warning", None, f"there is more than these {FINDING_LIMIT} findings", _MAKE_AGAIN))
    return findings


def _reason(error: BaseException) -> str:
    """What was said, on one line, without a cure that the finding gives itself."""
    return " ".join(str(error).split()).rstrip(".").removesuffix(": copy it again") or type(error).__name__


class _PackCheck:
    """One pack while it is checked. Each method yields its findings as it goes."""

    def __init__(self, path: Path) -> None:
        self.file = PartedFile(part_paths(path))
        self._layout = ZimLayout(self.file)
        self._archive = Archive(path)
        self._exists = lru_cache(maxsize=4096)(self._archive.has_entry_by_path)

    def findings(self) -> Iterator[Finding]:
        yield from self._checksum()
        yield from self._metadata()
        yield from self._main_page()
        for index in range(self._archive.all_entry_count):
            yield from self._entry(index)

    def _checksum(self) -> Iterator[Finding]:
        try:
            if not self._archive.has_checksum:
                yield Finding("warning", None, "it has no checksum, so damage may go unseen", _MAKE_AGAIN)
            elif not self._archive.check():
                yield Finding("error", None, "its checksum is wrong: some of it is damaged", _COPY_AGAIN)
        except LIBZIM_ERRORS as error:
            yield Finding("error", None, f"its checksum cannot be read: {_reason(error)}", _COPY_AGAIN)

    def _metadata(self) -> Iterator[Finding]:
        try:
            names = [name for name in self._archive.metadata_keys if not name.startswith("Illustration_")]
            items = {name: self._archive.get_metadata_item(name) for name in names}
            small = {name: bytes(item.content) for name, item in items.items() if item.size <= METADATA_LIMIT}
            yield from metadata_findings(small)
            yield from illustration_findings(self._illustration())
        except (KeyError, *LIBZIM_ERRORS) as error:
            yield Finding("error", None, f"its metadata cannot be read: {_reason(error)}", _COPY_AGAIN)

    def _illustration(self) -> bytes | None:
        try:
            item = self._archive.get_illustration_item(48)
        except KeyError:
            return None
        return bytes(item.content) if item.size <= METADATA_LIMIT else b""

    def _main_page(self) -> Iterator[Finding]:
        try:
            if self._archive.has_main_entry:
                self._followed(self._archive.main_entry).get_item()
                return
            what = "it has no main page"
        except LIBZIM_ERRORS as error:
            what = f"its main page cannot be read: {_reason(error)}"
        yield Finding("warning", None, what, "Name one where the pack is made")

    def _followed(self, entry: Entry) -> Entry:
        for _ in range(_REDIRECT_LIMIT):
            if not entry.is_redirect:
                return entry
            entry = entry.get_redirect_entry()
        raise RuntimeError("it leads in a circle")

    # Entries

    def _entry(self, index: int) -> Iterator[Finding]:
        name = f"number {index}"
        try:
            dirent = self._layout.dirent(index)
            name = dirent.path if dirent.namespace == "C" else f"{dirent.namespace}/{dirent.path}"
            entry = self._archive._get_entry_by_id(index)  # noqa: SLF001 - the only way to entries outside of the content
            if entry.is_redirect:
                self._followed(entry)
            else:
                yield from self._content(name, entry.get_item(), is_content=dirent.namespace not in "MXW")
        except (IdeascubeError, KeyError, *LIBZIM_ERRORS) as error:
            yield Finding("error", name, f"it cannot be read: {_reason(error)}", _COPY_AGAIN)

    def _content(self, name: str, item: Item, *, is_content: bool) -> Iterator[Finding]:
        is_html = item.mimetype.startswith("text/html") and is_content
        stored = self._layout.stored_range(item._index)  # noqa: SLF001 - libzim's number of the entry
        if item.size > COMPRESSED_LIMIT and (is_html or stored is None):
            yield Finding("warning", name, f"it holds {item.size} bytes and was not read", _MAKE_AGAIN)
        elif is_html:
            yield from self._page(name, bytes(item.content))
        elif stored is not None:
            self._read_through(stored)
        elif not item.content and item.size:
            yield Finding("error", name, "nothing of it can be read", _COPY_AGAIN)
        if is_content and item.size == 0:
            yield Finding("warning", name, "it is empty", _MAKE_AGAIN)

    def _read_through(self, stored: ByteRange) -> None:
        """Read it in pieces: libzim would map all of a film into memory."""
        for start in range(0, stored.length, _PIECE):
            self.file.read_at(stored.offset + start, min(_PIECE, stored.length - start))

    def _page(self, name: str, raw: bytes) -> Iterator[Finding]:
        seen: set[Link] = set()
        for link in read_page(decode_html(raw)).links:
            if link not in seen:
                seen.add(link)
                yield from self._link(name, link)

    def _link(self, page: str, link: Link) -> Iterator[Finding]:
        if link.loaded and link.leads_to_other_host:
            yield Finding("warning", page, f"it loads {link.address} from the internet", "Put the file in the pack")
        elif not link.address:
            yield Finding("warning", page, "it has an empty link", _MAKE_AGAIN)
        elif (target := resolve(page, link.address)) is not None and not self._exists(target):
            yield Finding("warning", page, f"it links to {link.address}, and there is no {target}", _MAKE_AGAIN)
