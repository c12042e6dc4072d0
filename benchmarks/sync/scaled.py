"""`python -m benchmarks.sync.scaled`: the command with one rule fitted to compressed time.

What is sent is cut by the rate that is measured while it goes out. Over the link of `line` that is so many times that
of the real one, and objects would be as large as on a fast line: a cut would cost what it never does in the field.
"""

from __future__ import annotations

from benchmarks.sync.line import FASTER
from ideascube.cli import main
from provisioning.outgoing import objects

if __name__ == "__main__":
    objects._SLOW *= FASTER  # noqa: SLF001 - nobody but this has to change it
    main()
