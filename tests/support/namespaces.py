"""Network namespaces: a program in one sees its link to this machine, and nothing else of any network."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Namespace:
    """`host`: the address at which this machine is reached from inside. `inside`: what a command is put behind."""

    host: str = HOST
    inside: tuple[str, ...] = ()


@contextlib.contextmanager
def namespaces(count: int) -> Iterator[list[Namespace]]:
    """So many of them where that is allowed (as root, with `ip`); elsewhere places on this machine's loopback."""
    if not _are_allowed():
        yield [Namespace()] * count
        return
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(_namespace(number)) for number in range(count)]


def _are_allowed() -> bool:
    if os.geteuid() != 0 or shutil.which("ip") is None:
        return False
    name = f"ics-try-{os.getpid()}"
    tried = subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False)
    if tried.returncode == 0:
        _ip("netns", "delete", name)
    return tried.returncode == 0


@contextlib.contextmanager
def _namespace(number: int) -> Iterator[Namespace]:
    name = f"ics{number}-{os.getpid()}"
    near, far = f"v{os.getpid()}n{number}", f"v{os.getpid()}f{number}"
    net = f"10.203.{os.getpid() % 256}.{4 * number}".rsplit(".", 1)[0]
    host, box = f"{net}.{4 * number + 1}", f"{net}.{4 * number + 2}"
    _ip("netns", "add", name)
    try:
        _ip("link", "add", near, "type", "veth", "peer", "name", far, "netns", name)
        _ip("address", "add", f"{host}/30", "dev", near)
        _ip("link", "set", near, "up")
        _ip("-n", name, "address", "add", f"{box}/30", "dev", far)
        for device in ("lo", far):
            _ip("-n", name, "link", "set", device, "up")
        yield Namespace(host, ("ip", "netns", "exec", name))
    finally:
        _ip("netns", "delete", name)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], capture_output=True, check=True)
