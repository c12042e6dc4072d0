"""Writing a plan into a ZIM file with libzim. How all ZIM files are made is in `zim.creator`.

Where the file goes and how it takes its place is in `builder`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib import metadata
from pathlib import Path

from libzim.writer import ContentProvider, Creator, StringProvider

from content_packs.build.illustration import illustrations
from content_packs.build.pack_yml import PackSpec
from content_packs.build.plan import Plan
from content_packs.build.planned import PlannedEntry
from content_packs.build.planned_files import PlannedFiles
from content_packs.build.progress import Reporter, Tell
from content_packs.check.link_rules import PackLinks
from content_packs.languages import to_iso639_3
from content_packs.links import decode_html, read_page
from content_packs.manifest import METADATA_NAME, Manifest, manifest_text, read_licence
from content_packs.zim.creator import Frame, IndexedItem, Metadata, UnsearchableItem, ZimItem, zim_creator
from content_packs.zim.index_text import PageIndexData
from content_packs.zim.titles import indexable_title


def write_zim(zim: Path, spec: PackSpec, plan: Plan, tell: Tell | None) -> list[str]:
    """Write the whole ZIM file at `zim` and return the warnings, such as links that lead nowhere.

    Raises BadInput where a source cannot be read, NoSpace where the disk is full; then `zim` is not to be used.
    """
    frame = Frame(to_iso639_3(spec.language), tuple(_metadata(spec, plan)), plan.main)
    files = PlannedFiles(Reporter(sum(entry.size for entry in plan.entries), tell))
    with zim_creator(zim, frame) as creator:
        warnings = _add_entries(creator, plan, files)
        files.done("", 0)
    files.raise_first_error()
    return warnings


def _metadata(spec: PackSpec, plan: Plan) -> Iterator[Metadata]:
    for name, value in zim_metadata(spec).items():
        yield Metadata(name, value.encode())
    yield Metadata(METADATA_NAME, manifest_text(pack_manifest(spec, plan)).encode(), "application/json")
    for size, picture in illustrations(spec.illustration).items():
        yield Metadata(f"Illustration_{size}x{size}@1", picture, "image/png")


def _add_entries(creator: Creator, plan: Plan, files: PlannedFiles) -> list[str]:
    links = PackLinks(plan.paths.__contains__)
    for entry in plan.entries:
        files.raise_first_error()
        if entry.path in plan.twins:
            creator.add_alias(entry.path, indexable_title(entry.title or ""), plan.twins[entry.path], {})
            files.done(entry.path, entry.size)
            continue
        raw = files.html(entry)
        if raw is None:
            creator.add_item(_item(ZimItem, entry, entry.title or "", partial(files.provider, entry)))
            continue
        page = read_page(decode_html(raw))
        title = page.title if entry.title is None else entry.title
        creator.add_item(_page_item(entry, title or entry.path, raw))
        files.done(entry.path, entry.size)
        links.see(entry.path, page.links)
    for redirect in plan.redirects:
        creator.add_redirection(redirect.path, indexable_title(redirect.title), redirect.target, {})
    return [finding.sentence for finding in links.findings()]


def _item(kind: type[ZimItem], entry: PlannedEntry, title: str, provide: Callable[[], ContentProvider]) -> ZimItem:
    return kind(entry.path, indexable_title(title), entry.mimetype, provide, front=entry.front)


def _page_item(entry: PlannedEntry, title: str, raw: bytes) -> ZimItem:
    provide = partial(StringProvider, raw)
    if entry.text is None:
        return _item(ZimItem if entry.searchable else UnsearchableItem, entry, title, provide)
    found_by = PageIndexData(title, decode_html(raw), entry.text.read_text(encoding="utf-8"))
    return IndexedItem(
        entry.path, indexable_title(title), entry.mimetype, provide, index_data=found_by, front=entry.front
    )


def zim_metadata(spec: PackSpec) -> dict[str, str]:
    """The ZIM's metadata but its illustration, each under the name of the ZIM specification.

    Source: https://wiki.openzim.org/wiki/Metadata
    """
    found = {
        "Name": spec.id,
        "Title": spec.title[spec.language],
        "Description": spec.description[spec.language],
        "LongDescription": spec.long_description.get(spec.language, ""),
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
        long_descriptions=spec.long_description,
        languages=spec.languages,
        mains=plan.mains or {spec.language: plan.main},
        kind=spec.kind,
        version=spec.version,
        date=date,
        licence=read_licence(spec.licence),
        creators=(spec.creator,),
        publisher=spec.publisher,
        source=spec.source,
        tags=spec.tags,
        aliases=spec.aliases,
        audience=spec.audience,
        provenance=spec.provenance,
    )


def _version() -> str:
    try:
        return metadata.version("ideascube")
    except metadata.PackageNotFoundError:
        return "from source"
