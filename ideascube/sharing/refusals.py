"""Why something that came from another box was not taken in: words that are kept, and how a page says them."""

from __future__ import annotations

from enum import StrEnum

from content_packs.errors import BadInput
from ideascube.web.i18n import translations


class Why(StrEnum):
    """A reason. `Refused.detail` says more where there is more to say."""

    UNREADABLE = "unreadable"  # no parcel, or one that contradicts itself
    DAMAGED = "damaged"  # a file is another one than was announced
    FILE = "file"  # a file that a box does not take; the detail says why
    FIELD = "field"  # a box would not publish this; the detail is the field
    WITHDRAWN = "withdrawn"  # the box that made it has taken it back
    MANY = "many"  # too many versions of it wait to be put together


class Refused(BadInput):
    """Nothing of it was taken in. `why` and `detail` are for the page."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}" if detail else str(why))
        self.why, self.detail = why, detail


def refusal_text(why: str, detail: str, language: str) -> str:
    """The sentence, in a language of the interface."""
    _ = translations(language).gettext
    sentences = {
        Why.UNREADABLE: _("It cannot be read. Ask the other box to send it again."),
        Why.DAMAGED: _("A file of it is not the one that was announced. Ask the other box to send it again."),
        Why.FILE: _("This box does not take one of its files: %(detail)s"),
        Why.FIELD: _("Something in it is not allowed or missing: %(detail)s. It has to be corrected on the other box."),
        Why.WITHDRAWN: _("The box that made it has taken it back."),
        Why.MANY: _("Too many versions of it wait already. Put those together first."),
    }
    sentence = sentences.get(Why(why)) if why in set(Why) else None
    return (sentence or _("It could not be taken in.")) % {"detail": detail}
