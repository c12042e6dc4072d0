"""The code by which the person who starts a box for the first time becomes its operator: drawn anew with each start."""

from __future__ import annotations

import logging

from content_packs.errors import IdeascubeError
from content_packs.store.data_folder import DataFolder
from ideascube.box_db.database import NAME, box_database, transaction
from ideascube.box_db.first_start import keep_code
from ideascube.box_db.secret import box_secret
from ideascube.people.passwords import draw_code
from ideascube.people.people import KEY_FILE
from ideascube.people.throttle import setting_up

log = logging.getLogger(__name__)


def first_code(data: DataFolder) -> str:
    """The code to be shown on the console; empty for a box that has an operator, or whose database cannot be used."""
    code = draw_code()
    try:
        key = box_secret(data.root / KEY_FILE)
        with box_database(data.root / NAME) as connection, transaction(connection):
            return code if keep_code(connection, key, code, setting_up("")) else ""
    except IdeascubeError as error:
        log.warning("This box cannot be set up now. %s", error)
        return ""
