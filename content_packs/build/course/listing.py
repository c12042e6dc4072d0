"""Modules and lessons where nobody listed them: folders are modules, their files are lessons, in the order of names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from content_packs.build.course.course_yml import FileRef, ModuleSpec, StepSpec
from content_packs.build.course.names import QUIZ_ENDING, folder_of, is_below, relative, sort_key
from content_packs.courses.model import Role

_ROLES: Mapping[str, Role] = {f"before{QUIZ_ENDING}": "before", f"after{QUIZ_ENDING}": "after"}
_PLACES: Mapping[Role, int] = {"before": 0, "": 1, "after": 2}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be a step: a page (its name with `.md`, whatever its language), an item, a quiz."""

    path: str
    order: int | None = None

    @property
    def role(self) -> Role:
        return _ROLES.get(self.path.rpartition("/")[2], "")

    @property
    def place(self) -> tuple[int, float, list[tuple[int, int, str]]]:
        order = float("inf") if self.order is None else self.order
        return _PLACES[self.role], order, sort_key(self.path)


def list_modules(
    folder: str, candidates: Iterable[Candidate], described: Mapping[str, ModuleSpec]
) -> tuple[ModuleSpec, ...]:
    """The modules below a course's folder; `described` are those folders of them that hold a `module.yml`.

    Files beside the folders come first, as a module without a title. Deeper folders are nobody's.
    """
    found: dict[str, list[Candidate]] = {module: [] for module in described}
    for one in candidates:
        module = folder_of(one.path)
        if is_below(one.path, folder) and "/" not in relative(module, folder):
            found.setdefault(module, []).append(one)
    in_order = sorted(found, key=lambda module: (module != folder, sort_key(module)))
    modules = (_module(module, found[module], described.get(module)) for module in in_order)
    return tuple(module for module in modules if module.steps)


def _module(folder: str, candidates: Iterable[Candidate], described: ModuleSpec | None) -> ModuleSpec:
    if described is not None and described.steps:
        return described
    steps = tuple(_step(one, folder) for one in sorted(candidates, key=lambda one: one.place))
    if described is None:
        return ModuleSpec(steps, folder=folder)
    return ModuleSpec(steps, described.id, folder, described.title, described.summary, described.minutes)


def _step(one: Candidate, folder: str) -> StepSpec:
    return StepSpec(FileRef(one.path, one.path, folder or "The course"), role=one.role)
