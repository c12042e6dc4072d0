"""The first stage of a run: is there a link, and may this run use it? What answers say of it is decided in `link`."""

from __future__ import annotations

from collections.abc import Iterator

import aiohttp

from provisioning.addresses import below, is_here, is_on_web
from provisioning.planning import Metered
from provisioning.syncing.failures import Ended
from provisioning.syncing.link import FOLDER, HALF_OPEN, NONE, OPEN, PATIENCE, PORTAL, Verdict, look
from provisioning.syncing.metered import is_metered
from provisioning.syncing.setting import Setting
from provisioning.syncing.state import LinkState
from provisioning.trust.hub_paths import TIMESTAMP_PATH

_SENTENCES = {
    NONE: ("no-link", "There is no connection: nothing was fetched or sent. The next sync begins when there is one."),
    HALF_OPEN: ("half-open", "There is a connection that takes everything and answers nothing: nothing was fetched."),
}


async def look_at_link(setting: Setting, target: str) -> None:
    """Look, and note what is seen. `target`: where things are to be sent, or empty. Raises Ended where it is no use."""
    state = setting.board.state
    if setting.is_local:
        state.link = LinkState(FOLDER, "no", state.link.rate)
        return
    metered = await is_metered()
    found = await _looked(list(_addresses(setting, target)), setting.asked.probe)
    words = {True: "yes", False: "no", None: "unknown"}
    state.link = LinkState(found.kind, words[metered], state.link.rate)
    _refuse(found)
    if metered and setting.wishes.metered is Metered.NEVER:
        raise Ended("metered", "This link is metered, and box.yml wants nothing over such links.")
    setting.pace.look()


def _addresses(setting: Setting, target: str) -> Iterator[str]:
    """What is going to be asked in this run; of hubs the file that each has."""
    hubs = [setting.place or source.url for source in setting.signed] + ([target] if target else [])
    yield from (below(hub, TIMESTAMP_PATH) for hub in hubs)
    yield from (source.url for source in setting.sources if not source.is_signed)


async def _looked(addresses: list[str], probe: str) -> Verdict:
    """Object stores are asked by their own library, and not looked at; folders need no link."""
    addresses = list(dict.fromkeys(addresses))
    asked = [address for address in addresses if is_on_web(address)]
    if not asked and all(map(is_here, addresses)):
        return Verdict(OPEN)
    async with aiohttp.ClientSession(headers={"User-Agent": "ideascube"}) as client:
        found = await look(client, asked, probe, PATIENCE)
    is_known = found.kind in (OPEN, PORTAL) or len(asked) == len(addresses)
    return found if is_known else Verdict(OPEN)


def _refuse(found: Verdict) -> None:
    if found.kind == PORTAL:
        where = f" It leads to {found.host}." if found.host else ""
        raise Ended("portal", f"This network shows a page to log in to in place of the internet.{where} Log in first.")
    if found.kind in _SENTENCES:
        raise Ended(*_SENTENCES[found.kind])
