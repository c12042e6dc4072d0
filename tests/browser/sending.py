"""What a contributor sent to the demo library's box, and what learners flagged: for pages of the workspace to show.

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

_TITLE = "Fabriquer du savon avec de la cendre et de l’huile"
_BODY = "<p>Faites bouillir.</p><h2>Matériel</h2><ul><li>Huile</li></ul>"


def things_sent(box: Box) -> str:
    """The id of one that waits again after an answer; another one was sent back."""
    with box_database(box.data / "box.db") as connection, transaction(connection):
        writer, _ = add_and_begin(connection, Role.CONTRIBUTOR.title(), Role.CONTRIBUTOR)
        reviewer, _ = add_and_begin(connection, Role.MEDIATOR.title(), Role.MEDIATOR)
        _flag(connection)
        _send_and_return(connection, writer, reviewer)
        return _send_again(connection, writer, reviewer)


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
