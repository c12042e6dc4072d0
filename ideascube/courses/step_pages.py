"""`/courses/{id}/{course}/{path}`: a lesson or a quiz, and what its form says."""

from __future__ import annotations

from aiohttp import web

from ideascube.courses.lesson_pages import finish_lesson, show_lesson
from ideascube.courses.opening import asked_step, open_course
from ideascube.courses.quiz_pages import mark_quiz, show_quiz
from ideascube.courses.standing import quiz_of
from ideascube.web.lookup import ANY_PATH


async def show(request: web.Request) -> web.StreamResponse:
    opened = await open_course(request)
    step = asked_step(request, opened)
    quiz = quiz_of(opened.course, step)
    return await (show_quiz(request, opened, step, quiz) if quiz else show_lesson(request, opened, step))


async def take(request: web.Request) -> web.StreamResponse:
    """The form of a lesson says that it is done, that of a quiz what was answered."""
    opened = await open_course(request)
    step = asked_step(request, opened)
    quiz = quiz_of(opened.course, step)
    return await (mark_quiz(request, opened, step, quiz) if quiz else finish_lesson(request, opened, step))


ROUTES = [
    web.get("/courses/{id}/{course}/" + ANY_PATH, show),
    web.post("/courses/{id}/{course}/" + ANY_PATH, take),
]
