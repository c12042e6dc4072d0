"""An entry of an OPDS feed as an offer. Rules only."""

from __future__ import annotations

from dataclasses import replace

from content_packs.errors import BadInput
from content_packs.languages import base_language, to_bcp47
from content_packs.manifest import Manifest, derive_manifest
from content_packs.pack_id import id_from_filename, is_pack_id
from provisioning.catalogues.atom import Entry
from provisioning.catalogues.naming import id_of_address, stable_id
from provisioning.catalogues.safe_addresses import believed
from provisioning.offers import Offer

_METALINK = ".meta4"
_TEXTS = {
    "Title": "title", "Description": "summary", "Language": "language", "Creator": "author", "Publisher": "publisher",
    "Name": "name", "Flavour": "flavour",
}  # fmt: skip
_SHOWN = 80  # characters of a title in a sentence


def offer_of(entry: Entry, catalogue: str, page: str) -> Offer:
    """The offer of `entry` on the page at that address. Raises BadInput with the reason for what cannot be had."""
    links = [(address, length) for href, length in entry.links if (address := believed(href, page, has_sum=False))]
    if not links:
        raise BadInput(f"{_called(entry)}: {_why_without(entry)}")
    dated = id_of_address(links[0][0]) or _id_of_name(entry)
    pack_id = stable_id(dated)
    if not is_pack_id(pack_id):
        raise BadInput(f"{_called(entry)}: it has no name that a pack can have. It is left out.")
    metalink = next((address for address, _ in links if address.endswith(_METALINK)), "")
    addresses = tuple(dict.fromkeys(address.removesuffix(_METALINK) for address, _ in links))
    manifest = _manifest(entry, pack_id, dated)
    size = max(length for _, length in links)
    return Offer(catalogue, manifest, addresses, size, is_exact=False, metalink=metalink)


def is_in(offer: Offer, languages: tuple[str, ...]) -> bool:
    """Whether the pack is in one of the languages; any will do where none is named. Not every server filters."""
    wanted = {base_language(to_bcp47(code)) for code in languages}
    return not wanted or any(base_language(code) in wanted for code in offer.manifest.languages)


def _manifest(entry: Entry, pack_id: str, dated: str) -> Manifest:
    metadata = {name: entry.text(field) for name, field in _TEXTS.items()}
    metadata |= {"Date": (entry.text("issued") or entry.text("updated"))[:10], "Tags": _tags(entry)}
    manifest = derive_manifest(
        pack_id,
        metadata,
        uuid=entry.text("id").removeprefix("urn:uuid:"),
        articles=_count(entry.text("articleCount")),
        media=_count(entry.text("mediaCount")),
    )
    return replace(manifest, aliases=(dated,) if dated != pack_id else ())


def _tags(entry: Entry) -> str:
    tags, category = entry.text("tags"), entry.text("category")
    return tags if "_category:" in tags or not category else f"{tags};_category:{category}"


def _id_of_name(entry: Entry) -> str:
    """`wikipedia_fr_all` and `maxi`, as Kiwix names the file of both."""
    name, flavour = entry.text("name"), entry.text("flavour")
    return id_from_filename("_".join(filter(None, (name, flavour)))) if name else ""


def _why_without(entry: Entry) -> str:
    if not entry.links:
        return "the catalogue says no address where it can be had. It is left out."
    return f"its address “{entry.links[0][0][:200]}” is none that may be used. It is left out."


def _called(entry: Entry) -> str:
    title = " ".join((entry.text("title") or entry.text("name") or "An entry without a title").split())
    return f"“{title[:_SHOWN]}”"


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 12 else 0
