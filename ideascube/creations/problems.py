"""What is wrong with a creation, as a sentence in the language of the interface. Pure."""

from __future__ import annotations

from functools import lru_cache

from ideascube.creations.checking import LONGEST_LINE, LONGEST_NOTE, LONGEST_SUMMARY, LONGEST_TITLE, Wrong
from ideascube.creations.cleaning import LONGEST
from ideascube.web.digits import number_text
from ideascube.web.i18n import translations

_LENGTHS = {
    Wrong.TITLE_LONG: LONGEST_TITLE,
    Wrong.SUMMARY_LONG: LONGEST_SUMMARY,
    Wrong.LINE_LONG: LONGEST_LINE,
    Wrong.NOTE_LONG: LONGEST_NOTE,
    Wrong.BODY_LONG: LONGEST,
}


def problem_text(wrong: Wrong, language: str) -> str:
    """One sentence, or two, in a language of the interface."""
    if wrong in _LENGTHS:
        _ = translations(language).gettext
        longest = number_text(_LENGTHS[wrong], language)
        return _("This is too long: at most %(num)s letters fit here.") % {"num": longest}
    return _sentences(language)[wrong]


@lru_cache
def _sentences(language: str) -> dict[Wrong, str]:
    _ = translations(language).gettext
    return {
        Wrong.KIND: _("Choose what this is: an article, a film or something else of the list."),
        Wrong.LANGUAGE: _("Choose a language of the list, or write its code, such as “fr” or “swc”."),
        Wrong.LANGUAGES_MANY: _("There are titles in too many languages: take some out."),
        Wrong.TITLE_MISSING: _("Give it a title in its own language: it is found by it."),
        Wrong.BODY_MISSING: _("There is nothing to read yet: write something first."),
        Wrong.FILE_MISSING: _("The file is missing: record or choose one."),
        Wrong.FILES_MANY: _("There are too many files in it: make two of it."),
        Wrong.TAGS_MANY: _("These are too many subjects: choose the few that fit best."),
        Wrong.LICENCE_MISSING: _("Say what others may do with it, so that they may pass it on."),
        Wrong.CONSENT_UNANSWERED: _("Say whether people can be seen or heard in it, and whether they agreed."),
        Wrong.CONSENT_UNKNOWN: _("Say how you know that everybody agreed: who asked them, and when."),
        Wrong.CONSENT_MISSING: _(
            "Not everybody who is seen or heard here has agreed. A face or a voice that goes round can put a person in "
            "danger, and nobody can call it back. Ask them first."
        ),
        Wrong.DAY_WRONG: _("Write the day as year-month-day, such as 2027-03-31."),
        Wrong.DAY_PAST: _("The last day of this notice is over: choose a later one, or none."),
    }
