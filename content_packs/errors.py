"""The errors that people read: one sentence that names the thing, what is wrong with it and what to do.

Each family has the exit code that a command ends with (listed in `docs/commands.md`).
"""

import errno


class IdeascubeError(Exception):
    """A failure with a sentence for the person who caused it or can cure it."""

    exit_code = 1


class BadInput(IdeascubeError):
    """What the person gave cannot be used: a wrong field, a missing file, an unknown id."""

    exit_code = 2


class BrokenPack(IdeascubeError):
    """A ZIM file that cannot be opened, or that a check found unfit to be shown."""

    exit_code = 3


class NotThere(BadInput):
    """The file is not where it was looked for: in a folder, at an address, in an object store."""


class Refused(BrokenPack):
    """What came is not what was signed or announced; nothing of it is kept."""


class BrokenEntry(IdeascubeError):
    """One entry of an otherwise readable ZIM file that cannot be read."""

    exit_code = 3


class NoSpace(IdeascubeError):
    """The disk has no room for what was asked; nothing was changed."""

    exit_code = 4


class NotAllowed(IdeascubeError):
    """The file system refuses: permissions, a read-only disk."""

    exit_code = 5


class MissingProgram(IdeascubeError):
    """A program of the system that the work needs, such as ffmpeg, is not installed."""

    exit_code = 6


class Busy(IdeascubeError):
    """Another process is at work on the same thing; nothing was changed, and later it will go."""

    exit_code = 7


class Unfinished(IdeascubeError):
    """What was asked is not done yet: the line is gone, or the budget spent. What arrived stays; later it goes on."""

    exit_code = 8


def is_disk_full(error: OSError) -> bool:
    """Whether the system refused for want of room, of the disk or of what its user may take."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)
