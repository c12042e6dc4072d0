"""Which offers and which pack of the box are versions of one and the same pack, across catalogues and renamings.

The same rule as for files (docs/formats/store.md, “Which pack a file belongs to”), over many offers at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from content_packs.manifest import Manifest
from content_packs.store.matching import undated
from provisioning.offers import Offer
from provisioning.planning.keys import plain_uuid
from provisioning.planning.situation import Holding
from provisioning.planning.wishes import Want

_Dated = tuple[str, str, str]


@dataclass(slots=True)
class Known:
    """One pack: what the box has of it, what catalogues offer, and every name that leads to it."""

    id: str
    names: set[str] = field(default_factory=set)
    holding: Holding | None = None
    offers: list[Offer] = field(default_factory=list)

    @property
    def manifests(self) -> list[Manifest]:
        here = [self.holding.manifest] if self.holding else []
        return here + [offer.manifest for offer in self.offers]

    def is_meant(self, want: Want) -> bool:
        names = frozenset(self.names)
        return any(want.means(names, manifest) for manifest in self.manifests)

    def most_particular(self, wants: Sequence[Want]) -> Want | None:
        """Which entry of `box.yml` decides about it: one that names it; else one that wants it absent; else the first
        in the file that fits.
        """
        fitting = [want for want in wants if self.is_meant(want)]
        return min(fitting, key=lambda want: (want.is_pattern, not want.absent, want.line), default=None)


def known_packs(
    holdings: Sequence[Holding], offers: Iterable[Offer], aliases: Mapping[str, str], wants: Iterable[Want]
) -> list[Known]:
    """Each pack that is here or wanted, by id.

    An offer that nobody asked for is let go of at once: a catalogue may have 100,000 of them.
    """
    here, meant = sorted(holdings, key=lambda each: each.id), tuple(wants)
    everything = _Register(aliases, meant, {}, here)
    fitting = sorted(filter(everything.concerns, offers), key=_order)
    register = _Register(aliases, meant, _claims(fitting), here)
    for offer in fitting:
        register.add_offer(offer)
    return sorted(register.packs, key=lambda pack: pack.id)


def _claims(offers: Iterable[Offer]) -> dict[str, set[str]]:
    """By the ids of packs the signed catalogues that offer them."""
    found: dict[str, set[str]] = {}
    for offer in offers:
        if offer.is_signed:
            found.setdefault(offer.id, set()).add(offer.catalogue)
    return found


def _order(offer: Offer) -> tuple[str, ...]:
    manifest = offer.manifest
    return (manifest.id, offer.catalogue, manifest.date, manifest.version, manifest.zim.uuid, str(offer.size))


class _Register:
    """`claims`: which signed catalogues offer a pack by its id. No other one calls a pack of its own by that name."""

    def __init__(
        self,
        aliases: Mapping[str, str],
        wants: tuple[Want, ...],
        claims: Mapping[str, set[str]],
        holdings: Sequence[Holding],
    ) -> None:
        self.packs: list[Known] = []
        self._aliases, self._wants, self._claims = aliases, wants, claims
        self._old: dict[str, list[str]] = {}
        for old, new in aliases.items():
            self._old.setdefault(new, []).append(old)
        self._by_name: dict[str, Known] = {}
        self._by_date: dict[_Dated, Known] = {}
        self._by_uuid: dict[str, Known] = {}
        for holding in holdings:
            self.add_holding(holding)
        for holding in holdings:
            self.add_aliases(holding)

    def add_holding(self, holding: Holding) -> None:
        pack = Known(holding.id, {holding.id, undated(holding.id)}, holding)
        self.packs.append(pack)
        self._by_name[holding.id] = pack
        if uuid := plain_uuid(holding.manifest):
            self._by_uuid.setdefault(uuid, pack)

    def add_aliases(self, holding: Holding) -> None:
        """After all ids, since an id goes before an alias of another pack."""
        pack = self._by_name[holding.id]
        for name in (*holding.aliases, *holding.manifest.aliases):
            if not (holding.is_signed and self._is_of_others(name, holding.catalogue)):
                self._name(pack, name)
        self._date(pack, (holding.id, *holding.aliases), holding.manifest)

    def _is_of_others(self, name: str, catalogue: str) -> bool:
        return bool(self._claims.get(name, set()) - {catalogue})

    def concerns(self, offer: Offer) -> bool:
        names = self._names(offer)
        if self._found(offer) is not None:
            return True
        meant = frozenset(names | {undated(offer.id)})
        return any(want.means(meant, offer.manifest) for want in self._wants)

    def add_offer(self, offer: Offer) -> None:
        pack = self._found(offer)
        if pack is None:
            pack = Known(offer.id)
            self.packs.append(pack)
        pack.offers.append(offer)
        pack.names.add(undated(offer.id))
        for name in self._names(offer):
            self._name(pack, name)
        self._date(pack, (offer.id,), offer.manifest)

    def _found(self, offer: Offer) -> Known | None:
        names = [offer.id, *sorted(self._names(offer) - {offer.id})]
        by_name = (self._by_name[name] for name in names if name in self._by_name)
        return next(by_name, None) or next(self._same_dated(offer), None) or self._same_file(offer)

    def _same_file(self, offer: Offer) -> Known | None:
        """The pack that this very file became: in it stands another id than the catalogue guessed from its name."""
        return self._by_uuid.get(plain_uuid(offer.manifest))

    def _same_dated(self, offer: Offer) -> Iterator[Known]:
        if offer.manifest.zim.name and (key := _dated(offer.id, offer.manifest)) in self._by_date:
            yield self._by_date[key]

    def _names(self, offer: Offer) -> set[str]:
        """An unsigned catalogue may not say that its pack is another one; what a person keeps as an alias may."""
        own = self._allowed(offer, {offer.id, *(offer.manifest.aliases if offer.is_signed else ())})
        new = {self._aliases[name] for name in own if name in self._aliases}
        return self._allowed(offer, own | new | {old for name in own for old in self._old.get(name, ())})

    def _allowed(self, offer: Offer, names: set[str]) -> set[str]:
        if not offer.is_signed:
            return names
        return {name for name in names if name == offer.id or not self._is_of_others(name, offer.catalogue)}

    def _name(self, pack: Known, name: str) -> None:
        if self._by_name.setdefault(name, pack) is pack:
            pack.names.add(name)

    def _date(self, pack: Known, names: Iterable[str], manifest: Manifest) -> None:
        if manifest.zim.name:
            for name in names:
                self._by_date.setdefault(_dated(name, manifest), pack)


def _dated(name: str, manifest: Manifest) -> _Dated:
    return undated(name), manifest.zim.name, manifest.zim.flavour
