"""A body as Markdown, for who writes without scripts, and back. Nothing is lost either way.

What Markdown cannot say stays HTML within it. Which Markdown: CommonMark (https://spec.commonmark.org/0.31.2/) with the
tables of GitHub (https://github.github.com/gfm/#tables-extension-). A picture, sound or film is a paragraph
`![what is to be seen](/media/… "caption")` of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from markdown_it import MarkdownIt

from content_packs.errors import BadInput
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
    Paragraph,
    Parts,
    Quote,
    Rule,
    Table,
    Text,
    plain_text,
)
from ideascube.creations.body_html import HtmlWriter
from ideascube.creations.cleaning import LONGEST, clean_body, read_body

_SPECIAL = re.compile(r"([\\`*_\[\]<>&|~])")
_AT_BEGINNING = re.compile(r"^([#+=:>-])")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")
_IN_TITLE = re.compile(r'([\\"<>&*_`\[\]])')
_MOST_SIGNS = 20_000  # that may begin something: the parser's time grows with the square of those that begin nothing
_SIGNS = {"strong": "**", "em": "*"}
_html = HtmlWriter()


def to_markdown(body: str) -> str:
    """The Markdown of a body, of which `from_markdown` makes the same body."""
    return "\n\n".join(_checked(block) for block in read_body(body))


def from_markdown(text: str, origin: str = "") -> str:
    """The body that Markdown is. Raises BadInput for what is too long. `origin`: as in `clean_body`."""
    return clean_body(_rendered(text), origin)


def _rendered(text: str) -> str:
    if len(text) > 2 * LONGEST:
        raise BadInput(f"This text is too long: one may have {LONGEST:,} letters. Make two of it.")
    if sum(map(text.count, "[*_`<|")) > _MOST_SIGNS:
        raise BadInput("This text has far more signs than words: write it more plainly.")
    return str(_parser().render(text))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True, "breaks": False}).enable("table")


def _checked(block: Block) -> str:
    """The block as Markdown where that says all of it, else as HTML, which Markdown may hold."""
    written = _block(block)
    return written if _read(written) == _alone(block) else _html.block(block)


def _read(text: str) -> Blocks:
    return read_body(str(_parser().render(text)))


def _alone(block: Block) -> Blocks:
    """As it is read where nothing stands before it: the first heading of a text is of the second level."""
    return (Heading(2, block.parts),) if isinstance(block, Heading) else (block,)


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _line(block.parts)
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_line(block.parts)}"
    if isinstance(block, List):
        return "\n".join(_list(block))
    if isinstance(block, Quote):
        inner = "\n\n".join(_block(each) for each in block.blocks)
        return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
    if isinstance(block, Table):
        return _table(block)
    return "---" if isinstance(block, Rule) else _figure(block)


def _list(block: List) -> Iterable[str]:
    for number, item in enumerate(block.items, 1):
        sign = f"{number}. " if block.ordered else "- "
        first, *more = [*_item_lines(item)] or [""]
        yield sign + first
        yield from (" " * len(sign) + line for line in more)


def _item_lines(item: Item) -> Iterable[str]:
    yield from _line(item.parts).split("\n")
    for each in item.below:
        yield from _list(each)


def _table(table: Table) -> str:
    head, *rows = ["| " + " | ".join(_line(cell, end="<br>") for cell in row) + " |" for row in table.rows]
    return "\n".join([head, "|" + " --- |" * len(table.rows[0]), *rows])


def _figure(figure: Figure) -> str:
    caption = _IN_TITLE.sub(r"\\\1", plain_text(figure.caption))
    title = f' "{caption}"' if caption else ""
    return f"![{_escaped(figure.alt)}]({figure.address}{title})"


def _line(parts: Parts, end: str = "\\\n") -> str:
    """What stands in a line. `end`: how the end of a line is written within it."""
    written = "".join(_inline(part, end) for part in parts)
    return "\n".join(_no_other_block(line) for line in written.split("\n"))


def _no_other_block(line: str) -> str:
    """A line that begins as a heading, a list or another block would, made one that does not."""
    return _NUMBERED.sub(r"\1\\\2", _AT_BEGINNING.sub(r"\\\1", line))


def _inline(part: Inline, end: str) -> str:
    if isinstance(part, Text):
        return _escaped(part.text)
    if isinstance(part, Break):
        return end
    within = "".join(_inline(each, end) for each in part.parts)
    if isinstance(part, Link):
        return f"[{within}](<{part.address}>)"
    text = plain_text(part.parts)
    if text[:1].isalnum() and text[-1:].isalnum() and end not in within:
        return f"{_SIGNS[part.mark]}{within}{_SIGNS[part.mark]}"
    return f"<{part.mark}>{within}</{part.mark}>"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
