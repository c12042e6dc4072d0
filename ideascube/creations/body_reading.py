"""From HTML that anyone may have written to a body: what the vocabulary has stays, of all else the text.

What people paste, and what editors write, is brought to the one form of a body: `b` is `strong`, a `div` is a
paragraph, two line ends part paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from ideascube.creations.body import (
    DEEPEST_LIST,
    Block,
    Blocks,
    Break,
    Figure,
    Heading,
    Inline,
    Item,
    Link,
    List,
    Mark,
    Marked,
    Paragraph,
    Parts,
    Quote,
    Rule,
    Table,
    Text,
    tidied,
)
from ideascube.creations.links import link_address, media_address
from ideascube.reading.headings import ordered

MARKS: dict[str, Mark] = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
MEDIA = ("img", "audio", "video")
LISTS = ("ul", "ol")
CONTAINERS = [
    "p",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "aside",
    "address",
    "details",
    "summary",
    "dl",
    "dt",
    "dd",
    "center",
    "body",
    "li",
    "figcaption",
    "tr",
    "td",
    "th",
    "thead",
    "tbody",
    "tfoot",
    "caption",
]
BLOCKS = frozenset((*HEADINGS, *MEDIA, *LISTS, *CONTAINERS, "blockquote", "figure", "table", "hr", "pre"))

B = TypeVar("B", bound=Block)

_LOWEST = 3  # level of a heading
_MOST_COLUMNS, _MOST_ROWS = 20, 500


class BodyReader:
    """`origin`: this box's own, whose addresses are paths."""

    def __init__(self, origin: str = "") -> None:
        self._origin = origin
        self._readers: dict[str, Callable[[Any], Iterable[Block]]] = {
            "blockquote": self._quote,
            "figure": self._figure,
            "table": self._table,
            "pre": self._lines,
            "hr": lambda element: [Rule()],
            **dict.fromkeys(HEADINGS, self._heading),
            **dict.fromkeys(MEDIA, self._media),
            **dict.fromkeys(LISTS, self._lists),
        }

    def read(self, root: Any) -> Blocks:
        """The blocks of a tree (`reading.trees`), headings in order below the page's own."""
        return _with_ordered_headings(_with_whole_lists(self._blocks(root)))

    def _blocks(self, element: Any) -> Iterator[Block]:
        """What is in an element: text that stands beside blocks is a paragraph."""
        loose: list[Inline] = [Text(element.text or "")]
        for child in element:
            if _has_blocks(child):
                yield from _paragraphs(loose)
                loose = []
                yield from self._readers.get(child.tag, self._blocks)(child)
            else:
                loose.extend(self._inline(child))
            loose.append(Text(child.tail or ""))
        yield from _paragraphs(loose)

    def _inline(self, element: Any) -> Iterator[Inline]:
        if element.tag == "br":
            yield Break()
            return
        parts = tuple(self._parts(element))
        address = link_address(element.get("href") or "", self._origin) if element.tag == "a" else ""
        if address:
            yield Link(address, parts)
        elif element.tag in MARKS:
            yield Marked(MARKS[element.tag], parts)
        else:
            yield from parts

    def _parts(self, element: Any) -> Iterator[Inline]:
        """All that is in an element as one run of text; blocks in it begin new lines."""
        yield Text(element.text or "")
        for child in element:
            if child.tag in LISTS or child.tag in MEDIA:
                pass  # which are blocks of their own, never within a line
            elif child.tag in BLOCKS:
                yield Break()
                yield from self._parts(child)
                yield Break()
            else:
                yield from self._inline(child)
            yield Text(child.tail or "")

    def _heading(self, element: Any) -> Iterator[Block]:
        parts = tidied(self._parts(element), breaks=False)
        if parts:
            yield Heading(int(element.tag[1]), parts)
        yield from self._media_in(element)

    def _lists(self, element: Any) -> Iterator[Block]:
        items = tuple(self._items(element, 1))
        if items:
            yield List(element.tag == "ol", items)
        yield from self._media_in(element)

    def _items(self, element: Any, depth: int) -> list[Item]:
        """Each child of a list is an item, whatever it is; a list right in a list belongs to the item before."""
        items: list[Item] = []
        for child in element:
            if child.tag in LISTS:
                own, lists = Item(()), [child]
            else:
                own, lists = Item(tidied(self._parts(child))), list(_outermost(child, LISTS))
                items.append(own)
            if not lists:
                continue
            if depth == DEEPEST_LIST:
                items += [item for each in lists for item in self._items(each, depth)]
            else:
                before = items.pop() if items else own
                items.append(replace(before, below=self._below(before, lists, depth + 1)))
        return [item for item in items if item.parts or item.below]

    def _below(self, item: Item, lists: Iterable[Any], depth: int) -> tuple[List, ...]:
        """The lists below an item, with those that it had."""
        new = (List(each.tag == "ol", tuple(self._items(each, depth))) for each in lists)
        return tuple(_with_whole_lists([*item.below, *(each for each in new if each.items)]))

    def _quote(self, element: Any) -> Iterator[Block]:
        held: list[Paragraph | List] = []
        beside: list[Block] = []
        for block in self._blocks(element):
            if isinstance(block, Paragraph | List):
                held.append(block)
            elif isinstance(block, Quote):
                held.extend(block.blocks)
            elif isinstance(block, Heading):
                held.append(Paragraph(block.parts))
            elif not isinstance(block, Rule):
                beside.append(block)
        if held:
            yield Quote(tuple(_with_whole_lists(held)))
        yield from beside

    def _figure(self, element: Any) -> Iterator[Block]:
        """Its media, the first of which has the caption; without any it is what is in it."""
        found = [*self._media_in(element)]
        if not found:
            yield from self._blocks(element)
            return
        captions = element.iter("figcaption")
        caption = tidied((part for each in captions for part in self._parts(each)), breaks=False)
        yield replace(found[0], caption=caption) if caption else found[0]
        yield from found[1:]

    def _media_in(self, element: Any) -> Iterator[Figure]:
        for each in element.iter(*MEDIA):
            yield from self._media(each)

    def _media(self, element: Any) -> Iterator[Figure]:
        sources = [element.get("src"), *(source.get("src") for source in element.iter("source"))]
        address = next(filter(None, (media_address(each or "", self._origin) for each in sources)), "")
        if address:
            caption = tidied([Text(element.get("title") or "")])
            yield Figure(address, " ".join((element.get("alt") or element.get("aria-label") or "").split()), caption)

    def _table(self, element: Any) -> Iterator[Block]:
        rows = [self._row(row) for row in element.iter("tr")][:_MOST_ROWS]
        rows = [row for row in rows if any(row)]
        width = max(map(len, rows), default=0)
        if width:
            yield Table(tuple(row + ((),) * (width - len(row)) for row in rows))
        yield from self._media_in(element)

    def _row(self, row: Any) -> tuple[Parts, ...]:
        cells = [each for each in row if each.tag in ("td", "th")][:_MOST_COLUMNS]
        return tuple(tidied(self._parts(cell)) for cell in cells)

    def _lines(self, element: Any) -> Iterator[Block]:
        """Text whose line ends were meant."""
        lines = "".join(element.itertext()).split("\n")
        yield from _paragraphs([part for line in lines for part in (Text(line), Break())])


def _has_blocks(element: Any) -> bool:
    return element.tag in BLOCKS or next(element.iter(*BLOCKS), None) is not None


def _outermost(element: Any, tags: Iterable[str]) -> Iterator[Any]:
    """The elements of these names within, without those that lie in another one of them."""
    for child in element:
        if child.tag in tags:
            yield child
        else:
            yield from _outermost(child, tags)


def _paragraphs(parts: Iterable[Inline]) -> Iterator[Paragraph]:
    """Two line ends part paragraphs."""
    run: list[Inline] = []
    breaks = 0
    for part in parts:
        if isinstance(part, Break):
            breaks += 1
        elif not (isinstance(part, Text) and not part.text.strip(" \t\r\n\f")):
            breaks = 0
        if breaks == 2:
            yield from _paragraph(run)
            run = []
        else:
            run.append(part)
    yield from _paragraph(run)


def _paragraph(run: Iterable[Inline]) -> Iterator[Paragraph]:
    parts = tidied(run)
    if parts:
        yield Paragraph(parts)


def _with_whole_lists(blocks: Iterable[B]) -> list[B]:
    """Two lists of one kind, with nothing between them, are one."""
    found: list[B] = []
    for block in blocks:
        before = found[-1] if found else None
        if isinstance(block, List) and isinstance(before, List) and block.ordered == before.ordered:
            found[-1] = replace(before, items=(*before.items, *block.items))
        else:
            found.append(block)
    return found


def _with_ordered_headings(blocks: Iterable[Block]) -> Blocks:
    """The first is of the page's second level; none is left out on the way down, and none lower than the third."""
    found = list(blocks)
    levels = iter(ordered(block.level for block in found if isinstance(block, Heading)))
    return tuple(
        replace(block, level=min(next(levels), _LOWEST)) if isinstance(block, Heading) else block for block in found
    )
