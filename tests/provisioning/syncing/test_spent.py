import datetime
from pathlib import Path

from provisioning.syncing.spent import NAME, Meter, Spent, read_spent

MIB = 1024 * 1024
FIRST, SECOND = datetime.date(2026, 11, 1), datetime.date(2026, 11, 2)


def test_a_month_is_the_sum_of_its_days() -> None:
    spent = Spent().with_more(datetime.date(2026, 10, 31), 5, 0).with_more(FIRST, 100, 20).with_more(SECOND, 1, 2)

    assert 120 == spent.of_day(FIRST)
    assert 123 == spent.of_month(SECOND)


def test_only_the_last_days_are_kept() -> None:
    spent = Spent()
    for number in range(100):
        spent = spent.with_more(FIRST + datetime.timedelta(number), 1, 0)

    assert 62 == len(spent.days)
    assert 0 == spent.of_day(FIRST)
    assert 1 == spent.of_day(FIRST + datetime.timedelta(99))


def test_bytes_are_on_the_disk_after_a_mebibyte_and_at_the_end(tmp_path: Path) -> None:
    with Meter(tmp_path, lambda: FIRST) as meter:
        meter.count_in(MIB - 1)
        before = read_spent(tmp_path)
        meter.count_out(1)
        after = read_spent(tmp_path)
        meter.count_in(7)

    assert 0 == before.of_day(FIRST)
    assert MIB == after.of_day(FIRST)
    assert MIB + 7 == read_spent(tmp_path).of_day(FIRST)


def test_runs_of_one_day_add_up(tmp_path: Path) -> None:
    for _ in range(3):
        with Meter(tmp_path, lambda: FIRST) as meter:
            meter.count_in(10)

    assert 30 == meter.spent.of_day(FIRST)
    assert 10 == meter.incoming


def test_midnight_begins_a_new_day(tmp_path: Path) -> None:
    days = [FIRST]
    with Meter(tmp_path, lambda: days[0]) as meter:
        meter.count_in(10)
        meter.write()
        days[0] = SECOND
        meter.count_in(5)

    assert (10, 5) == (read_spent(tmp_path).of_day(FIRST), read_spent(tmp_path).of_day(SECOND))


def test_a_file_that_is_not_ours_counts_as_nothing(tmp_path: Path) -> None:
    for content in (b"", b"{", b'{"format": 9, "days": {}}', b'{"format": 1, "days": {"2026-11-01": 7}}', b"\xff\xfe"):
        (tmp_path / NAME).write_bytes(content)

        assert Spent() == read_spent(tmp_path)
