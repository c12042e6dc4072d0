"""The servers that pages are compared with: kiwix-serve with the same packs, and Kolibri, just installed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.servers import HOST, KiwixServe, Server, free_ports

_VERSION = "0.19.5"
_SETTINGS = {"allow_guest_access": True}
_SETUP_WITHIN = 600  # seconds


class NoPeerError(Exception):
    """A server to compare with cannot be had here; the text says why."""


class Kolibri(Server):
    """Kolibri with one facility, which lets everyone look, and no channel: the least that its library can be."""

    def __init__(self, program: Path, home: Path) -> None:
        port, content_port = free_ports(2)
        self.articles = self.searches = f"http://{HOST}:{port}"
        options = {"LISTEN_ADDRESS": HOST, "HTTP_PORT": port, "ZIP_CONTENT_PORT": content_port, "ZEROCONF_ENABLED": 0}
        settings = [f"KOLIBRI_{name}={value}" for name, value in (options | {"HOME": home}).items()]
        super().__init__("env", *settings, str(program), "start", "--foreground")

    def article(self, pack: str, path: str) -> str:
        raise NotImplementedError("it has no packs")

    @property
    def library(self) -> str:
        return f"{self.articles}/en/learn/#/library"


def kolibri(cache: Path, work: Path) -> Kolibri:
    """Installed below `cache` in an environment of its own, set up in `work`. Raises NoPeerError where it cannot be."""
    folder, home = cache / f"kolibri-{_VERSION}", work / "kolibri"
    program = folder / "bin" / "kolibri"
    if not program.exists():
        _run(sys.executable, "-m", "venv", str(folder))
        _run(str(folder / "bin" / "pip"), "install", "--quiet", f"kolibri=={_VERSION}")
    home.mkdir()
    settings = home / "settings.json"
    settings.write_text(json.dumps(_SETTINGS))
    _run("env", f"KOLIBRI_HOME={home}", str(program), "manage", "provisiondevice", "--facility", "Library",
         "--preset", "informal", "--superusername", "admin", "--superuserpassword", "not-a-secret",
         "--language_id", "en", "--device_settings", str(settings), "--noinput")  # fmt: skip
    return Kolibri(program, home)


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=_SETUP_WITHIN)
    except (subprocess.SubprocessError, OSError) as error:
        said = getattr(error, "stderr", None) or str(error)
        raise NoPeerError(f"Kolibri: `{' '.join(command[:4])} …` failed: {said.strip()[-400:]}") from error


class Kiwix(KiwixServe):
    """kiwix-serve: its welcome page lists the packs; an article has its bar, which is its viewer."""

    def __init__(self, packs: Sequence[Path]) -> None:
        super().__init__(packs)
        self.welcome = f"{self.articles}/"
