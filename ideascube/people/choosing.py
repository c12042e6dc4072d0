"""Fields that several forms have: a new password, the languages of the box. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ideascube.people.answers import text_of
from ideascube.people.passwords import clean_password, password_problem
from ideascube.people.problems import Problem
from ideascube.web.language import Form


@dataclass(frozen=True, slots=True)
class NewPassword:
    """`drawn`: one that the box offers; `use_drawn`: whether it is taken instead of what was typed twice."""

    typed: str
    again: str
    drawn: str
    use_drawn: bool

    @property
    def chosen(self) -> str:
        return clean_password(self.drawn if self.use_drawn else self.typed)

    def problems(self, name: str) -> dict[str, Problem | None]:
        """By the names of the fields, for somebody of this name."""
        problem = password_problem(self.chosen, name)
        is_other = not self.use_drawn and problem is None and clean_password(self.again) != self.chosen
        return {"password": problem, "again": Problem.OTHER_PASSWORD if is_other else None}


def read_password(form: Form) -> NewPassword:
    """As `new_password` of `templates/people_parts.html` sends it."""
    use_drawn = bool(form.get("use_drawn"))
    return NewPassword(text_of(form, "password"), text_of(form, "again"), text_of(form, "drawn"), use_drawn)


def ordered_languages(offered: Iterable[str], first: str, known: Sequence[str]) -> tuple[str, ...]:
    """The languages of the box's pages, the usual one first, the others in their known order."""
    wanted = {*offered, first}
    return tuple(code for code in (first, *(each for each in known if each != first)) if code in wanted & {*known})
