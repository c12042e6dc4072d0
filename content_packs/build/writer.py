"""Writing a plan into a ZIM file with libzim. Only here is libzim's writer called.

Where the file goes and how it takes its place is in `builder`.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from pathlib import Path

from libzim.writer import Blob, ContentProvider, Creator, FileProvider, Hint, Item, StringProvider

from content_packs.build.file_types import is_compressible
from content_packs.build.illustration import illustrations
from content_packs.build.pack_yml import PackSpec
from content_packs.build.plan import HTML, Plan, PlannedEntry
from content_packs.build.quiet import silent_output
from content_packs.build.title_list import add_title_list
from content_packs.check.link_rules import link_findings
from content_packs.errors import BadInput, IdeascubeError, NoSpace
from content_packs.languages import to_iso639_3
from content_packs.links import decode_html, read_page
from content_packs.manifest import METADATA_NAME, Manifest, manifest_text, read_licence

# Bytes: docs/decisions/0017-clusters-of-256-kib.md
CLUSTER_SIZE = 256 * 1024
HTML_LIMIT = 64 * 1024 * 1024  # bytes; a larger page is put in unread
_NO_SPACE_LEFT = 1024 * 1024
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is, in bytes of its sources; `path` is the entry at work, empty while indexes are written."""

    done: int
    total: int
    path: str


class Reporter:
    """Counts what is done and tells it. Called from libzim's threads as well."""

    def __init__(self, total: int, tell: Callable[[Progress], None] | None) -> None:
        self._total = total
        self._tell = tell
        self._done = 0
        self._lock = threading.Lock()

    def add(self, size: int, path: str) -> None:
        with self._lock:
            self._done += size
            if self._tell is not None:
                self._tell(Progress(self._done, self._total, path))


class _CountedFile(FileProvider):  # type: ignore[misc,unused-ignore]
    """Gives a file in pieces, so that a film of any size takes little memory."""

    def __init__(self, file: Path, path: str, reporter: Reporter) -> None:
        super().__init__(file)
        self._file, self._path, self._reporter = file, path, reporter

    def gen_blob(self) -> Generator[Blob]:
        with self._file.open("rb") as opened:
            while piece := opened.read(_PIECE):
                yield Blob(piece)
                self._reporter.add(len(piece), self._path)
        yield Blob(b"")


class _ZimItem(Item):  # type: ignore[misc,unused-ignore]
    """One entry. libzim asks twice for the provider of what it indexes, and reads each to its end."""

    def __init__(self, entry: PlannedEntry, title: str, provide: Callable[[], ContentProvider]) -> None:
        super().__init__()
        self._entry, self._title, self._provide = entry, title, provide

    def get_path(self) -> str:
        return self._entry.path

    def get_title(self) -> str:
        return self._title

    def get_mimetype(self) -> str:
        return self._entry.mimetype

    def get_contentprovider(self) -> ContentProvider:
        return self._provide()

    def get_hints(self) -> dict[Hint, int]:
        return {Hint.FRONT_ARTICLE: self._entry.front, Hint.COMPRESS: is_compressible(self._entry.mimetype)}


class _UnsearchableItem(_ZimItem):
    """An entry that stays out of the full-text index: having no index data at all says so to libzim."""

    def get_indexdata(self) -> None:
        return None


def write_zim(zim: Path, spec: PackSpec, plan: Plan, tell: Callable[[Progress], None] | None) -> list[str]:
    """Write the whole ZIM file at `zim` and return the warnings, such as links that lead nowhere.

    Raises BadInput where a source cannot be read, NoSpace where the disk is full; then `zim` is not to be used.
    """
    pictures = illustrations(spec.illustration)
    try:
        warnings = _write(zim, spec, plan, pictures, Reporter(sum(entry.size for entry in plan.entries), tell))
        add_title_list(zim)
    except (RuntimeError, OSError, ValueError, OverflowError) as error:
        raise _explained(error, zim) from error
    return warnings


def _write(zim: Path, spec: PackSpec, plan: Plan, pictures: dict[int, bytes], reporter: Reporter) -> list[str]:
    creator = Creator(zim)
    creator.config_verbose(False).config_clustersize(CLUSTER_SIZE).config_indexing(True, to_iso639_3(spec.language))
    creator.config_nbworkers(os.cpu_count() or 1).set_mainpath(plan.main)
    creator.__enter__()
    # First of all: libzim's binding holds the interpreter's lock in add_illustration, and once clusters are waiting to
    # be written that waits for threads which need the lock.
    for name, value in zim_metadata(spec).items():
        creator.add_metadata(name, value)
    creator.add_metadata(METADATA_NAME, manifest_text(pack_manifest(spec, plan)), "application/json")
    for size, picture in pictures.items():
        creator.add_illustration(size, picture)
    warnings = _add_entries(creator, plan, reporter)
    reporter.add(0, "")
    # Only a build that got this far is finished: libzim drops what it has where the creator is merely let go.
    with silent_output():
        creator.__exit__(None, None, None)
    return warnings


def _add_entries(creator: Creator, plan: Plan, reporter: Reporter) -> list[str]:
    warnings: list[str] = []
    paths = plan.paths
    for entry in plan.entries:
        if entry.path in plan.twins:
            creator.add_alias(entry.path, entry.title or "", plan.twins[entry.path], {})
            reporter.add(entry.size, entry.path)
            continue
        raw = _html(entry)
        if raw is None:
            creator.add_item(_ZimItem(entry, entry.title or "", partial(_provider, entry, reporter)))
            continue
        page = read_page(decode_html(raw))
        title = page.title if entry.title is None else entry.title
        kind = _ZimItem if entry.searchable else _UnsearchableItem
        creator.add_item(kind(entry, title or entry.path, partial(StringProvider, raw)))
        reporter.add(entry.size, entry.path)
        found = link_findings(entry.path, page.links, paths.__contains__)
        warnings.extend(finding.sentence for finding in found)
    for redirect in plan.redirects:
        creator.add_redirection(redirect.path, redirect.title, redirect.target, {})
    return warnings


def _html(entry: PlannedEntry) -> bytes | None:
    """The HTML of a page, which is small, or None for everything else."""
    if callable(entry.content):
        return entry.content().encode() if entry.mimetype == HTML else None
    return entry.content.read_bytes() if entry.mimetype == HTML and entry.size <= HTML_LIMIT else None


def _provider(entry: PlannedEntry, reporter: Reporter) -> ContentProvider:
    if callable(entry.content):
        return StringProvider(entry.content())
    return _CountedFile(entry.content, entry.path, reporter)


def zim_metadata(spec: PackSpec) -> dict[str, str]:
    """The ZIM's metadata but its illustration, each under the name of the ZIM specification.

    Source: https://wiki.openzim.org/wiki/Metadata
    """
    found = {
        "Name": spec.id,
        "Title": spec.title[spec.language],
        "Description": spec.description[spec.language],
        "LongDescription": spec.long_description,
        "Language": ",".join(dict.fromkeys(to_iso639_3(code) for code in spec.languages)),
        "Creator": spec.creator,
        "Publisher": spec.publisher,
        "Date": spec.date.isoformat(),
        "License": spec.licence,
        "Source": spec.source,
        "Tags": ";".join([*spec.tags, f"_category:{spec.kind}", "_ftindex:yes"]),
        "Scraper": f"ideascube {_version()}",
    }
    return {name: value for name, value in sorted(found.items()) if value}


def pack_manifest(spec: PackSpec, plan: Plan) -> Manifest:
    """What pack.yml says, and each language's first page (docs/formats/pack.md)."""
    date = spec.date.isoformat()
    return Manifest(
        id=spec.id,
        titles=spec.title,
        descriptions=spec.description,
        long_descriptions={spec.language: spec.long_description} if spec.long_description else {},
        languages=spec.languages,
        mains=plan.mains or {spec.language: plan.main},
        kind=spec.kind,
        version=date,
        date=date,
        licence=read_licence(spec.licence),
        creators=(spec.creator,),
        publisher=spec.publisher,
        source=spec.source,
        tags=spec.tags,
    )


def _version() -> str:
    try:
        return metadata.version("ideascube")
    except metadata.PackageNotFoundError:
        return "from source"


def _explained(error: Exception, zim: Path) -> IdeascubeError:
    """What to say of a failure: libzim says only in words what went wrong; a full disk is known by the disk."""
    if shutil.disk_usage(zim.parent).free < _NO_SPACE_LEFT:
        return NoSpace(f"The disk that holds {zim.parent.parent} is full: make room, then build again.")
    reason = " ".join(str(error).split())[:300]
    return BadInput(f"The pack could not be written: {reason}. See that no file changes meanwhile, then build again.")
