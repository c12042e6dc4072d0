"""The command `ideascube`: finds its subcommands by entry points, and says failures in one sentence.

A subcommand's module is imported when it is called, so that a short command starts quickly.
"""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint, entry_points

import click

from content_packs.errors import IdeascubeError
from content_packs.zip_names import printable

_GROUP = "ideascube.commands"


class InstalledCommands(click.Group):
    """A group whose commands are what the installed packages register."""

    def _found(self) -> dict[str, EntryPoint]:
        return {point.name: point for point in entry_points(group=_GROUP)}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._found())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        point = self._found().get(cmd_name)
        command: click.Command | None = point.load() if point else None
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the subcommand; what people can cure is said in one sentence on standard error."""
        try:
            return super().invoke(ctx)
        except IdeascubeError as error:
            click.echo(f"ideascube: {printable(str(error))}", err=True)
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            sys.exit(130)


@click.group(cls=InstalledCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", metavar="DIR", envvar="IDEASCUBE_DATA", default="data", help="The data folder (default: data).")
@click.version_option(package_name="ideascube")
def main(data: str) -> None:
    """An offline library and media server."""
    # Each command takes `data` from here by `content_packs.data_option`.
