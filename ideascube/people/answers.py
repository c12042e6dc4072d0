"""What the pages about accounts have in common: kept by no cache, a person's words for what is wrong, ways back."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from aiohttp import hdrs, web

from content_packs.errors import BadInput
from ideascube.box_db.people import LastOperator, NameTaken, TooMany
from ideascube.people.problems import Problem, sentence
from ideascube.web.i18n import interface_language, translations
from ideascube.web.language import Form, local_path
from ideascube.web.rendering import render

WORKSPACE = "/staff"


def account_page(
    request: web.Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: object,
) -> web.Response:
    """A page for who is not signed in (yet), for no cache to keep."""
    return render(request, template, status=status, headers={"Cache-Control": "no-store", **(headers or {})}, **context)


def text_of(form: Form, name: str) -> str:
    """A field of a form; empty where there is none, or a file."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def worded(request: web.Request, problem: Problem | None) -> str:
    """The sentence for what is wrong; empty where nothing is."""
    return sentence(problem, translations(interface_language(request)).gettext) if problem is not None else ""


class Said(dict[str, str]):
    """Sentences by the names of fields; templates ask for those of all fields, of which most are right."""

    def __missing__(self, field: str) -> str:
        return ""


def all_worded(request: web.Request, problems: Mapping[str, Problem | None]) -> Said:
    """What is wrong, without the fields that are right."""
    return Said({field: worded(request, problem) for field, problem in problems.items() if problem is not None})


def problem_of(error: BadInput) -> Problem:
    """What a deed of the database refused, as a page words it. Raises the error where it has no other words."""
    kinds = {NameTaken: Problem.NAME_TAKEN, TooMany: Problem.TOO_MANY, LastOperator: Problem.LAST_OPERATOR}
    if (problem := kinds.get(type(error))) is None:
        raise error
    return problem


def wait_sentence(request: web.Request, seconds: int) -> str:
    """How long one has to wait before a next try."""
    minutes = ceil(seconds / 60)
    return translations(interface_language(request)).ngettext(
        "There were many tries. Try again in %(num)d minute.", "There were many tries. Try again in %(num)d minutes.",
        minutes,
    )  # fmt: skip


def retry_after(seconds: int) -> dict[str, str]:
    return {str(hdrs.RETRY_AFTER): str(seconds)}


def way_back(back: str) -> str:
    """Where to go after signing in: an address of this box, and none that would sign in or out again."""
    path = local_path(back, WORKSPACE)
    return WORKSPACE if path.startswith(("/staff/sign-", "/staff/first")) else path
