"""A command with subcommands of which each is imported when it is called, so that `list` does not load a builder."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """`package`: where the modules of the subcommands are; `subcommands`: the module there of each, and its command.

    A module is imported too when its help is asked for.
    """

    def __init__(self, *args: Any, package: str, subcommands: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._package, self._subcommands = package, subcommands

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._subcommands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._subcommands:
            return None
        module, name = self._subcommands[cmd_name]
        command: click.Command = getattr(import_module(f"{self._package}.{module}"), name)
        return command
