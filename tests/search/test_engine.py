from __future__ import annotations

from dataclasses import dataclass, field

from ideascube.search.answers import Answers
from ideascube.search.asked import Asked, Effort
from ideascube.search.engine import answer, bounded
from ideascube.search.page_text import PageText
from ideascube.search.protocol import (
    MAX_PAGES,
    Final,
    Hit,
    Message,
    PackHits,
    Place,
    Request,
    Result,
    SearchQuery,
    Started,
    decode,
    decode_request,
    encode,
    encode_request,
)  # fmt: skip


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Book:
    """A source of so many numbered pages, each search of which takes `seconds` on the clock."""

    pack: str = "book"
    languages: tuple[str, ...] = ("en",)
    kind: str = "book"
    pages: int = 3
    seconds: float = 0.0
    clock: Clock = field(default_factory=Clock)
    asked: list[int] = field(default_factory=list)
    efforts: list[Effort] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    shown: int = 0

    licence: str = ""
    preparing: bool = False
    likely: float = 1.0

    def likelihood(self, asked: Asked) -> float:
        return self.likely

    def note_shown(self, results: int) -> None:
        self.shown += results

    def search(self, asked: Asked, effort: Effort, count: int) -> PackHits:
        self.efforts.append(effort)
        if effort is not Effort.WORDS:
            return PackHits(self.pack, self.languages, self.kind, (), effort=int(effort))
        self.clock.now += self.seconds
        self.asked.append(count)
        hits = tuple(Hit(f"{n}.html", f"{self.pack} {n}", "", n) for n in range(min(self.pages, count)))
        return PackHits(self.pack, self.languages, self.kind, hits, self.pages, more=count <= self.pages)

    def suggest(self, asked: Asked) -> PackHits:
        return self.search(asked, Effort.WORDS, 5)

    def page(self, path: str) -> PageText:
        self.read.append(path)
        return PageText(f"What {path} says")


def ask(
    query: SearchQuery, *books: Book, task: str = "search", deadline: float = 10, clock: Clock | None = None
) -> list[Message]:
    return list(answer(Request(task, query, deadline), books, clock or Clock()))


def final(messages: list[Message]) -> Final:
    assert isinstance(messages[-1], Final)
    return messages[-1]


def titles(messages: list[Message]) -> list[str]:
    return [result.title for result in final(messages).results]


def test_each_pack_speaks_as_soon_as_it_is_done() -> None:
    started, first, second, _ = ask(SearchQuery("x"), Book("a"), Book("b"))

    assert Started(("a", "b")) == started
    assert isinstance(first, PackHits)
    assert isinstance(second, PackHits)
    assert ["a", "b"] == [first.pack, second.pack]


def test_only_what_is_shown_is_read_for_snippets() -> None:
    book = Book(pages=100)

    ask(SearchQuery("x", page=2, page_size=5), book)

    assert [f"{n}.html" for n in range(5, 10)] == book.read


def test_pages_of_results_follow_each_other_without_gap_or_repetition() -> None:
    books = [Book("a", pages=13), Book("b", pages=9, languages=("fr",))]
    pages = [titles(ask(SearchQuery("x", ("fr",), page=page, page_size=5), *books)) for page in range(1, 6)]

    assert [5, 5, 5, 5, 2] == [len(page) for page in pages]
    assert 22 == len({title for page in pages for title in page})


def test_usefulness_decides_who_is_asked_first_and_not_what_comes_first() -> None:
    useful, other = Book("b", likely=1.0), Book("a", likely=0.5)

    messages = ask(SearchQuery("x"), other, useful)

    assert ["b", "a"] == [message.pack for message in messages if isinstance(message, PackHits)]
    assert ["a", "b"] == [result.pack for result in final(messages).results][:2]


def test_there_is_a_next_page_as_long_as_there_is_more() -> None:
    book = Book(pages=12)

    assert [True, False, False] == [final(ask(SearchQuery("x", page=page), book)).more for page in (1, 2, 3)]


def test_pages_end_somewhere() -> None:
    book = Book(pages=100_000)

    last = final(ask(SearchQuery("x", page=10**9), book))

    assert (10, False) == (len(last.results), last.more)
    assert [MAX_PAGES * 10 + 1] == book.asked


def test_bounds_hold_for_whatever_is_asked() -> None:
    query = bounded(SearchQuery("a " * 10_000 + "\0\ud800", ("x" * 9000,) * 9000, "y" * 9000, page=-3, page_size=10**9))

    assert (("a " * 500).strip(), 1, 50) == (query.text, query.page, query.page_size)
    assert len(encode_request(Request("search", query, 0))) < 2000


def test_no_pack_is_begun_after_the_deadline() -> None:
    clock = Clock()
    books = [Book(name, seconds=4, clock=clock) for name in "abcd"]

    messages = ask(SearchQuery("x"), *books, deadline=10, clock=clock)

    assert [1, 1, 1, 0] == [len(book.asked) for book in books]
    assert final(messages).partial


def test_nothing_at_all_is_begun_for_a_request_that_waited_too_long() -> None:
    book = Book()

    assert [] == ask(SearchQuery("x"), book, deadline=10, clock=Clock(now=11))
    assert [] == book.asked


def test_packs_that_there_was_no_time_for_are_named() -> None:
    clock = Clock()
    books = [Book(name, seconds=4, clock=clock) for name in "abcd"]

    answered = final(ask(SearchQuery("x"), *books, deadline=10, clock=clock))

    assert (("d",), True, 9) == (answered.left_out, answered.partial, answered.total)


def test_more_effort_is_made_only_where_too_little_was_found() -> None:
    plenty, nothing = Book("plenty", pages=20), Book("nothing", pages=0)

    ask(SearchQuery("x"), plenty)
    ask(SearchQuery("x"), nothing)

    assert [Effort.WORDS] == plenty.efforts
    assert [Effort.WORDS, Effort.NEAR, Effort.ANY] == nothing.efforts


def test_what_else_may_be_meant_is_told_and_looked_for() -> None:
    book = Book(pages=5)

    messages = list(answer(Request("search", SearchQuery("watr"), 10), [book], Clock(), lambda asked, langs: "water"))

    assert "water" == final(messages).suggestion
    assert [Effort.WORDS, Effort.NEAR] == book.efforts


def test_packs_that_the_filters_leave_out_are_counted_but_hold_up_nobody() -> None:
    clock = Clock()
    wanted, other, late = (Book(name, seconds=4, clock=clock) for name in ("wanted", "other", "late"))

    answered = final(ask(SearchQuery("x", pack="wanted"), wanted, other, late, deadline=10, clock=clock))

    assert ([[11], [0], []], False) == ([wanted.asked, other.asked, late.asked], answered.partial)


def test_pages_without_the_phrase_are_left_out_and_no_more_are_read_than_needed() -> None:
    book = Book(pages=90)

    few = final(ask(SearchQuery('"11.html says"'), book))
    many = final(ask(SearchQuery('what -"11.html"', page_size=30), book))

    assert ["book 11"] == [result.title for result in few.results]
    assert "book 11" not in [result.title for result in many.results]
    assert 30 == len(many.results)


def test_what_is_excluded_or_quoted_is_no_part_of_a_title() -> None:
    book = Book(pages=5)

    found = titles(ask(SearchQuery('"book 3" -soap'), book))
    alike = titles(ask(SearchQuery("book 3 -soap"), book))

    assert ([], "book 3") == (found, alike[0])


def test_the_visitors_languages_are_asked_first() -> None:
    books = [Book("english"), Book("arabic", ("ar",)), Book("french", ("fr",))]

    messages = ask(SearchQuery("x", ("fr-CH", "ar")), *books)

    assert ["french", "arabic", "english"] == [message.pack for message in messages if isinstance(message, PackHits)]


def test_filters_leave_packs_out() -> None:
    books = [Book("a"), Book("b", ("fr", "en")), Book("c", kind="film")]

    def asked(query: SearchQuery) -> list[str]:
        return [message.pack for message in ask(query, *books) if isinstance(message, PackHits)]

    assert ["b"] == asked(SearchQuery("x", lang="fr"))
    assert ["c"] == asked(SearchQuery("x", kind="film"))
    assert ["a"] == asked(SearchQuery("x", pack="a"))
    assert [] == asked(SearchQuery("x", pack="a", lang="fr"))


def test_a_query_without_words_asks_nobody() -> None:
    book = Book()

    assert Final((), 0, more=False, partial=False) == final(ask(SearchQuery(" \0 ((("), book))
    assert [] == book.asked


def test_suggestions_read_no_page() -> None:
    book = Book()

    assert ["book 0", "book 1", "book 2"] == titles(ask(SearchQuery("bo"), book, task="suggest"))
    assert [] == book.read


def test_an_answer_is_kept_until_the_packs_change() -> None:
    book = Book()
    answers = Answers(lambda: [book], 100_000)
    request = Request("search", SearchQuery("clean  water"), deadline=float("inf"))
    first = list(answers.lines(request))[-1]

    assert [first] == list(answers.lines(Request("search", SearchQuery("clean water"), float("inf"))))
    answers.forget()
    assert len(["started", "hits", "final"]) == len(list(answers.lines(request)))


def test_messages_survive_the_way_through_the_socket() -> None:
    result = Result("ماء \ud800", "p", "a/b", "ar", "book", (("x", True), ("y", False)), (Place("q", "c"),))
    messages: list[Message] = [
        Started(("p", "q")),
        PackHits("p", ("ar", "fr"), "book", (Hit("a", "b", "c", 0, -1),), 7, more=True),
        Final((result,), 9, more=True, partial=False),
    ]
    request = Request("search", SearchQuery("ماء\n", ("ar",), "ar", "book", "p", 2, 25), 12.5)

    assert messages == [decode(encode(message)) for message in messages]
    assert request == decode_request(encode_request(request))
