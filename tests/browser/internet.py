"""What stands for the internet: a server on another port, that lets everyone read it and remembers who asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.support.zims import PIXEL

_KINDS = {
    ".png": ("image/png", PIXEL),
    ".js": ("text/javascript", b"window.foreignScript = true; postMessage && 0;"),
    ".css": ("text/css", b"body { color: rgb(9, 9, 9) }"),
}


class Internet:
    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.asked: list[str] = []


@contextmanager
def internet() -> Iterator[Internet]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place.asked.append(f"{self.command} {self.path}")
            path = self.path.partition("?")[0]
            kind, body = _KINDS.get(path[path.rfind(".") :], ("text/html", f"<p>{path}</p>".encode()))
            if path == "/frame":
                body = f"<iframe src='{self.path.partition('?')[2]}'></iframe>".encode()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_PUT = do_OPTIONS = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        place = Internet(server.server_port)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield place
        server.shutdown()
