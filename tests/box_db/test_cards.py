"""Learners' cards in the database: hashes only, bounded, throttled, erased without a trace, faded by counted days."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from content_packs.errors import NoSpace
from content_packs.store.data_folder import DataFolder
from ideascube.box_db import card_deeds, cards
from ideascube.box_db.card_deeds import Box
from ideascube.box_db.card_places import MOST_PLACES, places_of, put_place
from ideascube.box_db.cards import MOST_PHONES, Keys
from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.days import count_day, days_so_far
from ideascube.progress.card_tries import entering, taking
from ideascube.progress.fading import CardKeeper
from ideascube.progress.pictures import PICTURES, new_keys
from ideascube.progress.places import Place

KEY = b"k" * 32
PHONE = "10.0.0.7"
FILM = Place("film", "water", "films/wells.mp4", 65, 300, "Digging a well", "2026-11-24")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    with box_database(tmp_path / "box.db") as connection:
        yield Box(connection, KEY, now=1_000_000)


def take(box: Box, *places: Place) -> card_deeds.Opened:
    return card_deeds.take(box, taking(PHONE), new_keys, places)


def enter(box: Box, pictures: str, address: str = PHONE) -> card_deeds.Opened:
    return card_deeds.enter_by_pictures(box, entering(address), pictures, ())


def on(box: Box, token: str) -> list[Place] | None:
    found = card_deeds.places(box, token)
    return None if found is None else found.places


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


def test_a_card_opens_by_its_pictures_and_by_its_secret(box: Box):
    taken = take(box, FILM)
    assert taken.keys is not None

    by_pictures = enter(box, taken.keys.pictures)
    by_secret = card_deeds.enter_by_secret(box, taken.keys.secret, ())

    assert 3 == len({taken.token, by_pictures.token, by_secret.token})
    assert [[FILM]] * 3 == [on(box, opened.token) for opened in (taken, by_pictures, by_secret)]


def test_nothing_that_opens_a_card_is_on_the_disk(box: Box, tmp_path: Path):
    taken = take(box, FILM)
    assert taken.keys is not None

    written = bytes_of(tmp_path)

    assert b"Digging a well" in written
    for secret in (taken.keys.pictures, taken.keys.secret, taken.token, PHONE):
        assert secret.encode() not in written


def test_pictures_are_drawn_from_all_of_them(box: Box):
    drawn = {picture for _ in range(300) for picture in new_keys().pictures.split()}

    assert set(PICTURES) == drawn
    assert 36 == len(PICTURES)


def test_pictures_of_another_card_are_drawn_anew(box: Box):
    several = iter([Keys("sun " * 5, "a"), Keys("sun " * 5, "b"), Keys("cat " * 5, "c")])

    first = card_deeds.take(box, taking(PHONE), lambda: next(several), ())
    second = card_deeds.take(box, taking(PHONE), lambda: next(several), ())

    assert [Keys("sun " * 5, "a"), Keys("cat " * 5, "c")] == [first.keys, second.keys]


def test_another_key_opens_nothing(box: Box):
    taken = take(box)
    assert taken.keys is not None
    other = replace(box, key=b"o" * 32)

    assert "" == enter(other, taken.keys.pictures).token
    assert on(other, taken.token) is None


def test_a_thousand_guesses_of_one_phone_find_nothing_even_where_one_is_right(box: Box):
    taken = take(box)
    assert taken.keys is not None

    guesses = [enter(box, f"guess {number}") for number in range(999)]
    right = enter(box, taken.keys.pictures)

    assert 40 == sum(guess.wait == 0 for guess in guesses)
    assert ("", True) == (right.token, right.wait > 0)
    assert enter(box, taken.keys.pictures, "10.0.0.8").token
    assert card_deeds.enter_by_secret(box, taken.keys.secret, ()).token


def test_a_thousand_guesses_of_a_thousand_phones_find_nothing(box: Box):
    taken = take(box)
    assert taken.keys is not None

    guesses = [enter(box, f"guess {number}", f"10.0.{number % 256}.{number // 256}") for number in range(1000)]
    later = replace(box, now=box.now + 900)

    assert 120 == sum(guess.wait == 0 for guess in guesses)
    assert 0 < enter(box, taken.keys.pictures, "10.9.9.9").wait <= 900
    assert enter(later, taken.keys.pictures, "10.9.9.9").token


def test_a_right_card_between_wrong_ones_forgives_nothing(box: Box):
    taken = take(box)
    assert taken.keys is not None

    for number in range(40):
        enter(box, f"guess {number}")
        enter(box, taken.keys.pictures)

    assert enter(box, "guess 41").wait > 0


def test_a_clock_set_back_locks_nobody_out_for_longer(box: Box):
    for number in range(60):
        enter(box, f"guess {number}")
    years_ago = replace(box, now=1000)

    wait = enter(years_ago, "guess").wait

    assert 0 < wait <= 900
    assert 0 == enter(replace(box, now=1000 + wait), "guess").wait


def test_addresses_of_tries_are_bounded(box: Box, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ideascube.box_db.tries._MOST", 10)
    for number in range(50):
        enter(replace(box, now=box.now + number), "guess", f"10.0.0.{number}")

    assert 12 == box.connection.execute("SELECT count(*) FROM wrong_try").fetchone()[0]


def test_thirty_cards_are_taken_at_once_behind_one_address(box: Box):
    assert all(take(box).token for _ in range(30))


def test_leaving_closes_one_phone_alone(box: Box):
    taken = take(box, FILM)
    assert taken.keys is not None
    other = enter(box, taken.keys.pictures)

    card_deeds.leave(box, taken.token)

    assert on(box, taken.token) is None
    assert [FILM] == on(box, other.token)


def test_new_pictures_close_the_card_on_other_phones_and_the_old_ones_open_nothing(box: Box):
    taken = take(box, FILM)
    assert taken.keys is not None
    other = enter(box, taken.keys.pictures)

    renewed = card_deeds.renew(box, taken.token, new_keys)

    assert renewed.keys is not None
    assert [None, None, [FILM]] == [on(box, opened.token) for opened in (taken, other, renewed)]
    assert "" == enter(box, taken.keys.pictures).token
    assert "" == card_deeds.enter_by_secret(box, taken.keys.secret, ()).token
    assert enter(box, renewed.keys.pictures).token


def test_what_is_erased_is_nowhere_on_the_disk(box: Box, tmp_path: Path):
    taken, stays = take(box, FILM), take(box, replace(FILM, title="Boiling"))
    assert taken.keys is not None

    card_deeds.erase(box, taken.token)

    assert on(box, taken.token) is None
    assert on(box, stays.token) is not None
    assert "" == enter(box, taken.keys.pictures).token
    written = bytes_of(tmp_path)
    assert b"Digging" not in written
    assert b"Boiling" in written


def test_a_card_erased_elsewhere_takes_nothing_more(box: Box):
    taken = take(box)
    assert taken.keys is not None
    other = enter(box, taken.keys.pictures)

    card_deeds.erase(box, other.token)

    assert not card_deeds.note(box, taken.token, FILM)
    assert not card_deeds.forget(box, taken.token, FILM.key)
    assert "" == card_deeds.renew(box, taken.token, new_keys).token
    assert (0, 0, 0) == tuple(
        box.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("card", "card_phone", "card_place")
    )


def test_a_card_holds_a_bounded_number_of_places(box: Box):
    card = cards.add_card(box.connection, KEY, new_keys())
    assert card is not None
    with transaction(box.connection):
        for number in range(MOST_PLACES + 50):
            put_place(box.connection, card, replace(FILM, path=f"{number}.mp4"))
            if number == 0:
                put_place(box.connection, card, replace(FILM, kind="kept"))
    places = places_of(box.connection, card)

    assert MOST_PLACES == len(places)
    assert "kept" == places[0].kind
    assert f"{MOST_PLACES + 49}.mp4" == places[-1].path


def test_phones_are_bounded(box: Box):
    taken = take(box)
    assert taken.keys is not None

    later = [enter(box, taken.keys.pictures) for _ in range(MOST_PHONES)]

    assert on(box, taken.token) is None
    assert all(on(box, opened.token) == [] for opened in later)


def test_cards_are_bounded_and_empty_ones_make_room(box: Box, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cards, "MOST_CARDS", 3)
    empty, full = take(box), take(box, FILM)
    take(box, FILM)

    new = take(box, FILM)

    assert on(box, empty.token) is None
    assert [FILM] == on(box, full.token) == on(box, new.token)
    with pytest.raises(NoSpace, match="erase some that nobody uses"):
        take(box)


def keeper(folder: Path, days: int, dates: Iterator[str]) -> CardKeeper:
    return CardKeeper(DataFolder(folder), days, lambda: next(dates))


def test_a_card_fades_when_the_box_ran_without_it_for_so_many_days(box: Box, tmp_path: Path):
    unused, used = take(box, FILM), take(box, FILM)
    keeping = keeper(tmp_path, 3, (f"2026-11-{day}" for day in range(10, 30)))
    for _ in range(4):
        keeping.look()
        card_deeds.note(box, used.token, FILM)

    assert on(box, unused.token) is None
    assert [FILM] == on(box, used.token)


@pytest.mark.parametrize(
    "dates",
    [
        ["2026-11-24", "2041-01-01", "2026-11-25"],  # it jumped to the future for an hour
        ["1970-01-01", "2026-11-24", "1970-01-01", "2026-11-24"] * 200,  # it starts wrong each time
        ["2026-11-24"] * 1000,  # it stands still
    ],
)
def test_a_wrong_clock_erases_nothing(box: Box, tmp_path: Path, dates: list[str]):
    taken = take(box, FILM)
    keeping = keeper(tmp_path, 10, iter(dates))
    for _ in dates:
        keeping.look()

    assert [FILM] == on(box, taken.token)


def test_looking_at_what_is_on_a_card_is_use(box: Box):
    taken = take(box)
    count_day(box.connection, "2026-11-25")

    before = card_deeds.places(box, taken.token)
    card_deeds.use(box, taken.token)
    after = card_deeds.places(box, taken.token)

    assert before is not None
    assert after is not None
    assert (False, True) == (before.used_today, after.used_today)


def test_days_are_counted_once_and_the_oldest_are_forgotten(box: Box, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ideascube.box_db.days._KEPT", 3)
    for day in ("1", "2", "2", "1", "3", "4", "5"):
        count_day(box.connection, day)

    assert 5 == days_so_far(box.connection)
    assert 3 == box.connection.execute("SELECT count(*) FROM box_day").fetchone()[0]


def test_a_box_that_nobody_used_gets_no_database(tmp_path: Path):
    keeper(tmp_path, 3, iter(["2026-11-24"])).look()

    assert [] == list(tmp_path.iterdir())


def test_a_damaged_database_stops_nothing_and_is_tried_again_later(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    (tmp_path / "box.db").write_text("no database " * 500)
    keeping = keeper(tmp_path, 3, (f"day {number}" for number in count()))
    for _ in range(5):
        keeping.look()

    assert 1 == len(caplog.messages)
    assert "box.db is damaged" in caplog.text


def test_the_released_schema_is_brought_up_with_what_is_in_it(tmp_path: Path):
    released = (ROOT / "ideascube/box_db/migrations/0001.sql").read_text()
    with sqlite3.connect(tmp_path / "box.db") as old:
        old.executescript(released)
        old.execute("INSERT INTO unfound VALUES (x'00', x'01', 3, 1, 'solar oven', 2)")
        old.execute("PRAGMA user_version = 1")

    with box_database(tmp_path / "box.db") as connection:
        assert [("solar oven", 3)] == connection.execute("SELECT text, days FROM unfound").fetchall()
        assert take(Box(connection, KEY, 0), FILM).token
