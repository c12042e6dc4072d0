"""Courses: modules of lessons and quizzes, read from a folder (`docs/formats/course.md`) and made pages.

`find` reads what a course says, `resolve` puts it together once all pages are known, `content` is what the plan asks.
What a course is once it is read, and how answers are marked, is in `content_packs.courses`.
"""
