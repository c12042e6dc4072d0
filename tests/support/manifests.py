"""Manifests of packs that are only described, from facts in the words of the fields."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from content_packs.manifest import Licence, Manifest, ZimFacts

_BY_LANGUAGE = ("title", "description", "long_description")
_OF_ZIM = {each.name for each in fields(ZimFacts)} - {"languages", "tags"}


def manifest_with(pack_id: str, **facts: Any) -> Manifest:
    """As given, be it right or wrong; texts in the main language, `zim_languages` and `zim_tags` the ZIM's."""
    zim = {name: facts.pop(name) for name in _OF_ZIM & facts.keys()}
    zim |= {name: facts.pop(f"zim_{name}") for name in ("languages", "tags") if f"zim_{name}" in facts}
    main = next(iter(facts.get("languages", ())), "und")
    texts = {"title": pack_id.title()} | {name: facts.pop(name) for name in _BY_LANGUAGE if name in facts}
    facts |= {f"{name}s": {main: text} for name, text in texts.items()}
    if "licence" in facts:
        facts["licence"] = Licence(spdx=facts["licence"])
    if "creator" in facts:
        facts["creators"] = (facts.pop("creator"),)
    return Manifest(id=pack_id, zim=ZimFacts(**zim), **facts)
