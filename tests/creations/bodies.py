"""Any body of the vocabulary, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from ideascube.creations.body import (
    Block,
    Blocks,
    Break,
    Figure,
    Heading,
    Inline,
    Item,
    Link,
    List,
    Marked,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)
from ideascube.creations.body_html import to_html
from ideascube.creations.cleaning import clean_body

SIGNS = "*_`[]()<>&#+-=.!|~\\\"':;{}$/ \n\t1aZéق字\N{NO-BREAK SPACE}\N{EM SPACE}\N{ZERO WIDTH JOINER}"
MEDIA = "/media/" + "ab" * 32

texts = st.builds(Text, st.text(st.one_of(st.sampled_from(SIGNS), st.characters()), max_size=12))
addresses = st.sampled_from(
    ["/items/a", "/library?lang=fr&kind=film#x", "https://a.org/(b)_[c]?d=%20&e=*", "http://a.org", "/a<b>'\"c d"]
)
lines: st.SearchStrategy[tuple[Inline, ...]] = st.deferred(lambda: st.lists(inline, max_size=5).map(tuple))
inline: st.SearchStrategy[Inline] = st.one_of(
    texts,
    texts,
    st.just(Break()),
    st.builds(Marked, st.sampled_from(["strong", "em"]), st.deferred(lambda: lines)),
    st.builds(Link, addresses, st.deferred(lambda: lines)),
)


def lists(depth: int = 1) -> st.SearchStrategy[List]:
    below = st.lists(lists(depth + 1), max_size=1).map(tuple) if depth < 5 else st.just(())
    return st.builds(List, st.booleans(), st.lists(st.builds(Item, lines, below), min_size=1, max_size=3).map(tuple))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 3))
    return Table(tuple(draw(st.lists(st.tuples(*[lines] * width), min_size=1, max_size=3))))


paragraphs = st.builds(Paragraph, lines)
figures = st.builds(
    Figure, st.sampled_from([f"{MEDIA}/{name}" for name in ("a.jpg", "b.mp4", "c.m4a")]), st.text(max_size=9), lines
)
blocks: st.SearchStrategy[Block] = st.one_of(
    paragraphs,
    paragraphs,
    st.builds(Heading, st.integers(2, 3), lines),
    lists(),
    lists(),
    st.builds(Quote, st.lists(st.one_of(paragraphs, lists()), min_size=1, max_size=3).map(tuple)),
    st.just(Rule()),
    tables(),
    figures,
)
# Of lists many, since two of them may stand side by side.
some: st.SearchStrategy[Blocks] = st.lists(blocks, max_size=4).map(tuple)
bodies = some.map(to_html).map(clean_body)
