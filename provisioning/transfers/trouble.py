"""What goes wrong between a source and us, inside of a transfer: each with what is to be thought of the source."""

from __future__ import annotations


class Trouble(Exception):
    """`args[0]` says it in words that follow “the source” and a colon."""


class Passing(Trouble):
    """May go by itself: the line is gone, the server is busy, something was cut off. The source may be asked again."""


class Useless(Trouble):
    """The source will not give the file, or not what is missing of it, however often it is asked today."""


class Other(Trouble):
    """The source has something else than is wanted."""


class Changed(Trouble):
    """The source has another state of the file than the one from which something is here already."""
