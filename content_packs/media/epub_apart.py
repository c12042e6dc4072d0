"""`python -m content_packs.media.epub_apart NAME OFFSET LENGTH FILE…`: a book's outline as JSON on standard output.

A program of its own, since an archive can be made to take all memory and time, or to crash what reads it. The book lies
at OFFSET in the FILE, or the parts of one; without any, it comes on standard input. The answer is `{"outline": …}` or
`{"refusal": "a sentence"}`.
"""

from __future__ import annotations

import faulthandler
import io
import os
import resource
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, cast

import msgspec

from content_packs.apart import bound_memory
from content_packs.errors import IdeascubeError
from content_packs.media.epub_outline import outline_of
from content_packs.zim.layout import ByteRange
from content_packs.zim.parts import PartedFile
from content_packs.zim.window import Window

SECONDS = 30  # of work
MEMORY = 256 * 1024 * 1024  # bytes beside what the program itself takes
ANSWER_LIMIT = 3 * 1024 * 1024  # bytes of JSON, so that whoever asks can keep it: a book of 15,000 files is less
_LESS_URGENT = 10  # than pages: see nice(1)


def main(arguments: Sequence[str]) -> None:
    name, offset, length, *files = arguments
    faulthandler.disable()
    os.nice(_LESS_URGENT)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    signal.alarm(2 * SECONDS)
    bound_memory(MEMORY)
    answer: dict[str, object] = {}
    try:
        answer["outline"] = outline_of(_opened(files, ByteRange(int(offset), int(length))), name)
    except IdeascubeError as refusal:
        answer["refusal"] = str(refusal)
    sys.stdout.buffer.write(_bounded(answer, name))


def _bounded(answer: dict[str, object], name: str) -> bytes:
    written = msgspec.json.encode(answer)
    if len(written) <= ANSWER_LIMIT:
        return written
    sentence = f"{name} has more files, or files with longer names, than any book: open the file itself."
    return msgspec.json.encode({"refusal": sentence})


def _opened(files: Sequence[str], place: ByteRange) -> IO[bytes]:
    if not files:
        return io.BytesIO(sys.stdin.buffer.read())
    return cast("IO[bytes]", io.BufferedReader(Window(PartedFile([Path(file) for file in files]), place)))


if __name__ == "__main__":
    main(sys.argv[1:])
