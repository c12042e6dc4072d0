"""`ideascube catalog …`: one file per subcommand, imported when it is called.

To add one, write its file and name it in `SUBCOMMANDS`.
"""

from __future__ import annotations

import click

from content_packs.lazy_group import LazyGroup

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


@click.group(cls=LazyGroup, package=__name__, subcommands=SUBCOMMANDS)
def catalog() -> None:
    """Say which catalogues packs come from, and look into them."""
