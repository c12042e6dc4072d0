"""Courses: how answers are marked, how a folder is read, what becomes of it."""
