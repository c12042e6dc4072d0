"""The addresses of the course editor. Those with a word in the place of a course come before those of a course."""

from __future__ import annotations

from ideascube.teaching import (
    about_pages,
    adapting_pages,
    adding_pages,
    list_pages,
    outline_pages,
    preview_pages,
    publishing_pages,
    question_pages,
    quiz_pages,
    step_pages,
)

ROUTES = [
    *list_pages.ROUTES,
    *adapting_pages.ROUTES,
    *outline_pages.ROUTES,
    *about_pages.ROUTES,
    *step_pages.ROUTES,
    *adding_pages.ROUTES,
    *quiz_pages.ROUTES,
    *question_pages.ROUTES,
    *publishing_pages.ROUTES,
    *preview_pages.ROUTES,
]
