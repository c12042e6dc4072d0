"""What keeps something from being shared, in words."""

from __future__ import annotations

from ideascube.web.i18n import translations


def reason_text(why_not: str, language: str) -> str:
    """A sentence for what `box_db.sharing.why_not_now` says, in a language of the interface; empty for nothing."""
    _ = translations(language).gettext
    return {
        "unseen": _("Learners do not see it yet. Publish it first."),
        "staff": _("It is only for people of the workspace. What is shared is for everybody."),
        "consent": _("Not everybody who is seen or heard in it has agreed. It stays on this box."),
        "licence": _("It does not say what others may do with it. Say that first, and publish it again."),
    }.get(why_not, "")
