"""Courses as a server and a builder both know them: what they consist of, and how answers are marked.

How a course is read from a folder and becomes pages is in `content_packs.build.course`.
"""
