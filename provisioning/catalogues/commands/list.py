"""`ideascube catalog list`: which catalogues were added, how they are, and what waits for a decision."""

from __future__ import annotations

import json
from typing import Any

import click
import msgspec

from content_packs.commands.text import human_size, say
from content_packs.data_option import data_option
from content_packs.store.data_folder import DataFolder
from provisioning.addresses import without_secrets
from provisioning.catalogues.cache_file import cache_path, open_cache
from provisioning.catalogues.commands.refresh import packs
from provisioning.catalogues.deciding import REFUSED, settle
from provisioning.catalogues.sources import Source, sources
from provisioning.decisions import HeldBack, read_decisions


@click.command("list")
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_catalogues(data: DataFolder, as_json: bool) -> None:
    """List the catalogues that were added, and what waits for your decision."""
    known = [_facts(data, source) for source in sources(data)]
    held = [each for each in read_decisions(data.sync).held_back if each.decision != "accepted"]
    if as_json:
        document = {"catalogues": known, "held_back": msgspec.to_builtins(held)}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    if not known:
        say("There is no catalogue here yet: `ideascube catalog add NAME URL` adds one.")
    for facts in known:
        _tell(facts)
    for each in held:
        _tell_held(each)


def _facts(data: DataFolder, source: Source) -> dict[str, Any]:
    facts: dict[str, Any] = {
        **msgspec.to_builtins(source),
        "url": without_secrets(source.url),
        "signed": source.is_signed,
    }
    if not cache_path(data.sync, source.name).exists():
        return facts | {"packs": 0, "refreshed": "", "failed": "", "problems": []}
    with open_cache(data.sync, source) as cache:
        settle(data, source, cache)
        return facts | {
            "packs": cache.count(),
            "refreshed": cache.fact("refreshed"),
            "failed": cache.fact("failed"),
            "problems": list(cache.problems()),
        }


def _tell(facts: dict[str, Any]) -> None:
    signed = "signed" if facts["signed"] else "not signed"
    when = f"asked on {facts['refreshed'][:10]}" if facts["refreshed"] else "never read yet"
    say(f"{facts['name']}  {packs(facts['packs'])}, {signed}, {when}")
    say(f"  {facts['url']}")
    if facts.get("languages"):
        say(f"  only {', '.join(facts['languages'])}")
    if facts["failed"]:
        say(f"  The last time it could not be read: {facts['failed']}")
    elif facts["problems"]:
        more = f" And {len(facts['problems']) - 1} more: `--json`." if len(facts["problems"]) > 1 else ""
        say(f"  {facts['problems'][0]}{more}")


def _tell_held(held: HeldBack) -> None:
    name = f"{held.catalogue} {held.id}".strip()
    decided = "refused" if held.decision == REFUSED else "waits for you"
    say(f"{name}  {decided}: {sentence(held)}")
    if held.decision != REFUSED:
        say(f"  `ideascube catalog accept {name}` follows it, `ideascube catalog refuse {name}` keeps what was there.")


def sentence(held: HeldBack) -> str:
    """What shrank, and by how much."""
    if not held.id:
        return f"it lists {held.entries_now} packs where it had {held.entries_before}"
    size = f"{human_size(held.size_now)} where it had {human_size(held.size_before)}"
    entries = f"{held.entries_now} entries where it had {held.entries_before}"
    return f"“{held.title}” has {size}, {entries}" if held.entries_before else f"“{held.title}” has {size}"
