"""How one request is answered from sources, message by message. No sockets and no processes here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from content_packs.text import fold
from content_packs.zim.finding import clean_query
from ideascube.search.merge import Merged, merge_results, merge_suggestions, total_of
from ideascube.search.page_text import PageText
from ideascube.search.protocol import (
    MAX_PAGE_SIZE,
    MAX_PAGES,
    Final,
    Message,
    PackHits,
    Request,
    Result,
    SearchQuery,
    Started,
)
from ideascube.search.snippets import snippet
from ideascube.search.sources import Source, chosen

Clock = Callable[[], float]

# Of one pack's hits, how many go ahead of the final message, to be shown if that does not come in time.
_AHEAD = MAX_PAGE_SIZE
SUGGESTIONS = 10

# Pages are unpacked by so many threads: what unpacks them lets other threads run, as what finds them does not.
_READERS = 2
_readers = ThreadPoolExecutor(_READERS, "reader")  # begins a thread when there is work for it, so none before a fork

_LANGUAGES = 10
_TAG_LENGTH = 35  # characters; BCP 47 asks programs for as many
_NAME_LENGTH = 300  # characters; no file name is longer


def bounded(query: SearchQuery) -> SearchQuery:
    """The query as it is answered: its text clean, all else within bounds, whatever a visitor's browser sent."""
    return SearchQuery(
        clean_query(query.text),
        tuple(tag[:_TAG_LENGTH] for tag in query.languages[:_LANGUAGES]),
        query.lang[:_TAG_LENGTH],
        query.kind[:_NAME_LENGTH],
        query.pack[:_NAME_LENGTH],
        min(max(query.page, 1), MAX_PAGES),
        min(max(query.page_size, 1), MAX_PAGE_SIZE),
        query.licence[:_NAME_LENGTH],
    )


def answer(request: Request, sources: Sequence[Source], clock: Clock) -> Iterator[Message]:
    """The messages of the answer, each as soon as it is known. Nothing is begun after the request's deadline."""
    query = bounded(request.query)
    asked = chosen(sources, query) if query.text else []
    if clock() >= request.deadline:
        return
    yield Started(len(asked))
    answers: list[PackHits] = []
    for source in asked:
        if clock() >= request.deadline:
            break
        answers.append(_ask(source, request.task, query))
        yield replace(answers[-1], hits=answers[-1].hits[:_AHEAD])
    partial = len(answers) < len(asked)
    if request.task == "suggest":
        yield suggestions(query, answers, partial=partial)
    else:
        final, places = results(query, answers, partial=partial)
        yield replace(final, results=tuple(_with_snippets(places, asked, query, request.deadline, clock)))


def _ask(source: Source, task: str, query: SearchQuery) -> PackHits:
    if task == "suggest":
        return source.suggest(query.text)
    return source.search(query.text, query.page * query.page_size + 1)


def suggestions(query: SearchQuery, answers: Sequence[PackHits], *, partial: bool) -> Final:
    """The first suggestions of what the packs answered, each under the title that was found."""
    places = merge_suggestions(query.text, query.languages, answers)
    named = [replace(place.to_result(), title=place.hit.matched or place.to_result().title) for place in places]
    # Nobody can tell two lines with one title and one pack apart; the results, with snippets, show both.
    told: dict[tuple[str, str], Result] = {}
    for result in named:
        told.setdefault((fold(result.title), result.pack), result)
    return Final(tuple(told.values())[:SUGGESTIONS], len(told), more=len(told) > SUGGESTIONS, partial=partial)


def results(query: SearchQuery, answers: Sequence[PackHits], *, partial: bool) -> tuple[Final, list[Merged]]:
    """The page of results that was asked for, without snippets, and the places in the merged list it comes from."""
    merged = merge_results(query.text, query.languages, answers)
    end = query.page * query.page_size
    places = merged[end - query.page_size : end]
    more = query.page < MAX_PAGES and bool(places) and (len(merged) > end or any(answer.more for answer in answers))
    final = Final(tuple(place.to_result() for place in places), total_of(answers, merged), more, partial)
    return final, places


def _with_snippets(
    places: Sequence[Merged], sources: Sequence[Source], query: SearchQuery, deadline: float, clock: Clock
) -> list[Result]:
    """The results with their snippets, as far as time allows."""
    by_pack = {source.pack: source for source in sources}
    shown = [place.to_result() for place in places]

    def show(numbers: Sequence[int]) -> None:
        for number in numbers:
            if clock() < deadline:
                shown[number] = _shown(shown[number], places[number], pages[number].read(), query.text)

    pages = [_page(by_pack[result.pack], result.path, deadline, clock) for result in shown]
    list(_readers.map(show, _shares(shown)))
    return shown


def _page(source: Source, path: str, deadline: float, clock: Clock) -> PageText:
    return source.page(path) if clock() < deadline else PageText("")


def _shares(shown: Sequence[Result]) -> list[list[int]]:
    """The results' numbers for each reader.

    By path: neighbours often lie in one cluster, which then is unpacked once.
    """
    order = sorted(range(len(shown)), key=lambda number: (shown[number].pack, shown[number].path))
    share = -(-len(order) // _READERS)
    return [order[first : first + share] for first in range(0, len(order), share or 1)]


def _shown(result: Result, place: Merged, page: PageText, query: str) -> Result:
    """A result with its snippet, and with what the page says of itself where the pack does not."""
    title = place.hit.title or page.title or result.title
    return replace(result, title=title, lang=page.lang or result.lang, snippet=snippet(page, query))
