"""What the place of a lesson is called and looks like in the editor."""

from __future__ import annotations

from content_packs.courses.model import Step
from ideascube.teaching.places import InPack, OfCourse, OfCreation, read_place


def place_icon(step: Step) -> str:
    """The icon of a step by what it is."""
    if step.quiz:
        return "circle-help"
    found = read_place(next(iter(step.pages.values()), ""))
    match found:
        case OfCreation():
            return "pen-line"
        case OfCourse():
            return "graduation-cap"
        case InPack():
            return "book-open" if found.path else "library"
        case _:
            return "file-text"
