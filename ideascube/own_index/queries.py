"""What a person asked for as Whoosh is asked for it. No input or output.

Words weigh more in titles than in texts; a word itself more than others of its stem, and these more than beginnings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from whoosh.query import And, FuzzyTerm, Not, NullQuery, Or, Prefix, Query, Term

from content_packs.text import Word
from ideascube.own_index.schema import TEXT, TEXT_STEMS, TITLE, TITLE_STEMS, stem_terms
from ideascube.search.asked import Asked, AskedWord, Effort

_IN_TITLE, _IN_TEXT = 3.0, 1.0
_STEM, _BEGINNING, _NEAR = 0.7, 0.5, 0.3  # of the weight of the word itself

_SHORTEST_NEAR = 4  # letters of a word that may be a slip for another one
_LONG = 8  # letters of a word that may hold two slips
# Whoosh builds an automaton for each word, in 2 ms a letter where there may be two slips: a second for twelve.
_LONGEST_NEAR = 24


def query_for(asked: Asked, effort: Effort, languages: Sequence[str]) -> Query:
    """Documents with all words, with words like them, or with some of them; `languages` are those with stems."""
    words = [Or(list(_alternatives(word, effort, languages, (TITLE, TEXT)))) for word in asked.words]
    if not words:
        return NullQuery
    wanted = And(words) if effort < Effort.ANY else Or(words)
    unwanted = [term for text in asked.excluded if len(keys := text.split()) == 1 for term in _terms(keys[0])]
    query: Query = And([wanted, Not(Or(unwanted))]) if unwanted else wanted
    return query.normalize()


def title_query(asked: Asked) -> Query:
    """Documents whose title has all words, the last one perhaps unfinished."""
    words = [Or(list(_alternatives(word, Effort.WORDS, (), (TITLE,)))) for word in asked.words]
    return And(words).normalize() if words else NullQuery


def _alternatives(word: AskedWord, effort: Effort, languages: Sequence[str], fields: Sequence[str]) -> Iterator[Query]:
    for field, stems, weight in ((TITLE, TITLE_STEMS, _IN_TITLE), (TEXT, TEXT_STEMS, _IN_TEXT)):
        if field not in fields:
            continue
        yield from _written(field, word, weight)
        yield from (Term(stems, term, boost=weight * _STEM) for term in _stems(word, languages))
        if effort is Effort.NEAR:
            yield from _near(field, word.key, weight)


def _written(field: str, word: AskedWord, weight: float) -> Iterator[Query]:
    """A run of a script without spaces is there where all of its pairs are; of an elision any part will do."""
    if word.is_run:
        yield And([_term(field, key, word.unfinished, weight) for key in word.keys])
    else:
        yield from (_term(field, key, word.unfinished, weight) for key in word.keys)


def _term(field: str, key: str, unfinished: bool, weight: float) -> Query:
    whole = Term(field, key, boost=weight)
    return Or([whole, Prefix(field, key, boost=weight * _BEGINNING)]) if unfinished else whole


def _stems(word: AskedWord, languages: Iterable[str]) -> Iterator[str]:
    if not word.is_run:
        yield from (term for language in languages for term in stem_terms(Word(word.key, word.typed), language))


def _near(field: str, key: str, weight: float) -> Iterator[Query]:
    if _SHORTEST_NEAR <= len(key) <= _LONGEST_NEAR:
        yield FuzzyTerm(field, key, boost=weight * _NEAR, maxdist=2 if len(key) >= _LONG else 1, prefixlength=1)


def _terms(key: str) -> Iterator[Query]:
    return (Term(field, key) for field in (TITLE, TEXT))
