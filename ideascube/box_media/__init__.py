"""Files that people bring to the box: taken in by their hash, made into what every phone shows, kept, served, cleared.

What lies where, and in which order it is written: docs/formats/media-store.md
"""
