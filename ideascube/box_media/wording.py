"""What kinds and states of files are called, and why one could not be made ready. Pure."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from ideascube.box_media.model import Kind
from ideascube.reviewing.wording import StateWord
from ideascube.web.i18n import translations

NAME_MARK = "%(file)s"  # stands for the file's name in sentences that are kept, so that they can be translated

ICONS = {
    Kind.FILM: "film",
    Kind.AUDIO: "headphones",
    Kind.PICTURE: "image",
    Kind.DOCUMENT: "file-text",
    Kind.BOOK: "book-open",
    Kind.SUBTITLES: "captions",
}


@lru_cache
def kind_words(language: str) -> dict[Kind, str]:
    """What one file of each kind is called."""
    _ = translations(language).gettext
    return {
        Kind.FILM: _("Film"),
        Kind.AUDIO: _("Sound"),
        Kind.PICTURE: _("Picture"),
        Kind.DOCUMENT: _("Document"),
        Kind.BOOK: _("Book"),
        Kind.SUBTITLES: _("Subtitles"),
    }


@lru_cache
def state_words(language: str) -> dict[str, StateWord]:
    _ = translations(language).gettext
    words = (
        StateWord("waiting", "clock", _("Waits for its turn")),
        StateWord("working", "settings", _("Is being made ready for phones")),
        StateWord("ready", "check", _("Ready")),
        StateWord("failed", "triangle-alert", _("Could not be made ready")),
    )
    return {word.name: word for word in words}


def problem_text(problem: str, name: str, language: str) -> str:
    """Why the file `name` was refused or could not be made ready, in this language where its sentence is known."""
    sentence = problem.replace(f"“{name}”", NAME_MARK)
    return translations(language).gettext(sentence).replace(NAME_MARK, f"“{name}”") if sentence else ""


def known_problems(_: Callable[[str], str]) -> tuple[str, ...]:
    """The sentences that there are: of `box_media.kinds`, of its makers, and of those of `content_packs.media`."""
    return (*_of_what_came(_), *_of_films_and_pictures(_), *_of_books(_), *_of_the_box(_))


def _of_what_came(_: Callable[[str], str]) -> tuple[str, ...]:
    return (
        _("%(file)s is empty: choose the file again, or record it again."),
        _("%(file)s has more than 4 GB: cut it into parts, and send those."),
        _("%(file)s is an archive, not a file to show: unpack it, and send what is in it."),
        _("%(file)s is a document of an office program: save it as PDF, and send that."),
        _("%(file)s is a program: the box takes films, sounds, pictures, PDF, EPUB and subtitles."),
        _("%(file)s is a picture that only one program knows: save it as JPEG or PNG, and send that."),
        _("%(file)s is a drawing in SVG, which may hold programs: save it as PNG, and send that."),
        _("%(file)s is a web page: the box takes films, sounds, pictures, PDF, EPUB and subtitles."),
        _("%(file)s is of a kind that is not known: the box takes films, sounds, pictures, PDF, EPUB and subtitles."),
    )


def _of_films_and_pictures(_: Callable[[str], str]) -> tuple[str, ...]:
    return (
        _("%(file)s is no film or sound that can be played: it is damaged, cut off or something else."),
        _("%(file)s is cut off: copy it again from where it came."),
        _("%(file)s cannot be converted: it is damaged, cut off or of a kind that is not known."),
        _("%(file)s is longer than 12 hours: cut it into parts."),
        _("%(file)s has more than 100 million pixels: make it smaller, a screen shows far fewer."),
        _("%(file)s is no picture that can be read: save it again as JPEG, PNG or WebP."),
        _("%(file)s cannot be read in reasonable time and memory: save it again, or smaller."),
        _("%(file)s holds no subtitles that can be read: give an SRT or WebVTT file."),
        _("%(file)s has more than 5 MB, too much for a file of its kind."),
    )


def _of_books(_: Callable[[str], str]) -> tuple[str, ...]:
    return (
        _("%(file)s is no PDF that can be read: it is damaged, cut off or something else."),
        _("%(file)s asks for a password: save a copy without one."),
        _("%(file)s has no page: save it again from the program that made it."),
        _("%(file)s is no EPUB that can be read: it does not say which files it is made of."),
        _("%(file)s is locked by its seller (DRM): only a copy without that can be read."),
        _("%(file)s is locked, or packed in a way that readers do not know: save it again."),
        _("%(file)s is damaged, cut off or something else: copy it again."),
        _("%(file)s unpacks to far more than a file of its kind does: it may be an attack."),
    )


def _of_the_box(_: Callable[[str], str]) -> tuple[str, ...]:
    return (
        _("%(file)s is not on the disk any more: send it again."),
        _(
            "This was tried three times, and each time it came to no end: it may be damaged, or too much for this box. "
            "Try it again, or send something smaller."
        ),
        _("There is no room to make this ready for phones: it goes on when something was removed."),
        _("The box has no room: remove what nobody uses."),
        _("ffmpeg is not installed, and films need it: `apt install ffmpeg` brings it."),
        _("ffprobe is not installed, and films need it: `apt install ffmpeg` brings it."),
    )
