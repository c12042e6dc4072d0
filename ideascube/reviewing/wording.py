"""What reasons, answers and states are called, in the language of the interface. Pure."""

from __future__ import annotations

from functools import lru_cache

from ideascube.reviewing.flags import Reason
from ideascube.web.i18n import translations


@lru_cache
def reasons(language: str) -> dict[Reason, str]:
    """As a learner reads them, who chooses one."""
    _ = translations(language).gettext
    return {
        "wrong": _("Something in it is not true"),
        "hurts": _("It hurts or threatens somebody"),
        "private": _("It shows something private"),
        "other": _("Something else"),
    }
