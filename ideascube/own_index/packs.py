"""The library's packs as documents: who searches for “khan academy” finds the pack. No input or output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from content_packs.manifest import Manifest
from content_packs.store.library import PackRecord
from ideascube.own_index.documents import OwnDocument, Said

FAMILY = "pack"
KIND = "pack"


def pack_documents(packs: Iterable[PackRecord]) -> Iterator[OwnDocument]:
    """One document for each pack that is shown, in all of its languages."""
    return (_document(pack.manifest, pack.aliases) for pack in packs if pack.manifest is not None)


def _document(manifest: Manifest, aliases: Iterable[str]) -> OwnDocument:
    main, *further = _said(manifest)
    names = " ".join((*_tags(manifest), manifest.creator, manifest.publisher, manifest.id, *aliases))
    return OwnDocument(
        f"{FAMILY}:{manifest.id}", manifest.id, "", main.lang, KIND, str(manifest.licence), main.title,
        f"{main.text}\n{names}", also=tuple(further),
    )  # fmt: skip


def _said(manifest: Manifest) -> list[Said]:
    """What it says of itself in each language, the main one first."""
    texts = (manifest.descriptions, manifest.long_descriptions)
    languages = dict.fromkeys((manifest.language, *manifest.titles, *(code for text in texts for code in text)))
    said = [_in(manifest, code) for code in languages if code and code != "und"]
    return said or [Said("", manifest.title, _joined(manifest.description, manifest.long_description))]


def _in(manifest: Manifest, code: str) -> Said:
    is_main = code == manifest.language
    title = manifest.titles.get(code, manifest.title if is_main else "")
    description = manifest.descriptions.get(code, manifest.description if is_main else "")
    return Said(code, title, _joined(description, manifest.long_descriptions.get(code, "")))


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _tags(manifest: Manifest) -> Iterator[str]:
    """Those that people gave; what begins with `_` is for programs."""
    return (tag for tag in manifest.tags if not tag.startswith("_"))
