"""The unit files and the hook of NetworkManager in deploy/."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[3] / "deploy"
HOOK = DEPLOY / "networkmanager" / "90-ideascube-sync"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze (Debian's systemd)")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for name in ("ideascube-sync.service", "ideascube-sync.timer"):
        text = (DEPLOY / "systemd" / name).read_text()
        (tmp_path / name).write_text(text.replace("/opt/ideascube/bin/ideascube", sys.executable))

    units = [str(path) for path in tmp_path.iterdir()]
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, timeout=60, check=False
    )

    assert "" == checked.stderr
    assert 0 == checked.returncode


def started(tmp_path: Path, *arguments: str, **environment: str) -> str:
    """What the hook has systemctl do when NetworkManager calls it so."""
    told = tmp_path / "told"
    program = tmp_path / "systemctl"
    program.write_text(f'#!/bin/sh\necho "$@" >> {told}\n')
    program.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    subprocess.run([str(HOOK), *arguments], env={"PATH": path, **environment}, timeout=10, check=True)
    return told.read_text() if told.exists() else ""


@pytest.mark.parametrize(
    "arguments", [("wwan0", "up"), ("wlan1", "connectivity-change"), ("none", "connectivity-change")]
)
def test_a_connection_that_appears_starts_one_sync(tmp_path: Path, arguments: tuple[str, str]) -> None:
    assert "start --no-block ideascube-sync.service\n" == started(tmp_path, *arguments, CONNECTIVITY_STATE="FULL")


@pytest.mark.parametrize(
    ("arguments", "state"),
    [
        (("wwan0", "down"), "FULL"),
        (("lo", "up"), "FULL"),
        (("wwan0", "connectivity-change"), "NONE"),
        (("wwan0", "dhcp4-change"), ""),
    ],
)
def test_nothing_else_does(tmp_path: Path, arguments: tuple[str, str], state: str) -> None:
    assert "" == started(tmp_path, *arguments, CONNECTIVITY_STATE=state)
