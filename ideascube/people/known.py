"""The cookie by which a browser shows that somebody signed in with it before. Pure.

    known = PERSON "." RANDOM "." MAC       by the box's key, so that nobody makes one

It opens nothing. Tries at that person's password from that browser are counted by themselves, so that strangers' tries
do not keep the person out: https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
"""

from __future__ import annotations

import base64
import hmac
import secrets

from ideascube.box_db.secret import mac


def known_value(key: bytes, person_ref: str) -> str:
    random = secrets.token_urlsafe(12)
    return f"{person_ref}.{random}.{_sign(key, person_ref, random)}"


def known_by(key: bytes, value: str, person_ref: str) -> str:
    """What the browser is known by to this person; empty where it is not."""
    ref, _, rest = value[:200].partition(".")
    random, _, sign = rest.partition(".")
    is_ours = hmac.compare_digest(sign.encode("utf-8", "replace"), _sign(key, ref, random).encode())
    return random if is_ours and ref == person_ref else ""


def _sign(key: bytes, ref: str, random: str) -> str:
    return base64.urlsafe_b64encode(mac(key, "known", ref, random)).decode().rstrip("=")
