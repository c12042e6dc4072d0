"""What can be chosen on the page on which one writes: languages, licences, consent, kinds; worded. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from ideascube.creations.licences import licence_choices, licence_text
from ideascube.creations.model import KINDS, Kind
from ideascube.creations.wording import ICONS, kind_words
from ideascube.web.i18n import LANGUAGES, language_name, translations
from ideascube.writing.typed import OTHER

# Languages in which people around boxes read and write, beside those of the interface. Any other is given by its code.
_FURTHER = (
    "aa", "am", "ay", "az", "bm", "ca", "cs", "de", "ckb", "dje", "el", "ff", "ff-Adlm", "ha", "he", "hi", "ht", "hu",
    "id", "ig", "it", "ja", "kg", "kk", "km", "rn", "rw", "ko", "ln", "lg", "lo", "mg", "ml", "ne", "nl", "nqo", "ny",
    "om", "pa", "pl", "prs", "pt", "qu", "rhg", "rhg-Latn", "ro", "ru", "sg", "shi", "sn", "so", "sq", "sr", "ta", "th",
    "tl", "tr", "tum", "ur", "uz", "vi", "wo", "yo", "zh",
)  # fmt: skip

Option = tuple[str, str, str]  # a value, what it is called, and a hint or the language of its name


@dataclass(frozen=True, slots=True)
class KindChoice:
    """One of the things that can be made, as a large button."""

    kind: Kind
    icon: str
    label: str
    about: str


@lru_cache
def language_options(language: str, known: tuple[str, ...] = ()) -> list[Option]:
    """Languages by their own names, those of the interface first; `known`: further ones that are in use here."""
    _ = translations(language).gettext
    first = dict.fromkeys((*LANGUAGES, *known))
    further = sorted((code for code in _FURTHER if code not in first), key=lambda code: language_name(code).casefold())
    return [*((code, _both(code, language), code) for code in (*first, *further)), (OTHER, _("Another language"), "")]


def _both(code: str, language: str) -> str:
    """The language's own name, and what readers of the interface call it where that differs."""
    own, here = language_name(code), language_name(code, language)
    return own if own == here or here == code else f"{own} · {here}"


def licence_options(language: str) -> list[Option]:
    """What each licence allows; other words are written into a field of their own."""
    _ = translations(language).gettext
    named = [
        (code, f"{words} ({licence_text(code, language)})", "") for code, words in licence_choices(language).items()
    ]
    return [("", _("Not said yet"), ""), *named, (OTHER, _("Something else"), "")]


def consent_options(language: str) -> list[Option]:
    _ = translations(language).gettext
    return [
        ("none_shown", _("Nobody"), ""),
        ("given", _("Somebody, and all of them agreed"), _("For children, their parents as well")),
        ("missing", _("Somebody who has not agreed yet"), _("It can't be published then")),
    ]


@lru_cache
def kind_choices(language: str) -> list[KindChoice]:
    _ = translations(language).gettext
    about: dict[Kind, str] = {
        "article": _("Words, pictures, films"),
        "notice": _("What is on, and until when"),
        "story": _("To read or to read out"),
        "sheet": _("How one does something, step by step"),
        "film": _("From a phone or a camera"),
        "audio": _("A voice, a song, a lesson"),
        "picture": _("A photo or a drawing"),
        "document": _("A PDF or a book"),
    }
    names = kind_words(language)
    return [KindChoice(kind, ICONS[kind], names[kind], about[kind]) for kind in KINDS]


@lru_cache
def markdown_help(language: str) -> list[tuple[str, str]]:
    """What one types, and what becomes of it."""
    _: Callable[[str], str] = translations(language).gettext
    return [
        ("## …", _("a heading")),
        ("**…**", _("strong words")),
        ("*…*", _("slanted words")),
        ("- …", _("a list: one line for each")),
        ("1. …", _("steps, with numbers")),
        ("> …", _("words of somebody else")),
        ("[…](https://…)", _("a link: words, then where it leads")),
        ("---", _("a line across")),
    ]


@lru_cache
def done_words(language: str) -> dict[str, str]:
    """What the page says after a form was sent, by what was done."""
    _ = translations(language).gettext
    return {
        "save": _("Saved."),
        "submit": _("Sent. A mediator will look at it."),
        "publish": _("Published. Learners find it within seconds."),
        "schedule": _("Saved. It will be published by itself on that day."),
        "merged": _("Saved. Somebody else saved meanwhile: what both of you changed is in it now."),
        "both-boxes": _("Saved. What was changed on both boxes is in it now. Publish it once it is as it should be."),
        "returned": _("The version is back. What came after it is in the list of versions."),
        "thrown": _("The text that was not saved was thrown away."),
    }
