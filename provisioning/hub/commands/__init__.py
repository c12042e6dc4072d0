"""`ideascube hub …`: one file per subcommand, imported when it is called.

To add one, write its file and name it in `SUBCOMMANDS`.
"""

from __future__ import annotations

import click

from content_packs.lazy_group import LazyGroup

# The subcommand, its module here, and the name of its command there.
SUBCOMMANDS = {
    "collect": ("collect", "collect"),
    "enrol": ("enrol", "enrol"),
    "init": ("init", "init"),
    "list": ("list", "list_hub"),
    "publish": ("publish", "publish_packs"),
    "report": ("report", "report"),
    "rotate": ("rotate", "rotate_keys"),
    "unlock": ("unlock", "unlock"),
    "withdraw": ("withdraw", "withdraw"),
}


@click.group(cls=LazyGroup, package=__name__, subcommands=SUBCOMMANDS)
def hub() -> None:
    """Publish packs to a hub, from where boxes get them, and collect what boxes made."""
