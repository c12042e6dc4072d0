"""HTML that came from a person or an editor, made a body: text, structure, files of this box, and nothing that runs.

nh3 (ammonia) reads it as browsers do and drops what is dangerous; of what it leaves, only the vocabulary of a body is
written, by our own hand: docs/formats/creation-body.md
"""

from __future__ import annotations

import re
from typing import Any

import nh3

from content_packs.errors import BadInput
from ideascube.creations.body import Blocks
from ideascube.creations.body_html import to_html
from ideascube.creations.body_reading import BLOCKS, MARKS, BodyReader
from ideascube.reading.trees import html_of, html_tree

LONGEST = 200_000  # characters of a body
_MOST_READ = 2_000_000  # characters of what is to become one
_MOST_TAGS = 20_000  # that begin or end an element: to read so many takes a second
_REFERENCES = 100_000  # characters written as `&amp;`: of each, nh3 copies all the text before it

_TAGS = BLOCKS | MARKS.keys() | {"a", "br", "source", "span"}
_DROPPED = {
    "script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "form", "button", "select",
    "textarea", "svg", "math", "title", "head", "noembed", "noframes", "xmp", "plaintext",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "title"},
    "audio": {"src", "aria-label"},
    "video": {"src", "aria-label"},
    "source": {"src"},
}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")


def clean_body(html: str, origin: str = "") -> str:
    """The body that `html` is, in its one form. `origin`: this box's, so that links to its pages are paths.

    Raises BadInput for what is too long to be read, or to be a body.
    """
    body = to_html(read_body(html, origin))
    if len(body) > LONGEST:
        raise BadInput(
            f"This text is too long: it has {len(body):,} letters, and one may have {LONGEST:,}. Make two of it."
        )
    return body


def read_body(html: str, origin: str = "") -> Blocks:
    """The same as blocks, however long. Raises BadInput for what is too long to be read."""
    if len(html) > _MOST_READ:
        raise BadInput(f"This text is far too long: one may have {LONGEST:,} letters. Make several of it.")
    root = html_tree(_CONTROLS.sub("", html.encode("utf-8", "replace").decode()))
    if root is None:
        return ()
    plain = html_of(root)
    if plain.count("&") > _REFERENCES:
        raise BadInput("This text has far more signs than words: write it more plainly.")
    cleaned = nh3.clean(
        plain,
        tags=set(_TAGS),
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel=None,
        strip_comments=True,
    )
    if cleaned.count("<") > _MOST_TAGS:
        raise BadInput("This text has far more parts than one page can hold: make several of it.")
    safe = html_tree(cleaned)
    return () if safe is None else BodyReader(origin).read(_body_of(safe))


def _body_of(root: Any) -> Any:
    body = root if root.tag == "body" else root.find(".//body")
    return root if body is None else body
