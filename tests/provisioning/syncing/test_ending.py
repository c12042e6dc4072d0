"""The command as a process: asked to stop, killed, started twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from benchmarks.sync.line import Terms, open_line
from provisioning.syncing.spent import read_spent
from provisioning.syncing.state import read_state
from tests.provisioning.syncing.conftest import Field
from tests.provisioning.syncing.running import SyncingBox
from tests.support.box import eventually, ideascube

CRAWLING = Terms(rate=2000, latency=0, between_cuts=None, pause=0)  # some 130 kB a second here


def begin(box: SyncingBox, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "ideascube", "--data", str(box.data.root), "sync", "--probe", "", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def arrived(box: SyncingBox) -> int:
    return sum(file.stat().st_blocks * 512 for file in box.data.arriving.glob("*/data"))


async def test_stopped_by_a_signal_a_page_or_a_kill_it_goes_on_where_it_was(field: Field) -> None:
    await field.organisation.publish(field.pack("film", size=4_000_000))
    with open_line(CRAWLING, seed=1) as line:
        port = line.to(int(field.url.rpartition(":")[2]))
        with line.wide():
            box = await field.box("box", url=f"http://127.0.0.1:{port}")

        first = begin(box)
        eventually(lambda: arrived(box) > 200_000, within=60)
        first.send_signal(signal.SIGTERM)
        first.wait(30)
        after_first, state_after_first = arrived(box), read_state(box.data.sync)

        second = begin(box)
        eventually(lambda: arrived(box) > after_first + 100_000, within=60)
        (box.data.sync / "asked.json").write_text(json.dumps({"format": 1, "do": "stop"}))
        second.wait(30)
        after_second, state_after_second = arrived(box), read_state(box.data.sync)

        third = begin(box)
        eventually(lambda: arrived(box) > after_second + 100_000, within=60)
        other = ideascube("--data", box.data.root, "sync")
        third.kill()
        third.wait(30)
        with line.wide():
            last = begin(box)
            said, _ = last.communicate(timeout=60)

    assert (8, 8, 7) == (first.returncode, second.returncode, other.returncode)
    assert "A sync runs already" in other.stderr
    assert ("stopped", "stopped") == (state_after_first.result, state_after_second.result)
    assert not (box.data.sync / "asked.json").exists()
    assert 0 == last.returncode
    assert "film is installed." in said
    spent = sum(day.total for day in read_spent(box.data.sync).days.values())
    assert spent < 1.05 * 4_060_000 + os.sysconf("SC_PAGE_SIZE")
    assert {"film": "1"} == box.packs


def test_a_traceback_is_never_what_a_person_reads(tmp_path: Path) -> None:
    data = tmp_path / "box"
    data.mkdir()
    (data / "box.yml").write_text("packs: [\n")

    broken = ideascube("--data", data, "sync")
    wrong = ideascube("--data", data, "sync", "--budget", "much")

    assert (2, 2) == (broken.returncode, wrong.returncode)
    for each in (broken, wrong):
        assert "Traceback" not in each.stderr
        assert each.stderr.strip().endswith(".")
