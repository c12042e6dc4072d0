"""Which addresses a catalogue may have, and which of those that it names are believed.

Rules only. A catalogue that anyone can change on its way may name anything: a file of this machine, a script, the page
that restarts the router. What is fetched from the address that remains is checked by its sum, where there is one.
"""

from __future__ import annotations

import ipaddress

from content_packs.errors import BadInput
from provisioning.addresses import WEB, host_of, join, shown, split

_LOCAL_ENDINGS = (".local", ".lan", ".home.arpa", ".internal", ".localhost")
_LONGEST = 4000  # characters


def is_local(host: str) -> bool:
    """Whether the host is this machine or one of its own network, by its number or by its name alone."""
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return bool(host) and ("." not in host or host.endswith(_LOCAL_ENDINGS))
    return number.is_private or number.is_loopback or number.is_link_local


def refuse_unreadable(address: str, *, plain_http: bool) -> None:
    """Raise BadInput for an address from which no catalogue is read; `plain_http`: as the operator allowed."""
    scheme, host = split(address).scheme, host_of(address)
    if not host:
        raise BadInput(f"“{shown(address)[:200]}” is no address: give one that begins with https://.")
    if scheme == "https":
        return
    if scheme != "http":
        raise BadInput(f"“{shown(address)[:200]}” cannot be read: addresses of catalogues begin with https://.")
    if not is_local(host):
        raise BadInput(
            f"{shown(address)} is not encrypted, so that anyone on the way can change it: give its https:// address."
        )
    if not plain_http:
        raise BadInput(
            f"{shown(address)} is not encrypted: anyone in the same network can change it. "
            "Give --plain-http if you trust that network."
        )


def believed(link: str, catalogue: str, *, has_sum: bool) -> str:
    """The whole address of a `link` in the catalogue at the address `catalogue`, or empty where it is not to be used.

    `has_sum`: whether the catalogue says the file's SHA-256, so that it does not matter by whom it comes.
    """
    address = join(catalogue, link.strip())
    scheme, host = split(address).scheme, host_of(address)
    if scheme not in WEB or not host or len(address) > _LONGEST or "@" in split(address).netloc:
        return ""
    if address == catalogue:
        return ""  # an empty link
    from_outside = not is_local(host_of(catalogue))
    if is_local(host) and from_outside:
        return ""  # what lies in the box's own network is no business of a catalogue on the internet
    is_safe = scheme == "https" or has_sum or split(catalogue).scheme == "http"
    return address if is_safe else ""
