"""Three boxes that change one text at any time, and parcels that come in any order, late, twice: nothing is lost."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pytest

from ideascube.box_db.creations import change_state
from ideascube.box_db.sharing import load_both, put_together
from ideascube.creations.model import fields_of
from ideascube.creations.states import Deed
from ideascube.sharing.gradual_sum import GradualSums
from ideascube.writing.conflicts import decided
from tests.creations.making import AMINA, fields
from tests.sharing.boxes import SharingBox, a_box, exchange, name_on

STEPS = 40


class Journey:
    """`mail`: every parcel that ever left a box, with what it said."""

    def __init__(self, root: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.boxes = [a_box(root, name) for name in ("Agadez", "Bria", "Kakuma")]
        self.creation = self.boxes[0].shared(fields(body="<p>Water.</p>"))
        self.name = name_on(self.boxes[0], self.creation)
        self.words: list[str] = []
        self.mail: list[tuple[SharingBox, dict[str, Any], bytes]] = []
        for box in self.boxes[1:]:
            exchange(self.boxes[0], box)
            box.share(self.creation)

    def change(self, box: SharingBox) -> None:
        word = f"Word {len(self.words)}."
        self.words.append(word)
        box.change(self.creation, body=f"{box.newest(self.creation).body}<p>{word}</p>")

    def send(self, box: SharingBox) -> None:
        box.pack()
        parcel = box.parcels().get(f"creation.{self.name}.json")
        if parcel is not None:
            self.mail.append((box, parcel, (box.data.root / parcel["files"][0]["path"]).read_bytes()))

    def deliver(self, box: SharingBox) -> None:
        """Any of them, an old one or one that came before too."""
        if self.mail:
            sender, parcel, document = self.chance.choice(self.mail)
            (box.data.inbox / "files").mkdir(parents=True, exist_ok=True)
            (box.data.inbox / "parcels").mkdir(parents=True, exist_ok=True)
            (box.data.inbox / "files" / hashlib.sha256(document).hexdigest()).write_bytes(document)
            path = box.data.inbox / "parcels" / f"{sender.id}.creation.{self.name}.json"
            path.write_text(json.dumps({**parcel, "accepted": True}))
            box.take_in()

    def merge(self, box: SharingBox) -> None:
        """As a mediator does who keeps both of everything."""
        while (both := box.do(load_both, self.creation)) is not None:
            merged = decided(both.base, fields_of(both.newest), both.other.fields, lambda name: "both")
            box.do(put_together, both, merged, AMINA)
        box.do(change_state, self.creation, Deed.PUBLISH, box.newest(self.creation).version)

    def settle(self) -> None:
        """Everybody puts together what there is, one after the other, and all get what came of it."""
        for _ in range(3):
            for box in self.boxes:
                self.merge(box)
                for other in self.boxes:
                    if other is not box:
                        exchange(box, other)


@pytest.mark.parametrize("seed", range(2))
def test_no_word_is_lost_and_all_agree_in_the_end(tmp_path: Path, seed: int):
    journey = Journey(tmp_path, seed)
    for _ in range(STEPS):
        deed = journey.chance.choice([journey.change, journey.send, journey.deliver, journey.deliver, journey.merge])
        deed(journey.chance.choice(journey.boxes))
    journey.settle()

    bodies = [box.newest(journey.creation).body for box in journey.boxes]
    assert len(journey.words) > 2
    assert [[]] * 3 == [box.others(journey.creation) for box in journey.boxes]
    assert [[]] * 3 == [[word for word in journey.words if word not in body] for body in bodies]
    assert bodies[0] == bodies[1] == bodies[2]
    assert [[]] * 3 == [box.refused() for box in journey.boxes]


def test_a_large_file_is_summed_in_steps_and_anew_where_it_changed(tmp_path: Path):
    sums, film = GradualSums(step=0), tmp_path / "film.mp4"
    film.write_bytes(bytes(3_000_000))
    first, second = sums.sum_of(film), sums.sum_of(film)
    film.write_bytes(bytes(2_500_000))
    later = [sums.sum_of(film) for _ in range(4)]

    assert (None, None) == (first, second)
    assert hashlib.sha256(bytes(2_500_000)).hexdigest() == later[-1]
    assert None is later[0]
