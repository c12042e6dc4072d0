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
PACK = "pack"  # the kind of a result that is a whole pack

# A marked piece of a snippet is a word that was searched for. Plain text, not HTML: the template escapes it.
Piece = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What a visitor asks. `languages`: the visitor's, BCP 47, preferred first. `page` counts from 1.

    `lang`, `kind`, `pack`, `licence`: filters, empty for all.
    """

    text: str
    languages: tuple[str, ...] = ()
    lang: str = ""
    kind: str = ""
    pack: str = ""
    page: int = 1
    page_size: int = 10
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """`task` is `search` or `suggest`."""

    task: str
    query: SearchQuery
    deadline: float


class Hit(NamedTuple):
    """One page as one pack found it. Ranks count from 0; -1 where it was not found that way.

    `title` is empty where the pack names the page only by its file; `matched` is the title that was found. `sureness`:
    1 where it was found by the words as they were typed, less the further what was looked for is from that. `at`: the
    second of a film at which the words are said; -1 where there is none. `searched`: the text that found it, where
    that is not the typed one. `same`: what translations of each other share, or empty. The empty path is the pack
    itself, found by its title or description.
    """

    path: str
    title: str
    matched: str = ""
    text_rank: int = -1
    title_rank: int = -1
    sureness: float = 1.0
    at: int = -1
    searched: str = ""
    same: str = ""


@dataclass(frozen=True, slots=True)
class PackHits:
    """One pack's answer. `total` is an estimate; `more` says that it holds hits beyond these.

    `licence` as filters name it. `effort`: 0 where all words were looked for, 1 where words like them were, 2 where
    some of them were enough. `made_here`: its pages are creations of this box.
    """

    pack: str
    languages: tuple[str, ...]
    kind: str
    hits: tuple[Hit, ...]
    total: int = 0
    more: bool = False
    licence: str = ""
    effort: int = 0
    made_here: bool = False


class Place(NamedTuple):
    pack: str
    path: str


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the results. `lang` is empty where the pack has several languages and the page does not say.

    `also`: where the same title lies in other packs, folded into this one. `at` as in `Hit`.
    """

    title: str
    pack: str
    path: str
    lang: str
    kind: str
    snippet: tuple[Piece, ...] = ()
    also: tuple[Place, ...] = ()
    at: int = -1


@dataclass(frozen=True, slots=True)
class Started:
    """The packs that the searcher is about to ask."""

    packs: tuple[str, ...]


class Count(NamedTuple):
    """About how many results a further choice would leave. `filter`: `lang`, `kind`, `pack` or `licence`."""

    filter: str
    value: str
    results: int


@dataclass(frozen=True, slots=True)
class Final:
    """The page of results that was asked for.

    `suggestion`: the query as it may have been meant, or empty. `relaxed`: empty where all words were found as they
    were typed, `near` where words like them were, `any` where only some of them were. `left_out`: packs that were not
    asked in time; `preparing`: packs that cannot be searched wholly yet, since their index is being made. `estimated`:
    `total` and `counts` are not counted but estimated.
    """

    results: tuple[Result, ...]
    total: int
    more: bool
    partial: bool
    suggestion: str = ""
    relaxed: str = ""
    left_out: tuple[str, ...] = ()
    preparing: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    estimated: bool = False


Message = Started | PackHits | Final


def encode_request(request: Request) -> bytes:
    return _line([request.task, _values(request.query), request.deadline])


def decode_request(line: bytes) -> Request:
    """Raises ValueError where the line is no request."""
    try:
        task, [text, languages, lang, kind, pack, page, size, licence], deadline = json.loads(line)
        query = SearchQuery(
            str(text), tuple(map(str, languages)), str(lang), str(kind), str(pack), int(page), int(size), str(licence)
        )
        return Request(str(task), query, float(deadline))
    except (TypeError, OverflowError, RecursionError) as error:
        raise ValueError(f"No request: {error}") from error


def encode(message: Message) -> bytes:
    match message:
        case Started():
            return _line(["started", message.packs])
        case PackHits():
            return _line(["hits", _values(message)])
        case Final():
            return _line(["final", [_values(result) for result in message.results], _values(message)[1:]])


def decode(line: bytes) -> Message:
    """Raises ValueError where the line is no message (half a line, from a searcher that died)."""
    try:
        match json.loads(line):
            case ["started", packs]:
                return Started(tuple(packs))
            case ["hits", [pack, languages, kind, hits, *rest]]:
                return PackHits(pack, tuple(languages), kind, tuple(Hit(*hit) for hit in hits), *rest)
            case ["final", rows, [total, more, partial, suggestion, relaxed, left_out, preparing, counts, about]]:
                return Final(
                    tuple(map(_result, rows)), total, more, partial, suggestion, relaxed, tuple(left_out),
                    tuple(preparing), tuple(Count(*count) for count in counts), about,
                )  # fmt: skip
    except TypeError as error:
        raise ValueError(f"No message: {error}") from error
    raise ValueError("No message of this protocol")


def _result(row: list[Any]) -> Result:
    title, pack, path, lang, kind, snippet, also, at = row
    pieces = tuple((text, marked) for text, marked in snippet)
    return Result(title, pack, path, lang, kind, pieces, tuple(Place(*place) for place in also), at)


def _values(message: SearchQuery | PackHits | Result | Final) -> list[Any]:
    return [getattr(message, name) for name in message.__slots__]


def _line(document: object) -> bytes:
    return json.dumps(document, separators=(",", ":")).encode() + b"\n"
