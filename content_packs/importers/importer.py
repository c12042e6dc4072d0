"""The interface of importers. To add one, write a module with a class that has it; name it in `importing.IMPORTERS`.

An importer recognises what it is given by the names of its files, and makes one of two things of it: a folder that
`ideascube pack build` understands, or a ZIM file as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from content_packs.importers.facts import CONTENT, ILLUSTRATION, Facts, write_pack_yml
from content_packs.importers.guess import complete
from content_packs.importers.picture import make_illustration
from content_packs.importers.samples import read_samples
from content_packs.importers.source import Progress, Source, explained


@dataclass(slots=True)
class Order:
    """What an importer is to do: with which source, into which empty folder.

    `said`: what the person said of it, which goes before all else; `listed`: what a catalogue says of it.
    """

    source: Source
    into: Path
    said: Facts
    listed: Facts
    progress: Progress


@dataclass(slots=True)
class Made:
    """What it made: `zim`, or what `pack build` understands in the order's folder. `notes`: what to tell the person.

    A note says what was guessed, what was left out and why, each a sentence.
    """

    zim: Path | None = None
    notes: list[str] = field(default_factory=list)


class Importer(Protocol):
    """One kind of source."""

    def recognises(self, source: Source) -> bool:
        """Whether it is a source of this kind, by the names of its files and a look into a small one."""

    def convert(self, order: Order) -> Made:
        """Raises BadInput for what is wrong in the source, NoSpace and NotAllowed for what the disk refuses."""


Bring = Callable[[Path], None]


def make_pack_source(order: Order, known: Facts, content: Bring) -> Made:
    """The frame of a folder for `pack build`: content that `content` puts into a folder, and a `pack.yml` beside it."""
    folder = order.into / CONTENT
    try:
        folder.mkdir()
        content(folder)
        samples = read_samples(folder)
        facts, notes = complete(order.said.over(order.listed).over(known), order.source, samples)
        pictures = [sample.picture for sample in samples.samples if sample.picture]
        cut_from = make_illustration(order.source, pictures, facts.title, order.into / ILLUSTRATION)
        write_pack_yml(order.into, facts)
    except OSError as error:
        raise explained(error, error.filename or str(folder)) from error
    return Made(notes=[*order.source.notes, *notes, f"The illustration is {cut_from}."])
