"""From what was found of a course to the whole: modules and steps, listed or found in folders, with their ids."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from content_packs.build.content import Workshop
from content_packs.build.course.candidates import Candidates
from content_packs.build.course.course_yml import ModuleSpec
from content_packs.build.course.find import FoundCourse
from content_packs.build.course.listing import list_modules
from content_packs.build.course.names import folder_of, title_of, without_number
from content_packs.build.course.placed import PlacedCourse, PlacedModule, PlacedStep, course_page
from content_packs.build.course.steps import StepMaker
from content_packs.courses.model import FORMAT, Course, Module, Texts
from content_packs.errors import BadInput


def place_course(found: FoundCourse, workshop: Workshop) -> PlacedCourse:
    """Raises BadInput for a file that is named and missing, and for ids or pages that two steps would share."""
    candidates = Candidates(found, workshop)
    specs = found.spec.modules
    if specs is None:
        specs = list_modules(found.folder, candidates.lessons(), found.modules)
    maker = StepMaker(found, workshop)
    placed = [tuple(maker.step(step) for step in spec.steps) for spec in specs]
    ids = _module_ids(specs)
    modules = tuple(
        PlacedModule(_module(spec, id_, steps, found.folder, workshop.spec.language), steps)
        for spec, id_, steps in zip(specs, ids, placed, strict=True)
    )
    _refuse_twins(found.spec.file, modules)
    unused = candidates.unused(step for spec in specs for step in spec.steps)
    where = found.spec.file
    warnings = tuple(f"{path} is in no module of the course ({where}): list it there or move it." for path in unused)
    return PlacedCourse(found.spec, _course(found, workshop, modules), modules, warnings)


def _course(found: FoundCourse, workshop: Workshop, modules: tuple[PlacedModule, ...]) -> Course:
    spec = found.spec
    steps = [step for module in modules for step in module.steps]
    if not steps:
        raise BadInput(f"{spec.file}: the course has no lessons: list files under modules, or put some into folders.")
    languages = [code for code in workshop.spec.languages if code in spec.title]
    return Course(
        format=FORMAT,
        id=found.id,
        title=spec.title,
        pages={code: course_page(spec.folder, code) for code in languages},
        modules=tuple(module.module for module in modules),
        quizzes=tuple({step.quiz.id: step.quiz for step in steps if step.quiz}.values()),
        summary=spec.summary,
        audience=spec.audience,
        level=spec.level,
        minutes=spec.minutes or _sum(module.module.minutes for module in modules),
        licence=spec.licence or workshop.spec.licence,
    )


def _module(spec: ModuleSpec, id_: str, steps: tuple[PlacedStep, ...], course_folder: str, main: str) -> Module:
    is_folder = spec.folder != course_folder and spec.folder != ""
    from_folder: Texts = {main: title_of(posixpath.basename(spec.folder))} if is_folder else {}
    return Module(
        id=id_,
        title=spec.title or from_folder,
        summary=spec.summary,
        minutes=spec.minutes or _sum(step.step.minutes for step in steps if step.step.minutes or not step.quiz),
        steps=tuple(step.step for step in steps),
    )


def _module_ids(specs: tuple[ModuleSpec, ...]) -> list[str]:
    """Given, else the name of the folder that is this module's alone, else its number."""
    folders = [{folder_of(step.file.path) for step in spec.steps} for spec in specs]
    names = [posixpath.basename(*mine) if len(mine) == 1 and folders.count(mine) == 1 else "" for mine in folders]
    found = zip(specs, map(without_number, names), strict=True)
    return [spec.id or name or f"module-{number}" for number, (spec, name) in enumerate(found, start=1)]


def _sum(minutes: Iterable[int | None]) -> int | None:
    """The whole time, where every part says how long it takes."""
    parts = list(minutes)
    known = [part for part in parts if part is not None]
    return sum(known) if known and len(known) == len(parts) else None


def _refuse_twins(file: str, modules: tuple[PlacedModule, ...]) -> None:
    steps = [step.step for module in modules for step in module.steps]
    _refuse_equal(file, "modules", (module.module.id for module in modules))
    _refuse_equal(file, "lessons or quizzes", (step.id for step in steps))
    _refuse_equal(file, "steps on the page", (path for step in steps for path in set(step.pages.values())))


def _refuse_equal(file: str, what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise BadInput(f"{file}: there are two {what} “{name}”: name each file once, and give one another id.")
        seen.add(name)
