"""`/staff/sync`: what the box exchanges with the outside, as people on site see it, and what they may ask for.

The exchange itself is a program of its own; both meet in the folder `sync/` (docs/formats/sync.md) and nowhere else.
"""
