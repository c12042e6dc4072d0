"""A folder or archive whose maker wrote a `pack.yml`: it is what `pack build` takes, and stays as it is."""

from __future__ import annotations

from content_packs.build.pack_yml import FILE_NAME, read_pack_yml
from content_packs.errors import BadInput
from content_packs.importers.importer import Made, Order
from content_packs.importers.source import Source, bring_all


class PackFolder:
    """Source of a pack."""

    def recognises(self, source: Source) -> bool:
        return FILE_NAME in source.files

    def convert(self, order: Order) -> Made:
        if not order.said.is_empty:
            raise BadInput(f"{order.source.name} has a {FILE_NAME}, which says what it is: change it there.")
        bring_all(order.source, {path: order.into / path for path in order.source.files}, order.progress)
        _refuse_elsewhere(order)
        return Made(notes=list(order.source.notes))


def _refuse_elsewhere(order: Order) -> None:
    """An archive of somebody else must not bring what lies on this disk into a pack."""
    spec = read_pack_yml(order.into)
    for field, path in (("content", spec.content), ("illustration", spec.illustration)):
        if not path.resolve().is_relative_to(order.into.resolve()):
            raise BadInput(
                f"{order.source.name}: “{field}” in its {FILE_NAME} leads out of it: put all files into it, "
                "or use `ideascube pack build`."
            )
