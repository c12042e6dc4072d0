"""Uploads to a box that is switched off, killed, full, or left alone by the phone in the middle of them."""

from __future__ import annotations

import base64
import hashlib
import os
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from ideascube.box_db.database import box_database
from tests.receiving.phone import UploadingPhone, answer_on, sign_in_on
from tests.support.box import Box, eventually, running_box

PICTURE = Path(__file__).parents[2] / "ideascube" / "demo" / "counting" / "pictures" / "03.png"
# A picture with something behind it, as long as several blocks: what it is, its beginning says.
CONTENT = PICTURE.read_bytes() + bytes(range(256)) * 4000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    with running_box(tmp_path_factory.mktemp("uploads")) as running:
        yield running


@pytest.fixture
def phone(box: Box) -> UploadingPhone:
    return sign_in_on(box)


def kill_workers(box: Box) -> None:
    workers = box.processes("web worker")
    for worker in workers:
        worker.send_signal(signal.SIGKILL)
    psutil.wait_procs(workers, timeout=10)
    eventually(lambda: len(box.processes("web worker")) == len(workers) and box.get("/health").status == 200)


def test_wherever_the_connection_is_cut_what_arrived_is_kept(phone: UploadingPhone):
    place, offset = phone.begin(len(CONTENT)), 0

    for cut in (1, 200_000, len(CONTENT) - 1):
        with phone.sending(place, offset, len(CONTENT) - offset, CONTENT[offset:cut]):
            eventually(lambda cut=cut: phone.came(place) == cut)
        eventually(lambda: phone.ask("HEAD", place).status == 200)  # the box has noticed
        offset = phone.offset(place)
        assert cut == offset
    last = phone.patch(place, offset, CONTENT[offset:])

    assert 204 == last.status
    assert SHA256 == phone.arrived(place)["media"]["id"]


def test_killed_and_switched_off_in_the_middle(box: Box, phone: UploadingPhone):
    content = CONTENT + b"killed"
    place = phone.begin(len(content))

    with phone.sending(place, 0, len(content), content[:300_000]):
        eventually(lambda: phone.came(place) == 300_000)
        kill_workers(box)
    after_kill = phone.offset(place)
    with phone.sending(place, after_kill, len(content) - after_kill, content[after_kill:500_000]):
        eventually(lambda: phone.came(place) == 500_000)
        box.stop()
    box.start()
    after_stop = phone.offset(place)
    phone.patch(place, after_stop, content[after_stop:])

    assert (300_000, 500_000) == (after_kill, after_stop)
    assert hashlib.sha256(content).hexdigest() == phone.arrived(place)["media"]["id"]


def test_of_a_piece_with_a_checksum_nothing_counts_before_it_is_whole(box: Box, phone: UploadingPhone):
    checksum = {"Upload_Checksum": "sha1 " + base64.b64encode(hashlib.sha1(CONTENT).digest()).decode()}
    place = phone.begin(len(CONTENT))

    with phone.sending(place, 0, len(CONTENT), CONTENT[:300_000], **checksum):
        eventually(lambda: phone.came(place) == 300_000)
        kill_workers(box)
    after_kill = (phone.offset(place), phone.came(place))
    whole = phone.patch(place, 0, CONTENT, **checksum)

    assert (0, 300_000) == after_kill
    assert 204 == whole.status
    assert SHA256 == phone.arrived(place)["media"]["id"]


def test_a_full_disk_is_told_and_it_goes_on_when_there_is_room(box: Box, phone: UploadingPhone):
    content = CONTENT + b"full"
    place = phone.begin(len(content))
    before = {worker: worker.rlimit(psutil.RLIMIT_FSIZE) for worker in box.processes("web worker")}
    for worker in before:
        worker.rlimit(psutil.RLIMIT_FSIZE, (600_000, resource.RLIM_INFINITY))

    full = phone.patch(place, 0, content)
    kept = phone.offset(place)
    for worker, limit in before.items():
        worker.rlimit(psutil.RLIMIT_FSIZE, limit)
    after = phone.patch(place, kept, content[kept:])

    assert 507 == full.status
    assert "The box is full. What came is kept, and goes on when there is room again." == full.text
    assert 600_000 == kept
    assert 204 == after.status
    assert hashlib.sha256(content).hexdigest() == phone.arrived(place)["media"]["id"]


def test_more_than_the_disk_has_room_for_is_refused_before_the_first_byte(box: Box, phone: UploadingPhone):
    usage = os.statvfs(box.data)
    if usage.f_bavail * usage.f_frsize > 60 * 4 * 1024**3:
        pytest.skip("this disk has room for more than the uploads of three people")
    begun = []
    for name in ("Amina", "Bilal", "Chidi"):
        other = sign_in_on(box, name=name)
        while (answer := other.ask("POST", "/staff/upload/tus", Upload_Length=4 * 1024**3)).status == 201:
            begun.append((other, answer.headers["Location"]))
        if answer.status == 507:
            break
    for other, place in begun:
        other.ask("DELETE", place)

    assert 507 == answer.status
    assert answer.text.startswith("This file has 4.3\xa0GB, and the box has room for ")


def test_what_was_damaged_or_is_of_no_use_is_refused(phone: UploadingPhone):
    wrong = f"sha256 {base64.b64encode(b'0' * 64).decode()},filename {base64.b64encode(b'well.png').decode()}"
    damaged, program = phone.begin(len(CONTENT), wrong), phone.begin(100)

    phone.patch(damaged, 0, CONTENT)
    phone.patch(program, 0, b"MZ" + bytes(98))

    assert ("refused", "It was damaged on the way. Send it again.") == (
        phone.arrived(damaged)["state"],
        phone.arrived(damaged)["problem"],
    )
    assert "“file” is a program" in phone.arrived(program)["problem"]


def test_the_same_file_twice_is_one_file(box: Box, phone: UploadingPhone):
    places = [phone.begin(len(CONTENT)) for _ in range(2)]

    for place in places:
        phone.patch(place, 0, CONTENT)
    ids = {phone.arrived(place)["media"]["id"] for place in places}

    assert {SHA256} == ids
    with box_database(box.data / "box.db") as connection:
        assert [(1,)] == connection.execute("SELECT count(*) FROM media WHERE id = ?", (SHA256,)).fetchall()


def test_a_file_that_was_taken_in_leaves_nothing_behind(box: Box, phone: UploadingPhone):
    place = phone.begin(len(CONTENT))
    phone.patch(place, 0, CONTENT)
    phone.arrived(place)

    assert eventually(lambda: not phone.came(place))
    assert 1 == (box.data / "media" / SHA256[:2] / SHA256 / "original.png").stat().st_nlink


def test_a_body_that_is_too_long_is_answered_at_once(phone: UploadingPhone):
    place = phone.begin(1000)

    with phone.sending(place, 0, 5000, b"x" * 100) as line:
        answer = answer_on(line)

    assert 413 == answer.status
    assert 0 == phone.offset(place)
