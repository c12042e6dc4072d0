"""Names and passwords of storages: `keys/stores.yml`, or the environment variables that each store's programs use.

    https://hub.example.org/dav: {user: publisher, password: secret}
    s3://lessons: {access_key_id: …, secret_access_key: …, region: eu-west-3, endpoint: "https://s3.example.org"}

An entry serves for all addresses that begin with it; of several the longest.
"""

from __future__ import annotations

from pathlib import Path

import aiohttp
import yaml

from content_packs.errors import BadInput, NotAllowed

FILE = "stores.yml"
_LIMIT = 256 * 1024  # bytes


def credentials_for(url: str, keys: Path | None) -> dict[str, str]:
    """What the file in the folder `keys` says for the address; empty where it says nothing.

    Raises BadInput where the file cannot be understood, NotAllowed where it cannot be read.
    """
    if keys is None:
        return {}
    entries = _entries(keys / FILE)
    bare = url.partition("?")[0].rstrip("/") + "/"
    fitting = [start for start in entries if bare.startswith(start.rstrip("/") + "/")]
    return entries[max(fitting, key=len)] if fitting else {}


def login_header(url: str, keys: Path | None) -> dict[str, str]:
    """The header for the web server at this very address (RFC 7617), none where no user is known. Raises likewise."""
    given = credentials_for(url, keys)
    if "user" not in given:
        return {}
    return {"Authorization": aiohttp.encode_basic_auth(given["user"], given.get("password", ""))}


def _entries(path: Path) -> dict[str, dict[str, str]]:
    try:
        with path.open("rb") as file:
            document = yaml.safe_load(file.read(_LIMIT))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise NotAllowed(f"{path} cannot be read: {error.strerror}. Give this user the right to.") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(f"{path} is no YAML that can be read: correct it.") from error
    return _understood(document or {}, path)


def _understood(document: object, path: Path) -> dict[str, dict[str, str]]:
    if not isinstance(document, dict) or not all(isinstance(each, dict) for each in document.values()):
        raise BadInput(f"{path} has to give an object for each address, such as “s3://name: {{access_key_id: …}}”.")
    return {
        str(start): {str(key): str(value) for key, value in given.items() if value is not None}
        for start, given in document.items()
    }
