"""A body as HTML: as it is kept, or as a page shows it, by a writer that decides on links and figures. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ideascube.creations.body import (
    Block,
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
    element_of,
)


class HtmlWriter:
    """As a body is kept. Pages have a writer of their own: `creations.shown_body`."""

    attributes = ""  # of each block of text, with a blank before

    def body(self, blocks: Iterable[Block]) -> str:
        """A block on each line."""
        return "\n".join(self.block(block) for block in blocks)

    def block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return self._element("p", block.parts)
        if isinstance(block, Heading):
            return self._element(f"h{block.level}", block.parts)
        if isinstance(block, List):
            return self._list(block)
        if isinstance(block, Quote):
            return f"<blockquote>{''.join(self.block(each) for each in block.blocks)}</blockquote>"
        if isinstance(block, Table):
            return self.table(block)
        return "<hr>" if isinstance(block, Rule) else self.figure(block)

    def figure(self, figure: Figure) -> str:
        caption = f"<figcaption{self.attributes}>{self.inline(figure.caption)}</figcaption>" if figure.caption else ""
        return f"<figure>{self.media(figure)}{caption}</figure>"

    def media(self, figure: Figure) -> str:
        address, alt = escape(figure.address), escape(figure.alt)
        element = element_of(figure.address)
        if element == "img":
            return f'<img src="{address}" alt="{alt}">'
        label = f' aria-label="{alt}"' if alt else ""
        return f'<{element} src="{address}" controls{label}></{element}>'

    def link(self, link: Link) -> str:
        return f'<a href="{escape(link.address)}">{self.inline(link.parts)}</a>'

    def inline(self, parts: Iterable[Inline]) -> str:
        return "".join(self._part(part) for part in parts)

    def _part(self, part: Inline) -> str:
        if isinstance(part, Text):
            return escape(part.text, quote=False)
        if isinstance(part, Break):
            return "<br>"
        if isinstance(part, Marked):
            return f"<{part.mark}>{self.inline(part.parts)}</{part.mark}>"
        return self.link(part)

    def _element(self, name: str, parts: Iterable[Inline]) -> str:
        return f"<{name}{self.attributes}>{self.inline(parts)}</{name}>"

    def _list(self, block: List) -> str:
        name = "ol" if block.ordered else "ul"
        return f"<{name}>{''.join(self._item(item) for item in block.items)}</{name}>"

    def _item(self, item: Item) -> str:
        return f"<li{self.attributes}>{self.inline(item.parts)}{''.join(map(self._list, item.below))}</li>"

    def table(self, table: Table) -> str:
        head, *rows = table.rows
        names = "".join(self._element("th", cell) for cell in head)
        body = "".join(f"<tr>{''.join(self._element('td', cell) for cell in row)}</tr>" for row in rows)
        return f"<table><thead><tr>{names}</tr></thead>{f'<tbody>{body}</tbody>' if body else ''}</table>"


def to_html(blocks: Iterable[Block]) -> str:
    """As it is kept."""
    return HtmlWriter().body(blocks)
