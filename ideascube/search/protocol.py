"""What a web worker and a searcher say to each other: one line of JSON asks, lines of JSON answer, then it is over.

The answer: `started`, then `hits` for each pack as it is done, then `final` with the merged page. Whoever loses
patience before `final` merges the hits that came. Every line is `["kind", …]`; deadlines are `time.monotonic()`, in
seconds, which all processes of a machine share.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

MAX_PAGES = 50
MAX_PAGE_SIZE = 50

# A marked piece of a snippet is a word that was searched for. Plain text, not HTML: the template escapes it.
Piece = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What a visitor asks. `languages`: the visitor's, BCP 47, preferred first. `lang`, `kind`, `pack`: filters, empty
    for all. `page` counts from 1.
    """

    text: str
    languages: tuple[str, ...] = ()
    lang: str = ""
    kind: str = ""
    pack: str = ""
    page: int = 1
    page_size: int = 10


@dataclass(frozen=True, slots=True)
class Request:
    """`task` is `search` or `suggest`."""

    task: str
    query: SearchQuery
    deadline: float


class Hit(NamedTuple):
    """One page as one pack found it. Ranks count from 0; -1 where it was not found that way.

    `title` is empty where the pack names the page only by its file; `matched` is the title that was found.
    """

    path: str
    title: str
    matched: str = ""
    text_rank: int = -1
    title_rank: int = -1


@dataclass(frozen=True, slots=True)
class PackHits:
    """One pack's answer. `total` is an estimate; `more` says that it holds hits beyond these."""

    pack: str
    languages: tuple[str, ...]
    kind: str
    hits: tuple[Hit, ...]
    total: int = 0
    more: bool = False


class Place(NamedTuple):
    pack: str
    path: str


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the results. `lang` is empty where the pack has several languages and the page does not say.

    `also`: where the same title lies in other packs, folded into this one.
    """

    title: str
    pack: str
    path: str
    lang: str
    kind: str
    snippet: tuple[Piece, ...] = ()
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Started:
    """How many packs the searcher is about to ask."""

    packs: int


@dataclass(frozen=True, slots=True)
class Final:
    results: tuple[Result, ...]
    total: int
    more: bool
    partial: bool


Message = Started | PackHits | Final


def encode_request(request: Request) -> bytes:
    query = request.query
    document = [
        request.task, query.text, query.languages, query.lang, query.kind, query.pack, query.page, query.page_size,
        request.deadline,
    ]  # fmt: skip
    return _line(document)


def decode_request(line: bytes) -> Request:
    """Raises ValueError where the line is no request."""
    try:
        task, text, languages, lang, kind, pack, page, size, deadline = json.loads(line)
        query = SearchQuery(
            str(text), tuple(map(str, languages)), str(lang), str(kind), str(pack), int(page), int(size)
        )
        return Request(str(task), query, float(deadline))
    except (TypeError, OverflowError, RecursionError) as error:
        raise ValueError(f"No request: {error}") from error


def encode(message: Message) -> bytes:
    match message:
        case Started():
            return _line(["started", message.packs])
        case PackHits():
            facts = [message.pack, message.languages, message.kind, message.total, message.more]
            return _line(["hits", facts, message.hits])
        case Final():
            rows = [[getattr(result, name) for name in Result.__slots__] for result in message.results]
            return _line(["final", [message.total, message.more, message.partial], rows])


def decode(line: bytes) -> Message:
    """Raises ValueError where the line is no message (half a line, from a searcher that died)."""
    try:
        match json.loads(line):
            case ["started", packs]:
                return Started(packs)
            case ["hits", [pack, languages, kind, total, more], hits]:
                found = tuple(Hit(*hit) for hit in hits)
                return PackHits(pack, tuple(languages), kind, found, total, more)
            case ["final", [total, more, partial], rows]:
                return Final(tuple(map(_result, rows)), total, more, partial)
    except TypeError as error:
        raise ValueError(f"No message: {error}") from error
    raise ValueError("No message of this protocol")


def _result(row: list[Any]) -> Result:
    title, pack, path, lang, kind, snippet, also = row
    pieces = tuple((text, marked) for text, marked in snippet)
    return Result(title, pack, path, lang, kind, pieces, tuple(Place(*place) for place in also))


def _line(document: object) -> bytes:
    return json.dumps(document, separators=(",", ":")).encode() + b"\n"
