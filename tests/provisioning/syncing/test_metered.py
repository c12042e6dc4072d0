from pathlib import Path

import pytest

from provisioning.syncing.metered import is_metered


@pytest.fixture
def busctl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of that name that the test writes, first where programs are looked for."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path / "busctl"


def say(program: Path, script: str) -> None:
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


@pytest.mark.parametrize(
    ("expected", "said"), [(True, "u 1"), (False, "u 2"), (True, "u 3"), (False, "u 4"), (None, "u 0"), (None, "s x")]
)
async def test_what_networkmanager_knows(busctl: Path, expected: bool | None, said: str) -> None:
    say(busctl, f'case "$*" in *org.freedesktop.NetworkManager*Metered) echo "{said}";; esac')

    assert expected is await is_metered()


async def test_without_networkmanager_nobody_knows(busctl: Path) -> None:
    say(busctl, 'echo "The name is not activatable" >&2; exit 1')

    assert await is_metered() is None


async def test_without_busctl_nobody_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert await is_metered() is None
