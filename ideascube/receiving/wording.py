"""What people are told of an upload, in their language: each reason has one sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping

from ideascube.box_media.wording import problem_text
from ideascube.web.i18n import translations
from ideascube.web.wording import size_text

DAMAGED = "damaged"  # of an upload: it is not the file that its sender has

# Statuses of RFC 9110 and RFC 4918; 460 is tus's own.
STATUSES = {
    "empty": 400, "large": 413, "many": 429, "room": 507, "full": 507, "gone": 404, "offset": 409, "longer": 413,
    "locked": 423, "slow": 408, "checksum": 460, "database": 503, "form": 400, "cut": 400, "stopping": 503,
}  # fmt: skip


def sentence(code: str, numbers: Mapping[str, int], language: str) -> str:
    """`numbers`: what the sentence says, sizes in bytes."""
    said = _sentences(language)[code]
    sizes = {name: number if name == "most" and code == "many" else size_text(number, language)
             for name, number in numbers.items()}  # fmt: skip
    return said % sizes


def _sentences(language: str) -> dict[str, str]:
    _ = translations(language).gettext
    return {
        "empty": _("This file is empty. Choose another one."),
        "large": _("This file has %(size)s. The box takes files of up to %(most)s: make it shorter or smaller."),
        "many": _("%(most)s files are on their way already. Wait for them, or throw some of them away."),
        "room": _("This file has %(size)s, and the box has room for %(room)s. Ask the person who looks after the box."),
        "full": _("The box is full. What came is kept, and goes on when there is room again."),
        "gone": _("This file is not on its way any more. Choose it again to send it."),
        "offset": _("The phone and the box do not agree how much came. Try again: it goes on where it stopped."),
        "longer": _("More came than was announced. Choose the file again."),
        "locked": _("The box is still taking in what came before. It goes on in a moment."),
        "slow": _("Nothing came for a while. What came is kept: try again, and it goes on."),
        "checksum": _("A part was damaged on the way. It is sent again."),
        "database": _("The box is busy. What came is kept: try again in a moment."),
        "form": _("This form cannot be read. Go back to the page and try again."),
        "stopping": _("The box is being switched off. What came is kept, and goes on when it runs again."),
        "cut": _("Only a part of it came, so nothing was kept. Send it again."),
    }


def refusal_text(problem: str, name: str, language: str) -> str:
    """Why the file `name` was not taken though it came whole: `problem` is our word or a sentence."""
    _ = translations(language).gettext
    if problem == DAMAGED:
        return _("It was damaged on the way. Send it again.")
    return problem_text(problem, name, language)
