"""Making courses on the box: `/staff/courses`, what a course made here is, and how people change it.

What a course consists of and how answers are marked is in `content_packs.courses`; how learners see one, whoever made
it, in `ideascube.courses`.
"""
