"""The courses of a box in the order in which a visitor sees them on the home page."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from ideascube.courses.course_pages import every_course, in_reading_order
from ideascube.courses.opening import OpenCourse


def courses_in_order(request: web.Request, made: Sequence[OpenCourse]) -> list[OpenCourse]:
    """Those that were made here and those of packs, in the visitor's languages first."""
    return in_reading_order(request, [*made, *every_course(request)])
