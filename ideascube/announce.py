"""What the console says when the box is ready: its address, a square code that a phone's camera reads, and for a box
that nobody set up yet the code that does.
"""

from __future__ import annotations

import io
import socket
import time

import click
import segno

from ideascube.people.first_code import first_code
from ideascube.settings import Settings

_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - what means "all addresses", not an address to listen on
_LOOK_FIRST = 3.0  # seconds
_ANY_OTHER_MACHINE = ("192.0.2.1", 9)  # RFC 5737: documentation only; nothing is sent to choose a way there


def announce(settings: Settings, *, with_code: bool = False) -> None:
    """Print the address at which people find the box; with its QR code, for those who hold a phone."""
    _await_library(settings)
    address = reachable_address(settings)
    if with_code:
        picture = io.StringIO()
        segno.make(address, micro=False).terminal(picture, compact=True)
        click.echo(picture.getvalue())
    click.echo(f"The library is at {address} (Ctrl+C ends it)")
    if code := first_code(settings.data):
        click.echo(f"To set up this box: {address}staff/first, code {code}")


def _await_library(settings: Settings) -> None:
    """Whoever follows the address at once should see packs: a box that starts for the first time looks at them."""
    until = time.monotonic() + _LOOK_FIRST
    while not settings.data.library_file.exists() and time.monotonic() < until:
        time.sleep(0.05)


def reachable_address(settings: Settings) -> str:
    """The app's address for other machines of the network, or this machine's own where there is no network."""
    host = settings.domain or (_own_address() if settings.host in _EVERYWHERE else settings.host)
    return f"http://{host}/" if settings.port == 80 else f"http://{host}:{settings.port}/"


def _own_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ANY_OTHER_MACHINE)
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
