"""The text by which an offer is found: folded, so that what is typed on any keyboard finds it."""

from __future__ import annotations

import regex

from content_packs.text.folding import fold
from provisioning.offers import Offer

_BETWEEN = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
_LIMIT = 8000  # characters


def search_text(offer: Offer) -> str:
    """Every word of title, description, id, aliases and maker, each with a space before it."""
    manifest = offer.manifest
    names = (offer.id, *manifest.aliases, manifest.zim.name, manifest.creator, manifest.publisher)
    texts = (*manifest.titles.values(), *manifest.descriptions.values(), *names, *manifest.tags)
    return f" {' '.join(search_words(' '.join(texts)[:_LIMIT]))}"


def search_words(typed: str) -> list[str]:
    """The words of what was typed, folded."""
    return [word for word in _BETWEEN.split(fold(typed)) if word]
