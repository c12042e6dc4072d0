"""What a contributor sent to the demo library's box, what learners flagged, and what a sync did there: for pages of the
workspace to show.

Nothing of it is published, so that the pages of learners stay as they are.
"""

from __future__ import annotations

from sqlite3 import Connection

from ideascube.box_db.creations import change_state, new_creation, save_version
from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.flags import add_flag
from ideascube.box_db.reviews import give_answer
from ideascube.creations.model import Consent
from ideascube.creations.states import Deed
from ideascube.people.rights import Person, Role
from ideascube.reviewing.answers import Answer
from ideascube.reviewing.flags import Flag, Page
from tests.creations.making import fields
from tests.support.box import Box
from tests.support.staff import add_and_begin
from tests.syncing.files import HELD, decisions, state

_TITLE = "Fabriquer du savon avec de la cendre et de l’huile"
_BODY = "<p>Faites bouillir.</p><h2>Matériel</h2><ul><li>Huile</li></ul>"


def things_sent(box: Box) -> str:
    """The id of one that waits again after an answer; another one was sent back."""
    _sync(box)
    with box_database(box.data / "box.db") as connection, transaction(connection):
        writer, _ = add_and_begin(connection, Role.CONTRIBUTOR.title(), Role.CONTRIBUTOR)
        reviewer, _ = add_and_begin(connection, Role.MEDIATOR.title(), Role.MEDIATOR)
        _flag(connection)
        _send_and_return(connection, writer, reviewer)
        return _send_again(connection, writer, reviewer)


def _sync(box: Box) -> None:
    """The last run, which ended with almost everything that one can."""
    steps = [
        {"id": "sky", "title": "The sky", "what": "delta", "bytes": 4000, "state": "done"},
        {"id": "eau", "title": "منظومة المياه", "what": "pack", "bytes": 19_000_000, "state": "unfinished"},
    ]
    state(
        box.data / "sync",
        result="unfinished",
        started="2026-11-24T18:00:00Z",
        ended="2026-11-24T18:40:00Z",
        last_success="2026-11-17T18:00:00Z",
        steps=steps,
        left_out=[{"id": "film", "title": "Le puits", "code": "budget"}, {"id": "x", "why": "It has no words here."}],
        problems=[{"code": "line-lost", "sentence": "The connection to hub.example.org ended.", "about": "eau"}],
        warnings=[{"code": "enrol", "sentence": "The hub does not know it."}],
        budget={"day": 50_000_000, "spent_today": 20_000_000, "spent_month": 190_000_000, "left": 30_000_000},
        outgoing={"objects": 3, "objects_total": 9, "bytes": 2_500_000, "bytes_total": 9_000_000},
        box="0123456789abcdef",
    )
    decisions(box.data / "sync", held_back=[HELD], refused=[{"about": "évil.zim", "sentence": "It is not signed."}])


def _send_again(connection: Connection, writer: Person, reviewer: Person) -> str:
    said = {"kind": "sheet", "language": "fr", "licence": "", "consent": Consent("missing")}
    sheet = new_creation(connection, fields(_TITLE, _BODY, **said), writer)
    change_state(connection, sheet, Deed.SUBMIT, 1)
    give_answer(connection, sheet, reviewer, Answer("return", 1, "Bien ! Combien d’huile ?"))
    save_version(connection, sheet, 1, fields(_TITLE, _BODY.replace("Huile", "Huile, 2 litres"), **said), writer)
    change_state(connection, sheet, Deed.SUBMIT, 2)
    return sheet


def _send_and_return(connection: Connection, writer: Person, reviewer: Person) -> None:
    said = fields("الأرنب والبئر", "<p>كان يا ما كان.</p>", kind="story", language="ar")
    story = new_creation(connection, said, writer)
    change_state(connection, story, Deed.SUBMIT, 1)
    give_answer(connection, story, reviewer, Answer("return", 1, "جميل. أضف نهاية."))


def _flag(connection: Connection) -> None:
    page = Page("safe-water", "boil.fr.html", "Faire bouillir l’eau")
    add_flag(connection, b"k" * 32, "10.0.0.1", 0, Flag(page, "wrong", "Ma tante dit cinq minutes."))
