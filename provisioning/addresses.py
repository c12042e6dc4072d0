"""Addresses, which come from catalogues that anyone may have written: taken apart and put together, never an error.

An address is `https://`, `http://`, `s3://`, `gs://`, `az://`, `file://`, or the path of a file or folder. What stands
behind a `?` are options of a storage, or what a web server wants. Which of them are believed is decided elsewhere.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

WEB = ("https", "http")
OBJECT_STORES = ("s3", "gs", "az")

_NONE = SplitResult("", "", "", "", "")


def split(address: str) -> SplitResult:
    """Its parts; all of them empty where it is no address."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises for what is no number
    except ValueError:
        return _NONE
    return parts


def join(base: str, target: str) -> str:
    """Where `target`, found at `base`, leads to; empty where it is no address."""
    try:
        return urljoin(base, target)
    except ValueError:
        return ""


def host_of(address: str) -> str:
    """The host in small letters; empty where the address has none or is no address."""
    return (split(address).hostname or "").rstrip(".")


def shown(address: str) -> str:
    """For people: without a name and a password. What is behind a `?` stays, since it may say which page is meant."""
    return re.sub(r"//[^/?#]*@", "//", address)


def without_secrets(address: str) -> str:
    """For people, files and pages: without the keys of a storage behind a `?`, too."""
    return shown(address.partition("?")[0] if "://" in address else address)


def is_on_web(address: str) -> bool:
    return split(address).scheme in WEB


def is_here(address: str) -> bool:
    """Whether it is of this machine: a path, or `file://`."""
    return "://" not in address or address.startswith("file://")


def path_of(address: str) -> Path:
    """The file or folder, from the root on, that an address of this machine means."""
    path = unquote(split(address).path) if address.startswith("file:") else address
    return Path(path).expanduser().absolute()


def below(folder: str, path: str) -> str:
    """The address of the file `path` in what lies at the address `folder`, with the options of that."""
    base, mark, query = folder.partition("?")
    return f"{base.rstrip('/')}/{quote(path)}{mark}{query}"


def parted(address: str) -> tuple[str, str]:
    """The address of the folder in which a file lies, and the file's name: `below` the other way round."""
    base, mark, query = address.partition("?")
    folder, _, name = base.rpartition("/")
    return f"{folder}{mark}{query}", unquote(name)
