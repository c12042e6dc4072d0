"""What the jobs process does for accounts, and the file by which pages know the box's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.box_facts import set_fact
from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.people import add_account
from ideascube.box_db.people_sessions import Phone, begin_session, find_session, moment
from ideascube.live_facts import LiveFacts, facts_file, load_facts
from ideascube.people.boot import this_boot
from ideascube.people.hashing import Hashing
from ideascube.people.keeping import PeopleKeeper
from ideascube.people.rights import Role


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path)
    folder.create()
    return folder


def test_hours_of_running_are_counted_and_sessions_that_lasted_are_gone(data: DataFolder):
    clock = Clock()
    with box_database(data.root / "box.db") as connection, transaction(connection):
        person = add_account(connection, "Amina", Role.MEDIATOR, "-").id
        begin_session(connection, person, Phone("Test"), this_boot())
        own = begin_session(connection, person, Phone("Test", own=True), this_boot())
    keeper = PeopleKeeper(data, clock)
    for clock.now in (1899.0, 1901.0, 1902.0, 1000.0 + 13 * 3600):
        keeper.look()

    with box_database(data.root / "box.db") as connection:
        assert 52 == moment(connection, "").quarter
        assert 1 == connection.execute("SELECT count(*) FROM staff_session").fetchone()[0]
        assert find_session(connection, [own], this_boot())


def test_a_box_without_a_database_gets_none(data: DataFolder):
    clock = Clock()
    keeper = PeopleKeeper(data, clock)
    clock.now += 99_999
    keeper.look()

    assert not (data.root / "box.db").exists()


def test_the_file_of_facts_is_made_again_where_it_is_lost_or_damaged(data: DataFolder):
    clock, live = Clock(), LiveFacts(data)
    with box_database(data.root / "box.db") as connection, transaction(connection):
        set_fact(connection, "name", "مكتبة المخيم")
        set_fact(connection, "languages", "ar fr xx")
    keeper = PeopleKeeper(data, clock)
    keeper.look()
    live.look_again()
    shown = live.name, live.languages
    facts_file(data).write_text("[1, {")
    live.look_again()
    damaged = live.name
    clock.now += 61
    keeper.look()

    assert ("مكتبة المخيم", ("ar", "fr", "xx")) == shown
    assert "" == damaged
    assert "مكتبة المخيم" == load_facts(data)["name"]


async def test_passwords_are_hashed_apart_and_what_is_no_hash_is_nobodys(tmp_path: Path):
    hashing = Hashing(tmp_path / "turns")
    hashed = await hashing.hashed("le puits est profond")
    verdicts = [
        await hashing.verdict(kept, typed)
        for kept, typed in ((hashed, "le puits est profond"), (hashed, "le puits"), ("", "x"), ("-", ""), (hashed, ""))
    ]
    await hashing.close()

    assert [True, False, False, False, False] == [verdict.right for verdict in verdicts]
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
