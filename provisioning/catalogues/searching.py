"""Looking for packs in what catalogues last said. Nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from content_packs.languages import base_language, to_bcp47
from content_packs.store.data_folder import DataFolder
from content_packs.store.library import load_library
from content_packs.store.matching import Identity, same_pack
from content_packs.store.occupants import identity_of as identity_of_record
from provisioning.catalogues.cache_file import cache_path, open_cache
from provisioning.catalogues.deciding import settle
from provisioning.catalogues.naming import identity_of
from provisioning.catalogues.search_text import search_words
from provisioning.catalogues.sources import Source, sources
from provisioning.offers import Offer


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: each of the `words` begins a word of the pack; empty: any. Languages as BCP 47."""

    text: str = ""
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    catalogue: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An offer, and the id by which its pack is installed here, or empty."""

    offer: Offer
    installed: str


def offers(data: DataFolder, catalogues: Iterable[str] = ()) -> Iterator[Offer]:
    """All that the catalogues last said, or those of these names; one by one, since there may be very many.

    What a person accepted counts. Raises BadInput where the list of catalogues is damaged.
    """
    named = set(catalogues)
    for source in sources(data):
        if not named or source.name in named:
            yield from offers_of(data, source)


def offers_of(data: DataFolder, source: Source, words: Iterable[str] = ()) -> Iterator[Offer]:
    if not cache_path(data.sync, source.name).exists():
        return
    with open_cache(data.sync, source) as cache:
        settle(data, source, cache)
        yield from cache.offers(words)


def search(data: DataFolder, asked: Asked) -> Iterator[Found]:
    """What of all catalogues matches, catalogue by catalogue, by id."""
    here = [identity_of_record(record) for record in load_library(data.library_file).packs]
    words = search_words(asked.text)
    for source in sources(data):
        if asked.catalogue in ("", source.name):
            for offer in offers_of(data, source, words):
                if matches(offer, asked):
                    yield Found(offer, _installed(offer, here))


def matches(offer: Offer, asked: Asked) -> bool:
    """Whether language and kind are among those that are asked for."""
    languages = {base_language(to_bcp47(code)) for code in asked.languages}
    in_language = not languages or any(base_language(code) in languages for code in offer.manifest.languages)
    return in_language and (not asked.kinds or offer.manifest.kind in asked.kinds)


def _installed(offer: Offer, here: list[Identity]) -> str:
    found = same_pack(identity_of(offer), here)
    return found.id if found else ""
