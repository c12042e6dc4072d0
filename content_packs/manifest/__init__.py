"""What a pack is, said in one document: docs/formats/pack.md."""

from content_packs.manifest.derive import derive_manifest, kind_of
from content_packs.manifest.licence import read_licence
from content_packs.manifest.model import (
    FORMAT,
    KINDS,
    METADATA_NAME,
    Hashes,
    Layer,
    Licence,
    Manifest,
    Provenance,
    Requirements,
    ZimFacts,
    best_language,
    manifest_text,
    parse_manifest,
)

__all__ = [
    "FORMAT",
    "KINDS",
    "METADATA_NAME",
    "Hashes",
    "Layer",
    "Licence",
    "Manifest",
    "Provenance",
    "Requirements",
    "ZimFacts",
    "best_language",
    "derive_manifest",
    "kind_of",
    "manifest_text",
    "parse_manifest",
    "read_licence",
]
