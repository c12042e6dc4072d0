"""Starts a whole box: sockets, then web workers, searchers and the jobs process below one supervisor."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from ideascube.announce import announce
from ideascube.jobs import run_jobs
from ideascube.logs import configure_logging
from ideascube.memory import keep_small, share_with_children
from ideascube.reading.pdf_renderer import run_renderer
from ideascube.search.searcher import run_searcher
from ideascube.settings import Settings
from ideascube.sockets import allow_many_open_files, listen, listen_unix
from ideascube.supervisor import Role, Supervisor
from ideascube.web.rendering import prepare
from ideascube.web.worker import run_worker

SEARCHES_WAITING = 16  # that may wait for a searcher; one more gets a page that asks to try again
PAGES_WAITING = 64  # of PDFs that may wait for the renderer: thirty readers who open one book at once, and some more


def run_server(settings: Settings, *, with_code: bool = False) -> None:
    """Serve until a stop signal. Raises BadInput or NotAllowed where the ports or the data folder can't be used."""
    configure_logging()
    settings.data.create()
    allow_many_open_files()
    keep_small()
    with tempfile.TemporaryDirectory(prefix="ideascube-") as runtime:
        own = replace(settings, runtime=Path(runtime))
        roles = _roles(own)
        prepare(settings.data.cache / "prepared")
        share_with_children()
        Supervisor(roles).run(ready=partial(announce, own, with_code=with_code))


def _roles(settings: Settings) -> list[Role]:
    pages = listen(settings.host, settings.port, settings.workers)
    content = listen(settings.host, settings.content_port, settings.workers)
    searches = listen_unix(settings.searcher_socket, SEARCHES_WAITING)
    drawings = listen_unix(settings.renderer_socket, PAGES_WAITING)
    return [
        Role("jobs", partial(run_jobs, settings)),
        *(
            Role(f"web worker {number}", partial(run_worker, settings, *sockets))
            for number, sockets in enumerate(zip(pages, content, strict=True), 1)
        ),
        *(
            Role(f"searcher {number}", partial(run_searcher, searches, settings))
            for number in range(1, settings.searchers + 1)
        ),
        Role("renderer", partial(run_renderer, drawings, settings)),
    ]
