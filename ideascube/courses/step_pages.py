"""`/courses/{id}/{course}/{path}`: a lesson or a quiz, and what its form says."""

from __future__ import annotations

from aiohttp import web

from content_packs.courses.model import Step
from ideascube.courses.lesson_pages import finish_lesson, show_lesson
from ideascube.courses.opening import OpenCourse, asked_step, open_course
from ideascube.courses.quiz_pages import mark_quiz, show_quiz
from ideascube.courses.standing import quiz_of
from ideascube.web.lookup import ANY_PATH


async def show(request: web.Request) -> web.StreamResponse:
    opened = await open_course(request)
    return await show_step(request, opened, asked_step(request, opened))


async def take(request: web.Request) -> web.StreamResponse:
    """The form of a lesson says that it is done, that of a quiz what was answered."""
    opened = await open_course(request)
    return await take_step(request, opened, asked_step(request, opened))


async def show_step(request: web.Request, opened: OpenCourse, step: Step) -> web.StreamResponse:
    """The page of a step, wherever its course is shown."""
    quiz = quiz_of(opened.course, step)
    return await (show_quiz(request, opened, step, quiz) if quiz else show_lesson(request, opened, step))


async def take_step(request: web.Request, opened: OpenCourse, step: Step) -> web.StreamResponse:
    """What its form says; where the course is but a preview, nothing is kept."""
    quiz = quiz_of(opened.course, step)
    return await (mark_quiz(request, opened, step, quiz) if quiz else finish_lesson(request, opened, step))


ROUTES = [
    web.get("/courses/{id}/{course}/" + ANY_PATH, show),
    web.post("/courses/{id}/{course}/" + ANY_PATH, take),
]
