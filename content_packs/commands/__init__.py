"""`ideascube pack …`: one file per subcommand, imported when it is called, so that `list` does not load the builder.

To add one, write its file and name it in `SUBCOMMANDS`.
"""

from __future__ import annotations

import click

from content_packs.lazy_group import LazyGroup

# The subcommand, its module here, and the name of its command there.
SUBCOMMANDS = {
    "build": ("build", "build"),
    "check": ("check", "check"),
    "diff": ("diff", "diff"),
    "flatten": ("flatten", "flatten_pack"),
    "import": ("import_", "import_"),
    "install": ("install", "install"),
    "list": ("list", "list_packs"),
    "remove": ("remove", "remove"),
    "rollback": ("rollback", "rollback"),
    "show": ("show", "show_pack"),
}


@click.group(cls=LazyGroup, package=__name__, subcommands=SUBCOMMANDS)
def pack() -> None:
    """Build, check, install and look at packs."""
