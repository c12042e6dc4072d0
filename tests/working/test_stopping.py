"""Rests that end when a process is asked to end, and not for any other signal."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import psutil

PROGRAM = """
from ideascube.stopping import is_stopping, rest, stop_on_sigterm
stop_on_sigterm()
print("rests", flush=True)
rest(100)
assert is_stopping()
rest(100)
"""


def test_a_rest_ends_when_the_process_is_asked_to_end() -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.2)
        process.terminate()

        assert 0 == process.wait(timeout=60)


def test_another_signal_ends_no_rest_and_no_rest_spins() -> None:
    handled = "import signal\nsignal.signal(signal.SIGUSR1, lambda *_: None)\n"
    program = PROGRAM.replace("print", handled + "print", 1)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        for _ in range(3):
            time.sleep(0.1)
            process.send_signal(signal.SIGUSR1)
        time.sleep(0.2)

        assert process.poll() is None
        used = psutil.Process(process.pid).cpu_times()
        time.sleep(0.5)
        assert used == psutil.Process(process.pid).cpu_times()
        process.terminate()
        assert 0 == process.wait(timeout=60)
