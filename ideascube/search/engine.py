"""How one request is answered from sources, message by message. No sockets and no processes here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from content_packs.text import fold
from ideascube.search.asked import Asked, Effort, cleaned, understand
from ideascube.search.counts import Tally, leaves
from ideascube.search.demotion import shown_order
from ideascube.search.merge import Merged, merge_results, merge_suggestions
from ideascube.search.page_text import PageText
from ideascube.search.protocol import (
    MAX_PAGE_SIZE,
    MAX_PAGES,
    Final,
    Hit,
    Message,
    PackHits,
    Request,
    Result,
    SearchQuery,
    Started,
)
from ideascube.search.query_words import Word, words_of
from ideascube.search.snippets import excerpt
from ideascube.search.sources import Source, chosen
from ideascube.search.strict import OVER_FETCH, entry_of, only_allowed

Clock = Callable[[], float]
Meant = Callable[[Asked, Sequence[str]], str]

# Of one pack's hits, how many go ahead of the final message, to be shown if that does not come in time.
_AHEAD = MAX_PAGE_SIZE
SUGGESTIONS = 10
_SUGGESTING = 0.02  # seconds, once there are enough suggestions or only unlikely packs are left

FEW, FULL = 3, 10  # results; where there are fewer, something else was likely meant, or may have been

_MIXED = 8  # languages of one pack; of packs with more, results may come to an end early

# Pages are unpacked by so many threads: what unpacks them lets other threads run, as what finds them does not.
_READERS = 2
_readers = ThreadPoolExecutor(_READERS, "reader")  # begins a thread when there is work for it, so none before a fork

_LANGUAGES = 10
_TAG_LENGTH = 35  # characters; BCP 47 asks programs for as many
_NAME_LENGTH = 300  # characters; no file name is longer


def bounded(query: SearchQuery) -> SearchQuery:
    """The query as it is answered: its text clean, all else within bounds, whatever a visitor's browser sent."""
    return SearchQuery(
        cleaned(query.text),
        tuple(tag[:_TAG_LENGTH] for tag in query.languages[:_LANGUAGES]),
        query.lang[:_TAG_LENGTH],
        query.kind[:_NAME_LENGTH],
        query.pack[:_NAME_LENGTH],
        min(max(query.page, 1), MAX_PAGES),
        min(max(query.page_size, 1), MAX_PAGE_SIZE),
        query.licence[:_NAME_LENGTH],
    )


def nothing_meant(asked: Asked, languages: Sequence[str]) -> str:
    """Where the words of the library are not known."""
    return ""


def answer(
    request: Request,
    sources: Sequence[Source],
    clock: Clock,
    meant: Meant = nothing_meant,
) -> Iterator[Message]:
    """The messages of the answer, each as soon as it is known. Nothing is begun after the request's deadline.

    `meant` gives the query as it may have been meant, for a visitor's languages, or nothing.
    """
    query = bounded(request.query)
    asked = replace(understand(query.text), within_pack=bool(query.pack))
    chosen_sources = chosen(sources, query, asked) if asked.words else []
    if clock() >= request.deadline:
        return
    yield Started(tuple(source.pack for source in chosen_sources))
    if request.task == "suggest":
        yield from _suggested(query, asked, chosen_sources, request.deadline, clock)
    else:
        yield from _Search(query, asked, chosen_sources, sources, request.deadline, clock).messages(meant)


def _suggested(
    query: SearchQuery, asked: Asked, sources: Sequence[Source], deadline: float, clock: Clock
) -> Iterator[Message]:
    """Whoever types waits for no more than there is room for, nor for packs that hardly have the words."""
    began, answers = clock(), list[PackHits]()
    for source in sources:
        is_enough = sum(len(each.hits) for each in answers) >= SUGGESTIONS or not source.likelihood(asked)
        if clock() >= (min(deadline, began + _SUGGESTING) if is_enough else deadline):
            break
        answers.append(source.suggest(asked))
        yield replace(answers[-1], hits=answers[-1].hits[:_AHEAD])
    yield suggestions(query, answers, partial=len(answers) < len(sources))


class _Search:
    """One search while it is made: with more and more effort, for as long as too little was found."""

    def __init__(
        self,
        query: SearchQuery,
        asked: Asked,
        chosen_sources: Sequence[Source],
        sources: Sequence[Source],
        deadline: float,
        clock: Clock,
    ) -> None:
        self._query, self._asked, self._deadline, self._clock = query, asked, deadline, clock
        self._sources = chosen_sources
        self._others = [source for source in sources if asked.words and not leaves(query, source)]
        self._half_time = (clock() + deadline) / 2
        self._answers: list[PackHits] = []
        self._left_out: dict[str, None] = {}

    def messages(self, meant: Meant) -> Iterator[Message]:
        yield from self._with(Effort.WORDS)
        found = self._found()
        suggestion = meant(self._asked, self._query.languages) if found < FULL and self._asked.words else ""
        if suggestion or found < (1 if self._asked.is_strict else FEW):
            yield from self._with(Effort.NEAR)
        if not self._found():
            yield from self._with(Effort.ANY)
        answers = [*self._answers, *self._totals()]
        final, places = results(self._query, answers, partial=bool(self._left_out))
        shown = _with_snippets(places, self._sources, self._asked, self._deadline, self._clock)
        self._note(shown)
        yield replace(
            final,
            results=tuple(shown),
            suggestion=suggestion,
            relaxed=relaxed(self._answers),
            left_out=tuple(self._left_out),
            preparing=tuple(source.pack for source in self._sources if source.preparing),
        )

    def _with(self, effort: Effort) -> Iterator[Message]:
        for source in self._sources:
            if self._is_late():
                self._left_out[source.pack] = None
                continue
            found = self._ask(source, effort)
            if found.hits or effort is Effort.WORDS:
                self._answers.append(found)
                yield replace(found, hits=found.hits[:_AHEAD])

    def _ask(self, source: Source, effort: Effort) -> PackHits:
        count = self._query.page * self._query.page_size + 1
        if self._query.lang:  # only some of the pages of a pack of several languages are in this one
            count *= min(max(1, len(source.languages)), _MIXED)
        if not self._asked.is_strict:
            return source.search(self._asked, effort, count)
        found = source.search(self._asked, effort, max(count, OVER_FETCH))
        return only_allowed(found, self._asked, count, source.page, self._is_late, _readers.map)

    def _is_late(self) -> bool:
        return self._clock() >= self._deadline

    def _found(self) -> int:
        return sum(len(each.hits) for each in self._answers)

    def _totals(self) -> Iterator[PackHits]:
        """How much is in the packs that the filters leave out, so that another choice can say its number."""
        for source in self._others:
            if self._clock() >= self._half_time:
                return
            yield source.search(self._asked, Effort.WORDS, 0)

    def _note(self, shown: Sequence[Result]) -> None:
        packs = Counter(result.pack for result in shown)
        for source in self._sources:
            if packs[source.pack]:
                source.note_shown(packs[source.pack])


def relaxed(answers: Sequence[PackHits]) -> str:
    """What it took to find anything at all, as `Final` says it."""
    least = min((Effort(each.effort) for each in answers if each.hits), default=Effort.WORDS)
    return {Effort.WORDS: "", Effort.NEAR: "near", Effort.ANY: "any"}[least]


def suggestions(query: SearchQuery, answers: Sequence[PackHits], *, partial: bool) -> Final:
    """The first suggestions of what the packs answered, each under the title that was found."""
    in_order = sorted(answers, key=lambda answer: answer.pack)
    places = merge_suggestions(understand(query.text).title, query.languages, in_order)
    named = [replace(place.to_result(), title=place.hit.matched or place.to_result().title) for place in places]
    # Nobody can tell two lines with one title and one pack apart; the results, with snippets, show both.
    told: dict[tuple[str, str], Result] = {}
    for result in named:
        told.setdefault((fold(result.title), result.pack), result)
    return Final(tuple(told.values())[:SUGGESTIONS], len(told), more=len(told) > SUGGESTIONS, partial=partial)


def results(query: SearchQuery, answers: Sequence[PackHits], *, partial: bool) -> tuple[Final, list[Merged]]:
    """The page of results that was asked for, without snippets, and the places in the merged list it comes from."""
    # Which pack is asked first changes from one search to the next; what is equally good must not change its place.
    left = sorted((answer for answer in answers if leaves(query, answer)), key=lambda answer: answer.pack)
    merged = merge_results(understand(query.text).title, query.languages, left, query.lang)
    end = query.page * query.page_size
    places = merged[end - query.page_size : end]
    is_more = any(answer.more for answer in left)
    more = query.page < MAX_PAGES and bool(places) and (len(merged) > end or is_more)
    shown = tuple(place.to_result() for place in places)
    tally = Tally(answers)
    total = max(len(merged), tally.total(query)) if is_more else len(merged)
    return Final(shown, total, more, partial, counts=tally.counts(query), estimated=is_more), places


def _with_snippets(
    places: Sequence[Merged], sources: Sequence[Source], asked: Asked, deadline: float, clock: Clock
) -> list[Result]:
    """The results with their snippets, as far as time allows, and in the order that their pages ask for."""
    by_pack = {source.pack: source for source in sources}
    shown = [place.to_result() for place in places]
    pages = [_page(by_pack[place.answer.pack], entry_of(place.hit), deadline, clock) for place in places]

    def show(numbers: Sequence[int]) -> None:
        for number in numbers:
            if clock() < deadline:
                pages[number] = pages[number].read()
                shown[number] = _shown(shown[number], places[number], pages[number], asked)

    list(_readers.map(show, _shares(shown)))
    return [shown[number] for number in shown_order(places, pages)]


def _page(source: Source, path: str, deadline: float, clock: Clock) -> PageText:
    return source.page(path) if clock() < deadline else PageText("")


def _shares(shown: Sequence[Result]) -> list[list[int]]:
    """The results' numbers for each reader.

    By path: neighbours often lie in one cluster, which then is unpacked once.
    """
    order = sorted(range(len(shown)), key=lambda number: (shown[number].pack, shown[number].path))
    share = -(-len(order) // _READERS)
    return [order[first : first + share] for first in range(0, len(order), share or 1)]


def _shown(result: Result, place: Merged, page: PageText, asked: Asked) -> Result:
    """A result with its snippet, and with what the page says of itself where the pack does not."""
    title = place.hit.title or page.title or result.title
    found = excerpt(page, _looked_for(place.hit, asked))
    at = found.at if found.at >= 0 else result.at
    return replace(result, title=title, lang=page.lang or result.lang, snippet=found.pieces, at=at)


def _looked_for(hit: Hit, asked: Asked) -> tuple[Word, ...]:
    """What is shown in a page: the words that found it, whatever was typed."""
    unfinished = bool(asked.words) and asked.words[-1].unfinished
    return words_of(hit.searched or asked.text, asked.phrases, unfinished=unfinished)
