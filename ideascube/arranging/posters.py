"""What stands on a poster: an address as a square code, and what to do with it, in some languages. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from content_packs.languages import direction
from ideascube.web.i18n import translations

LONGEST_TYPED = 48  # characters of an address that somebody types from a wall
MOST_LANGUAGES = 4
LONGEST_WIFI = 64  # characters; an SSID has at most 32 bytes


class Size(StrEnum):
    """How large, and how many on a sheet."""

    A4 = "a4"
    A5 = "a5"
    TWO = "two"  # of A5 on a sheet of A4 across
    EIGHT = "eight"  # on a sheet of A4, for cutting


COPIES = {Size.A4: 1, Size.A5: 1, Size.TWO: 2, Size.EIGHT: 8}


@dataclass(frozen=True, slots=True)
class Said:
    """The poster's words in one language."""

    lang: str
    direction: str
    title: str
    wifi: str
    camera: str
    typed: str


def said(lang: str, title: str, wifi: str, address: str) -> Said:
    """`wifi`: its name, or empty. `address`: the whole one, of which no more is typed than people can type."""
    _ = translations(lang).gettext
    join = _("Join the Wi-Fi “%(name)s”.") % {"name": wifi} if wifi else _("Join the Wi-Fi of this box.")
    camera = _("Point the camera of your phone at the square.")
    if is_short(address):
        typed = _("Or type this address into your browser:")
    else:
        typed = _("Or type this address into your browser, and search there for the title above:")
    return Said(lang, direction(lang), title, join, camera, typed)


def is_short(address: str) -> bool:
    return len(shown(address)) <= LONGEST_TYPED and "%" not in address


def typed_address(address: str) -> str:
    """What people type: the address, or only that of the box where it is long."""
    parts = urlsplit(address)
    return shown(address) if is_short(address) else parts.netloc


def shown(address: str) -> str:
    """Without what browsers add by themselves."""
    return unquote(address).removeprefix("http://").rstrip("/")


def chosen_languages(asked: Sequence[str], offered: Sequence[str], otherwise: str) -> list[str]:
    """Those that were asked for and that the box offers, no more than fit on a poster."""
    found = [code for code in dict.fromkeys(asked) if code in offered]
    return found[:MOST_LANGUAGES] or [otherwise]


def titles_once(words: Sequence[Said]) -> list[tuple[str, Said]]:
    """Each title once: what has no title in a language is called there as in another one."""
    once: dict[str, Said] = {}
    for one in words:
        if one.title:
            once.setdefault(one.title, one)
    return list(once.items())
