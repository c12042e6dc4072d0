"""The option `--data`, which may stand before or after a subcommand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder

Command = TypeVar("Command", bound=Callable[..., Any])


def _resolve(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> DataFolder:
    given = value or ctx.find_root().params.get("data") or "data"
    try:
        return DataFolder(Path(given).expanduser().resolve())
    except (RuntimeError, OSError) as error:
        raise BadInput(f"The data folder {given} cannot be found: {error}. Give another one with --data.") from error


def data_option(command: Command) -> Command:
    """Give a command the argument `data`, a DataFolder: its own `--data`, else the one before it, else `./data`."""
    option = click.option(
        "--data",
        metavar="DIR",
        callback=_resolve,
        help="The data folder, also set by IDEASCUBE_DATA (default: ./data).",
    )
    return option(command)
