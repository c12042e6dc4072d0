"""Courses on the box: `/courses`, their lessons and quizzes, and the certificate.

What a course consists of and how answers are marked is in `content_packs.courses`; how far somebody is, in
`ideascube.progress`.
"""
