"""A creation as the box's own index has it: what it is found by. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from ideascube.creations.addresses import item_path
from ideascube.creations.model import Creation, Kind
from ideascube.own_index.documents import OwnDocument, Said

FAMILY = "creation"
KIND = "made"  # of what is neither a film nor a recording
_SEARCH_KINDS: dict[Kind, str] = {"film": "film", "audio": "audio"}
_LONGEST_LICENCE = 60  # characters of what filters offer

_TAG = re.compile(r"<[^>]*>")


def document_id(creation: str) -> str:
    return f"{FAMILY}:{creation}"


def document_of(creation: Creation, words: Iterable[str] = ()) -> OwnDocument:
    """What is searched: titles, summaries, the text, and further `words` (what a film says, the names of tags).

    Titles in further languages find it too; it is written in one language all the same.
    """
    own, *others = _said(creation)
    text = "\n".join(filter(None, (own.text, *(each.text for each in others), body_text(creation.body), *words)))
    return OwnDocument(
        id=document_id(creation.id),
        pack="",
        path=item_path(creation.id),
        lang=own.lang,
        kind=_SEARCH_KINDS.get(creation.kind, KIND),
        licence=creation.licence[:_LONGEST_LICENCE],
        title=own.title or creation.title or creation.id,
        text=text,
        also=tuple(each._replace(text="") for each in others if each.title),
        same=creation.work,
    )


def body_text(body: str) -> str:
    """The words of a body, for searches. It has the one form of all bodies, so that no parser is needed."""
    return " ".join(unescape(_TAG.sub(" ", body)).split())


def _said(creation: Creation) -> Iterator[Said]:
    """Title and summary in each language, its own first."""
    for code in dict.fromkeys((creation.language, *creation.texts)):
        words = creation.texts.get(code)
        yield Said(code, words.title, words.summary) if words else Said(code, "", "")
