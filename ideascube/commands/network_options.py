"""Where to listen: the options that `serve` and `demo` share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

_PORT = click.IntRange(1, 65535)
_OPTIONS = (
    click.option("--host", metavar="H", default="0.0.0.0", show_default=True, help="The address to listen on."),  # noqa: S104
    click.option("--port", type=_PORT, default=8080, show_default=True, help="The app's port."),
    click.option("--content-port", type=_PORT, default=8081, show_default=True, help="The packs' port."),
)


def network_options(command: Command) -> Command:
    """Give a command the arguments `host`, `port` and `content_port`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
