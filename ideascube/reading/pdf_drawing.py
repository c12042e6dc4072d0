"""What is done in the process apart that is started for one page: it opens the PDF where it lies in the ZIM file."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import resource
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path

import msgspec
import psutil
import pypdfium2

from content_packs.apart import bound_memory, end_with_parent
from content_packs.errors import BadInput, BrokenPack
from content_packs.media.pdf import open_pdf
from content_packs.media.pdf_pages import draw, outline_of, page_of
from content_packs.zim.archive import ZimArchive
from content_packs.zim.contents import content_pieces
from content_packs.zim.window import Window
from ideascube.reading.pdf_wanted import Wanted

COPY_LIMIT = 200_000_000  # bytes of a PDF that its pack holds compressed

_PIECE = 64 * 1024  # bytes that are read at least
_MEMORY = 512 * 1024 * 1024
_MEMORY_SHARE = 3  # of the machine's memory, one part in so many
_FIRST_TO_GO = "600"  # oom_score_adj: where memory runs out, rather this than a web worker

Made = dict[str, bytes]  # contents by the names of their files


def make_apart(wanted: Wanted, cache: Path, copy: Path, niceness: int) -> Made | BadInput:
    """All files that `wanted` names and that are missing in `cache`, but for a copy, which is written to `copy`.

    A refusal is an answer; a crash, or an end without one, is for whoever started this process to see.
    """
    _be_modest(niceness)
    try:
        with _source(wanted, cache, copy) as source, open_pdf(source, wanted.name) as opened:
            return {file.name: _made(wanted, file, opened, cache) for file in wanted.files(cache) if not file.exists()}
    except BadInput as refusal:
        return refusal
    except BrokenPack as error:
        return BadInput(str(error))
    except pypdfium2.PdfiumError:
        return BadInput(f"Page {wanted.page} of {wanted.name} is damaged: go on to the next one, or open the file.")


def _be_modest(niceness: int) -> None:
    end_with_parent()
    faulthandler.disable()  # a crash is an answer here, and no news for whoever reads the log
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(niceness)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO)
    bound_memory(min(_MEMORY, psutil.virtual_memory().total // _MEMORY_SHARE))


@contextlib.contextmanager
def _source(wanted: Wanted, cache: Path, copy: Path) -> Iterator[Path | BufferedReader]:
    """The PDF as it lies in the ZIM file, which costs nothing, or a copy of it where that is compressed."""
    zim = ZimArchive(Path(wanted.zim))
    if zim.fingerprint != wanted.fingerprint:
        raise BrokenPack(f"{zim.path.name} changed while it was read: open the page again.")
    place = zim.layout.stored_range(wanted.entry)
    if place is not None:
        yield BufferedReader(Window(zim.file, place), _PIECE)
    elif (kept := wanted.copy_file(cache)).exists():
        yield kept
    else:
        yield _copied(zim, wanted, copy)


def _copied(zim: ZimArchive, wanted: Wanted, copy: Path) -> Path:
    size = 0
    with copy.open("wb") as file:
        for piece in content_pieces(zim, wanted.entry):
            size += file.write(piece)
            if size > COPY_LIMIT:
                raise BadInput(f"{wanted.name} is too large to be shown page by page: open the file itself.")
    return copy


def _made(wanted: Wanted, file: Path, opened: pypdfium2.PdfDocument, cache: Path) -> bytes:
    if file == wanted.outline_file(cache):
        return msgspec.json.encode(outline_of(opened))
    if wanted.page > len(opened):
        raise BadInput(f"{wanted.name} has {len(opened)} pages: there is no page {wanted.page}.")
    if file == wanted.page_file(cache):
        return msgspec.json.encode(page_of(opened, wanted.page))
    return draw(opened, wanted.page, wanted.width, wanted.kind)
