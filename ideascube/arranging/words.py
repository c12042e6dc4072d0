"""What pages of arranging say: why something was not done, what others changed, what a section is filled by. Pure."""

from __future__ import annotations

from collections.abc import Callable

from ideascube.arranging.changes import Reason
from ideascube.arranging.differences import Difference, What
from ideascube.arranging.model import LONGEST_TITLE, MOST_SECTIONS, Fill
from ideascube.web.i18n import translations
from ideascube.web.wording import kind_name

USUAL_ICON = "layout-grid"


def refusal(reason: str, language: str) -> str:
    """One sentence; empty for what is no reason."""
    _ = translations(language).gettext
    sentences: dict[str, str] = {
        Reason.SECTIONS: _("The home page has %(most)s sections, and can have no more. Remove one first.")
        % {"most": MOST_SECTIONS},
        Reason.CARDS: _("There is no room for more here. Take something out first."),
        Reason.ADDRESS: _("This is not the address of a page on this box. Open the page and copy its address."),
        Reason.TITLE: _("A title may have %(most)s letters. Make it shorter.") % {"most": LONGEST_TITLE},
        Reason.GONE: _("This is not there any more. Somebody else removed it. Nothing else was changed."),
        Reason.NAME: _("A category needs a name in one language."),
        Reason.CATEGORIES: _("There is no room for more categories. Remove one first."),
        Reason.DEPTH: _("Only a category that stands on its own can have others inside."),
        Reason.HIDDEN: _("Too many things are hidden. Show some of them again first."),
    }
    return sentences.get(reason, "")


def told(differences: list[Difference], title_of: Callable[[Difference], str], language: str) -> list[str]:
    """What somebody else changed, line by line."""
    _ = translations(language).gettext
    said = {
        What.ADDED: _("New section: %(section)s"),
        What.REMOVED: _("Removed section: %(section)s"),
        What.CHANGED: _("Changed section: %(section)s"),
        What.CARD_ADDED: _("Added to “%(section)s”: %(card)s"),
        What.CARD_REMOVED: _("Taken out of “%(section)s”: %(card)s"),
        What.CARDS_MOVED: _("Another order in “%(section)s”"),
        What.MOVED: _("Moved section: %(section)s"),
    }
    return [said[each.what] % {"section": title_of(each), "card": each.card} for each in differences]


def fill_words(fill: Fill, language: str) -> str:
    """What a section is filled by, as a mediator chooses it."""
    _ = translations(language).gettext
    return {
        Fill.CHOSEN: _("What I choose, one by one"),
        Fill.PACKS: _("Titles of one kind"),
        Fill.MADE_HERE: _("The newest that was made here"),
        Fill.TAG: _("What was made here about one subject"),
        Fill.CATEGORY: _("What lies in one category"),
        Fill.CATEGORIES: _("All categories, as buttons"),
        Fill.COURSES: _("Courses"),
        Fill.GO_ON: _("Where each learner stopped"),
        Fill.KINDS: _("Films, books and other kinds, as buttons"),
        Fill.LANGUAGES: _("Languages, as buttons"),
    }[fill]


def kind_choices(language: str, kinds: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """For a field that chooses one: value, words, no language of their own."""
    return [(kind, kind_name(kind, language), "") for kind in kinds]


def icon_words(language: str) -> dict[str, str]:
    """The icons that may stand beside a category's name, of those that learners' pages load anyway, in words."""
    _ = translations(language).gettext
    return {
        USUAL_ICON: _("Many things"),
        "book-open": _("Reading"),
        "film": _("Watching"),
        "headphones": _("Listening"),
        "image": _("Pictures"),
        "graduation-cap": _("School"),
        "users": _("People"),
        "house": _("Home"),
        "globe": _("World"),
        "languages": _("Languages"),
        "lightbulb": _("Ideas"),
        "puzzle": _("Games"),
        "type": _("Letters"),
        "award": _("Success"),
        "info": _("Good to know"),
        "clock": _("Time"),
    }
