"""What the server's processes write to their log: what an operator can act on, and nobody's address."""

from __future__ import annotations

import logging

from aiohttp.http_exceptions import HttpProcessingError


def configure_logging() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("aiohttp.server").addFilter(_is_our_fault)


def _is_our_fault(record: logging.LogRecord) -> bool:
    """A request that is no HTTP was answered with 400 by aiohttp; its text and sender are nobody's business."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, (HttpProcessingError, ConnectionError))
