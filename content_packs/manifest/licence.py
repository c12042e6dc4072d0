"""What a text says of a licence: an SPDX expression, an address, or only a name.

The list of SPDX's licences comes with `packaging`, which keeps it for Python's own packages.
"""

from __future__ import annotations

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from content_packs.manifest.model import Licence

_SPDX_LIMIT = 200  # characters of an expression that is tried


def read_licence(text: str) -> Licence:
    """The licence that a ZIM's metadata or a person names in one text."""
    text = text.strip()
    if spdx := spdx_expression(text):
        return Licence(spdx=spdx)
    return Licence(url=text) if text.startswith(("https://", "http://")) else Licence(name=text)


def spdx_expression(text: str) -> str:
    """The expression in its usual form (`cc-by-4.0` as `CC-BY-4.0`), or empty where SPDX has no such licence.

    Source: https://spdx.github.io/spdx-spec/v3.0.1/annexes/spdx-license-expressions/
    """
    if len(text) > _SPDX_LIMIT:
        return ""
    try:
        return canonicalize_license_expression(text)
    except (InvalidLicenseExpression, RecursionError, MemoryError):
        return ""
