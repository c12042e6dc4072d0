"""`ideascube serve`: the box's server."""

from __future__ import annotations

import click

from content_packs.data_option import data_option
from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder
from ideascube.commands.network_options import network_options
from ideascube.settings import MIB, Settings, default_cache_size, default_workers


@click.command()
@data_option
@network_options
@click.option("--domain", metavar="NAME", help="The box's own host name, needed with --content-domain.")
@click.option(
    "--content-domain", metavar="NAME", help="Give each pack a host of its own below NAME, which the DNS answers for."
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=default_workers, show_default="the cores, 2 to 4",
    help="How many processes answer pages.",
)  # fmt: skip
@click.option(
    "--searchers", type=click.IntRange(1, 64), default=2, show_default=True, help="How many processes search."
)
@click.option(
    "--cache-size", metavar="MIB", type=click.IntRange(4, 65536), show_default="a sixteenth of the memory, 32 to 96",
    help="Memory for pages kept ready, of all workers together.",
)  # fmt: skip
@click.option(
    "--search-deadline", metavar="SECONDS", type=click.FloatRange(0.1, 60), default=2.0, show_default=True,
    help="After this time a search shows what it has.",
)  # fmt: skip
@click.option(
    "--index-limit", metavar="MIB", type=click.IntRange(1, 2**30), show_default="a tenth of the disk, at most 8 GB",
    help="Disk space for the indexes that the box makes by itself.",
)  # fmt: skip
@click.option(
    "--count-unfound/--no-count-unfound", default=True, show_default=True,
    help="Count searches that find little, for `ideascube stats`; nobody can be known by them.",
)  # fmt: skip
@click.option(
    "--card-days", metavar="DAYS", type=click.IntRange(1, 3650), default=365, show_default=True,
    help="Erase a learner's card that was not used on so many days on which the box ran.",
)  # fmt: skip
def serve(
    data: DataFolder,
    domain: str | None,
    content_domain: str | None,
    cache_size: int | None,
    index_limit: int | None,
    **rest: object,
) -> None:
    """Serve the library on this machine's network."""
    from ideascube.server import run_server

    _check_domains(domain, content_domain)
    size = cache_size * MIB if cache_size else default_cache_size()
    limit = (index_limit or 0) * MIB
    run_server(Settings(data, domain=domain, content_domain=content_domain, cache_size=size, index_limit=limit, **rest))  # type: ignore[arg-type]


def _check_domains(domain: str | None, content_domain: str | None) -> None:
    if (domain is None) != (content_domain is None):
        raise BadInput("--domain and --content-domain go together: give both, or neither.")
    if domain and content_domain and (_lies_in(domain, content_domain) or _lies_in(content_domain, domain)):
        raise BadInput(
            f"One of the names {domain} (--domain) and {content_domain} (--content-domain) lies below the other, "
            "so that packs could set cookies for the app: choose two that stand side by side."
        )


def _lies_in(name: str, domain: str) -> bool:
    return f".{name}".endswith(f".{domain}")
