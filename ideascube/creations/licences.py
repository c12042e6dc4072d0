"""What others may do with what was made: licences to choose from, in plain words, and words of one's own. Pure."""

from __future__ import annotations

from functools import lru_cache

from content_packs.manifest.licence import spdx_expression
from content_packs.media.licences import licence_id
from ideascube.web.i18n import translations

RESERVED = "all-rights-reserved"
# Those of https://creativecommons.org/share-your-work/cclicenses/, the freest first, by their SPDX identifiers.
LICENCES = (
    "CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-ND-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-NC-ND-4.0",
    RESERVED,
)  # fmt: skip


@lru_cache
def licence_choices(language: str) -> dict[str, str]:
    """What each licence allows, by its identifier, in a language of the interface."""
    _ = translations(language).gettext
    return {
        "CC0-1.0": _("Everybody may do everything with it"),
        "CC-BY-4.0": _("Everybody may pass it on and change it, if they say who made it"),
        "CC-BY-SA-4.0": _("The same, and what is made of it must be as free"),
        "CC-BY-ND-4.0": _("Everybody may pass it on as it is, if they say who made it"),
        "CC-BY-NC-4.0": _("Everybody may pass it on and change it, but not for money"),
        "CC-BY-NC-SA-4.0": _("The same, and what is made of it must be as free"),
        "CC-BY-NC-ND-4.0": _("Everybody may pass it on as it is, but not for money"),
        RESERVED: _("Nobody may pass it on without asking"),
    }


def licence_of(choice: str, own_words: str = "") -> str:
    """The licence that a form names: one of `LICENCES`, or what somebody wrote, as its identifier where it has one."""
    if choice in LICENCES:
        return choice
    written = " ".join((own_words or choice).split())
    return spdx_expression(written) or licence_id(written) or written


def licence_text(licence: str, language: str) -> str:
    """How a page names a licence: CC BY 4.0, own words as they are."""
    if licence == RESERVED:
        return translations(language).gettext("All rights reserved")
    if licence not in LICENCES:
        return licence
    *name, version = licence.split("-")
    return f"{name[0]} {'-'.join(name[1:])} {version}".replace("  ", " ")
