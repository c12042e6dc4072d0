"""Reading a pack from end to end for what is wrong with it, each with the entry's name and a cure.

Every byte is read once, entry by entry: slow for a large pack, in little memory. It runs in a process of its own, since
libzim ends the process over some damage. What is right and wrong is said by the rules beside this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path

from libzim.reader import Archive, Entry, Item, set_cluster_cache_max_size

from content_packs.apart import EndedBadlyError, HowFar, bound_memory, run_apart
from content_packs.check.film_rules import Films
from content_packs.check.link_rules import PackLinks
from content_packs.check.manifest_rules import licence_findings, manifest_findings
from content_packs.check.metadata_rules import illustration_findings, metadata_findings
from content_packs.check.weight_rules import HEAD_SIZE, page_findings, picture_findings, share_findings
from content_packs.errors import IdeascubeError
from content_packs.finding import Finding
from content_packs.links import decode_html, read_page
from content_packs.manifest import METADATA_NAME, Manifest
from content_packs.manifest.of_zim import derived_of, manifest_of
from content_packs.pack_id import id_from_filename
from content_packs.zim.archive import ZimArchive
from content_packs.zim.layout import ByteRange, ZimLayout
from content_packs.zim.parts import part_paths
from content_packs.zim.reader import LIBZIM_ERRORS

Progress = Callable[[int, int], None]

FINDING_LIMIT = 10_000
COMPRESSED_LIMIT = 256 * 1024 * 1024  # bytes, uncompressed: a compressed entry takes as much memory
PAGE_LIMIT = 16 * 1024 * 1024  # bytes of a page whose links are read, which takes many times its size
METADATA_LIMIT = 1024 * 1024  # bytes
_MEMORY = 1024 * 1024 * 1024  # bytes that reading a hostile file may take
_CLUSTERS = 64 * 1024 * 1024  # bytes: entries come in the order of their paths, so that clusters are met again
_REDIRECT_LIMIT = 50
_AT_LEAST = 600  # seconds that a check may take
_SLOWEST = 1_000_000  # bytes a second: an old card and a slow processor; what takes longer is made to
_PIECE = 1024 * 1024
_COPY_AGAIN = "Copy the pack again from where it comes from"
_MAKE_AGAIN = "Correct it where the pack is made"


def check_pack(path: Path, *, entries: bool = True, progress: Progress = lambda done, total: None) -> list[Finding]:
    """All that is wrong with the pack at `path` (its first part, if it is split), up to FINDING_LIMIT. Never raises.

    Without `entries`, only the pack as a whole is looked at: whether it opens, its checksum, metadata and manifest.
    `progress` gets about how many bytes are done and how many there are, now and then.
    """
    far = HowFar()
    try:
        return run_apart(partial(_check, path, entries, far), _seconds(path), lambda: progress(*far.told()))
    except EndedBadlyError:
        return [Finding("error", None, "it is so damaged that reading it fails altogether or never ends", _COPY_AGAIN)]


def _seconds(path: Path) -> int:
    """How long a check may take: a hostile file can name one huge entry a million times."""
    try:
        return _AT_LEAST + sum(part.stat().st_size for part in part_paths(path)) // _SLOWEST
    except OSError:
        return _AT_LEAST


def _check(path: Path, entries: bool, far: HowFar) -> list[Finding]:
    bound_memory(_MEMORY)  # a cluster that unpacks to more than there is fails as an entry, before the machine does
    set_cluster_cache_max_size(_CLUSTERS)
    try:
        check = _PackCheck(path)
    except (IdeascubeError, *LIBZIM_ERRORS) as error:
        return [Finding("error", None, f"it cannot be opened: {_reason(error)}", _COPY_AGAIN)]
    found = chain(check.of_the_whole(), check.of_entries(far) if entries else ())
    findings = list(islice(found, FINDING_LIMIT))
    if len(findings) == FINDING_LIMIT:
        findings.append(Finding("warning", None, f"there is more than these {FINDING_LIMIT} findings", _MAKE_AGAIN))
    return findings


def _reason(error: BaseException) -> str:
    """What was said first of all, on one line, without a cure that the finding gives itself."""
    first = error.__cause__ or error
    return " ".join(str(first).split()).rstrip(".").removesuffix(": copy it again") or type(first).__name__


class _PackCheck:
    """One pack while it is checked. Each method yields its findings as it goes."""

    def __init__(self, path: Path) -> None:
        self._pack = ZimArchive(path)
        self._archive: Archive = self._pack.libzim
        self._layout = ZimLayout(self._pack.file)
        self._exists = lru_cache(maxsize=4096)(self._archive.has_entry_by_path)
        self._manifest: Manifest = manifest_of(self._pack, id_from_filename(path.name))
        self._films = Films()
        self._links = PackLinks(self._exists)

    def of_the_whole(self) -> Iterator[Finding]:
        yield from self._checksum()
        yield from self._metadata()
        yield from licence_findings(self._manifest)
        yield from self._main_page()

    def of_entries(self, far: HowFar) -> Iterator[Finding]:
        count, size = self._archive.all_entry_count, self._pack.file.size
        for index in range(count):
            far.tell(size * index // count, size)
            yield from self._entry(index)
        yield from self._links.findings()
        yield from self._films.findings()

    def _checksum(self) -> Iterator[Finding]:
        try:
            if not self._archive.has_checksum:
                yield Finding("warning", None, "it has no checksum, so damage may go unseen", _MAKE_AGAIN)
            elif not self._pack.checksum_holds():
                yield Finding("error", None, "its checksum is wrong: some of it is damaged", _COPY_AGAIN)
        except (IdeascubeError, *LIBZIM_ERRORS) as error:
            yield Finding("error", None, f"its checksum cannot be read: {_reason(error)}", _COPY_AGAIN)

    def _metadata(self) -> Iterator[Finding]:
        try:
            names = [name for name in self._archive.metadata_keys if not name.startswith("Illustration_")]
            values = {name: self._metadata_value(self._archive.get_metadata_item(name)) for name in names}
            own = values.pop(METADATA_NAME, None)
            yield from metadata_findings(values)
            yield from illustration_findings(self._illustration())
            if own is not None:
                yield from manifest_findings(own, derived_of(self._pack, self._manifest.id), self._exists)
        except (KeyError, IdeascubeError, *LIBZIM_ERRORS) as error:
            yield Finding("error", None, f"its metadata cannot be read: {_reason(error)}", _COPY_AGAIN)

    def _illustration(self) -> bytes | None:
        try:
            return self._metadata_value(self._archive.get_illustration_item(48))
        except KeyError:
            return None

    def _metadata_value(self, item: Item) -> bytes:
        """One byte more than is allowed tells that there is too much."""
        return self._read(item, METADATA_LIMIT + 1) or b""

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
            elif dirent.namespace in "MXW":
                self._read(entry.get_item())
            else:
                yield from self._content(name, entry.get_item())
        except (IdeascubeError, KeyError, *LIBZIM_ERRORS) as error:
            yield Finding("error", name, f"it cannot be read: {_reason(error)}", _COPY_AGAIN)

    def _content(self, name: str, item: Item) -> Iterator[Finding]:
        size, mimetype = item.size, item.mimetype
        self._films.see(name, mimetype)
        yield from share_findings(name, size, self._pack.file.size, self._manifest.kind)
        if mimetype.startswith("text/html"):
            yield from page_findings(name, size)
        head = self._read(item)
        if head is None:
            yield Finding("warning", name, f"it holds {size} bytes and was not read", _MAKE_AGAIN)
        elif size == 0:
            yield Finding("warning", name, "it is empty", _MAKE_AGAIN)
        elif mimetype.startswith("text/html") and size <= PAGE_LIMIT:
            self._see_page(name, decode_html(bytes(item.content)))
        elif mimetype.startswith("image/"):
            yield from picture_findings(name, size, head)

    def _read(self, item: Item, head: int = HEAD_SIZE) -> bytes | None:
        """Read all of it, for its damage, and return its first `head` bytes; None where that takes too much memory."""
        stored = self._layout.stored_range(item._index)  # noqa: SLF001 - libzim's number of the entry
        if stored is not None:
            self._read_through(stored)
            return self._pack.file.read_at(stored.offset, min(head, stored.length))
        if item.size > COMPRESSED_LIMIT:
            return None
        content = item.content
        if item.size and not content:
            raise ValueError("its cluster gives nothing of it")
        return bytes(content[:head])

    def _read_through(self, stored: ByteRange) -> None:
        """In pieces: libzim would map all of a film into memory."""
        for start in range(0, stored.length, _PIECE):
            self._pack.file.read_at(stored.offset + start, min(_PIECE, stored.length - start))

    def _see_page(self, name: str, html: str) -> None:
        self._films.see_page(name, html)
        self._links.see(name, read_page(html).links)
