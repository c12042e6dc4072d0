"""Draws and sounds the demo library's media. Run through tools/make_demo_media.py; no part of the installed program."""
