"""Which elements, attributes and kinds of fields a template uses, by their names in MDN's compatibility data."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
_VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_SVG = {"svg", "path", "use", "g", "circle", "rect", "line", "symbol", "polyline", "ellipse"}
# What a browser that does not know it leaves alone: for programs that read pages aloud, and for our own scripts.
_HARMLESS = re.compile(r"^(aria-|data-|role$|xmlns|focusable$)")
_AS_OLD_AS_FORMS = ("type", "value")  # which MDN's data does not list
_CAPITALS = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio"}  # which the parser makes small
_FILLED_IN = "\ue000"  # stands for what a template puts in
_PICTURES_NOT_EVERYWHERE = re.compile(r"\.(webp|avif|jxl)\b")


def html_features(template: str) -> set[str]:
    """What the markup of a Jinja template, or of a page, asks of a browser."""
    parser = _Parser()
    parser.feed(_VALUE.sub(_FILLED_IN, _JINJA.sub(" ", template)))
    parser.close()
    return parser.found


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        tag = tag.replace(_FILLED_IN, "")
        if tag in ("", "h"):  # an element that the template chooses, which stands elsewhere by its name
            return
        kind = "svg" if tag in _SVG else "html"
        self.found.add(f"{kind}.elements.{tag}")
        for name, value in attributes:
            self._attribute(kind, tag, name.replace(":", "_"), value or "")

    def _attribute(self, kind: str, tag: str, name: str, value: str) -> None:
        if _HARMLESS.match(name) or _FILLED_IN in name:
            return
        if name == "type" and tag in ("input", "script") and _FILLED_IN not in value:
            self.found.add(f"html.elements.{tag}.type{'_' if tag == 'input' else '.'}{value}")
        elif _PICTURES_NOT_EVERYWHERE.search(value):
            self.found.add("html.elements.img.webp")
        elif name not in _AS_OLD_AS_FORMS:
            self.found.add(f"{kind}.elements.{tag}.{_CAPITALS.get(name, name)}")
