"""`ideascube catalog …`: one file per subcommand, imported when it is called.

To add one, write its file and name it in `SUBCOMMANDS`.
"""

from __future__ import annotations

from importlib import import_module

import click

# The subcommand, its module here, and the name of its command there.
SUBCOMMANDS = {
    "accept": ("decide", "accept_command"),
    "add": ("add", "add"),
    "list": ("list", "list_catalogues"),
    "refresh": ("refresh", "refresh_command"),
    "refuse": ("decide", "refuse_command"),
    "remove": ("remove", "remove"),
    "search": ("search", "search_command"),
}


class LazyGroup(click.Group):
    """A group that imports a subcommand's module only when it is called or its help is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in SUBCOMMANDS:
            return None
        module, name = SUBCOMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"{__name__}.{module}"), name)
        return command


@click.group(cls=LazyGroup)
def catalog() -> None:
    """Say which catalogues packs come from, and look into them."""
