"""What the interface shows without asking gettext: English that stays English in every language.

Of templates: text between tags, attributes that are read out or shown, and words written within expressions. Of
scripts: words within quotes, since scripts have to take what they show from attributes of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import Environment, nodes
from selectolax.lexbor import LexborHTMLParser, LexborNode

SHOWN_ATTRIBUTES = ("alt", "title", "aria-label", "aria-description", "placeholder", "label")
NAMES = re.compile(r"Ideascube|EPUB|PDF|ZIM|Wi-Fi|QR")  # the same in every language
_ASKING = {"_", "gettext", "ngettext"}
_LETTERS = re.compile(r"[^\W\d_]{2}")
_WORDS = re.compile(r"[A-Z][a-z]+$|[A-Za-z][a-z]+,? [a-z]{2,}")
_LITERAL = re.compile(
    r"""//[^\n]*|/\*.*?\*/|/(?:\\.|[^/\n\\ ])+/[a-z]*|"((?:\\.|[^"\\\n])*)"|'((?:\\.|[^'\\\n])*)'""", re.DOTALL
)
_SHOWS = re.compile(r"(?:textContent|inner\w+|title|placeholder|alt|alert|confirm|aria-label)\W[^;\n{}]*$")
_NO_NAME = re.compile(r"[A-Z][a-z]|[a-z] | [a-z]")  # what no element, event or field is called
_SENTENCE = re.compile(r"[A-Z][a-z]*,? [a-z]|[a-z] [a-z]+[.!?…:]$")


def untranslated_in_template(source: str) -> list[str]:
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(source)
    return [text for text in (*_text_of(_html(tree)), *_constants(tree)) if _LETTERS.search(NAMES.sub("", text))]


def untranslated_in_script(source: str) -> list[str]:
    literals = ((match, match[1] or match[2] or "") for match in _LITERAL.finditer(source))
    return [
        text
        for match, text in literals
        if _SENTENCE.search(text) or (_NO_NAME.search(text) and _SHOWS.search(source[: match.start()]))
    ]


_CLASSES = ("width", "frame", "size")


def _html(tree: nodes.Node) -> str:
    """The template's own text, with a word that is none in place of whatever an expression gives.

    Some blocks of a page are classes of its frame (`base.html`, `staff.html`).
    """
    classes = {id(each) for block in tree.find_all(nodes.Block) if block.name in _CLASSES for each in block.body}
    pieces = (piece for output in tree.find_all(nodes.Output) if id(output) not in classes for piece in output.nodes)
    return "".join(piece.data if isinstance(piece, nodes.TemplateData) else "x1" for piece in pieces)


def _text_of(html: str) -> Iterator[str]:
    page = LexborHTMLParser(html)
    for node in page.root.traverse(include_text=True) if page.root else ():
        if node.is_text_node and node.parent and node.parent.tag not in ("script", "style"):
            yield (node.text_content or "").strip()
        elif node.is_element_node:
            yield from _attributes(node)


def _attributes(node: LexborNode) -> Iterator[str]:
    for name, value in node.attributes.items():
        if name in SHOWN_ATTRIBUTES or (name == "value" and node.attributes.get("type") in ("submit", "button")):
            yield (value or "").strip()


def _constants(tree: nodes.Node) -> Iterator[str]:
    """Words in expressions that nobody asked gettext for; lower-case ones are names of fields, icons and files."""
    asked = {id(each) for call in tree.find_all(nodes.Call) if _asks(call) for each in call.find_all(nodes.Const)}
    for constant in tree.find_all(nodes.Const):
        if id(constant) not in asked and isinstance(constant.value, str) and _WORDS.match(constant.value):
            yield constant.value


def _asks(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name in _ASKING
