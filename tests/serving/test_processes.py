"""The box's processes: replaced when they crash, stopped without cutting anyone off."""

from __future__ import annotations

import signal
import socket
import threading
import time
from pathlib import Path

import pytest

from tests.support.box import Box, eventually, ideascube, running_box
from tests.support.zims import make_zim


@pytest.mark.parametrize("name", ["web worker", "searcher", "renderer", "jobs"])
def test_a_killed_process_is_replaced(village: Box, name: str) -> None:
    victim = village.processes(name)[0]
    number = len(village.processes(name))

    victim.kill()

    eventually(lambda: len(village.processes(name)) == number and victim.pid not in pids(village, name))
    eventually(lambda: village.content("/content/village/well.html").status == 200)


def pids(box: Box, name: str) -> set[int]:
    return {process.pid for process in box.processes(name)}


def test_requests_survive_the_loss_of_a_worker(village: Box) -> None:
    """Connections that come while a worker is gone wait in its socket for the next one."""
    village.processes("web worker")[0].kill()
    statuses = [village.content("/content/village/well.html").status for _ in range(20)]

    assert statuses == [200] * 20


def test_a_stop_finishes_running_answers(tmp_path: Path) -> None:
    film = bytes(range(256)) * 40_000
    make_zim(tmp_path / "film.zim", {"film": ("video/webm", film)}, title="Film")
    with running_box(tmp_path / "box", tmp_path / "film.zim") as box:
        eventually(lambda: box.content("/content/film/film", Range="bytes=0-0").status == 206)
        received = bytearray()
        reader = threading.Thread(target=download_slowly, args=(box.content_port, "/content/film/film", received))
        reader.start()
        eventually(lambda: len(received) > 500_000)

        status = box.stop()
        reader.join(timeout=20)

        assert status == 0
        assert bytes(received).partition(b"\r\n\r\n")[2] == film


def download_slowly(port: int, path: str, received: bytearray) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: box\r\nConnection: close\r\n\r\n".encode())
        while piece := connection.recv(65536):
            received += piece
            time.sleep(0.01)


def test_stopping_leaves_no_process_behind(tmp_path: Path) -> None:
    with running_box(tmp_path / "box") as box:
        children = box.processes()
        box.stop()

        assert len(children) == 6
        assert not any(child.is_running() for child in children)


def test_children_end_when_the_parent_is_killed(tmp_path: Path) -> None:
    with running_box(tmp_path / "box") as box:
        children = box.processes()
        assert box.process is not None
        box.process.send_signal(signal.SIGKILL)
        box.process.wait()

        eventually(lambda: not any(child.is_running() and child.status() != "zombie" for child in children), 40)


def test_a_taken_port_is_said_in_one_sentence(village: Box, tmp_path: Path) -> None:
    result = ideascube("serve", "--data", tmp_path, "--host", "127.0.0.1", "--port", village.port)

    assert result.returncode == 2
    assert result.stderr.startswith(f"ideascube: Port {village.port} is taken by another program: stop it, or choose")
