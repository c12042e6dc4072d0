"""HTML written again with plain tags, in time that grows with its length alone: what is given to a parser.

Parsers compare each attribute of a tag with all others of it, so that one tag of a megabyte takes them hours. How HTML
is cut into tags, comments and text: https://html.spec.whatwg.org/multipage/parsing.html#tokenization
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

ATTRIBUTES = 60  # of a tag; further ones are left out
_NEVER_SHOWN = ("script", "style", "xmp", "iframe", "noembed", "noframes")  # whose content is no HTML

# Possessive (`*+`), so that no part is tried twice. What begins a tag and never ends it ends the page, as in browsers.
_TOKEN = re.compile(
    rf"""
      <!--(?:-?>|.*?(?:--!?>|\Z))
    | <(?P<raw>{"|".join(_NEVER_SHOWN)})(?=[\s/>]).*?(?:</(?P=raw)(?=[\s/>])[^>]*+(?:>|\Z)|\Z)
    | <(?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?P<rest>(?:[^>"'=]|["']|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)(?:>|\Z)
    | <[!?/][^>]*+(?:>|\Z)
    | (?P<text><|[^<]++)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s/>=]++)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>"']?+[^\s>]*+)))?+"""
)
_NAME = re.compile(r"[a-z][\w.:-]*", re.IGNORECASE | re.ASCII)
_IN_VALUE = str.maketrans({"<": "&lt;", ">": "&gt;", '"': "&quot;"})

_ADDRESSES = frozenset({"href", "src", "poster", "cite"})
_NO_ADDRESS = str.maketrans("", "", "\t\n\r")  # which browsers leave out: https://url.spec.whatwg.org/#url-parsing


def with_plain_tags(html: str) -> str:
    """The same page: each tag with at most `ATTRIBUTES`, in quotes; without comments, scripts and styles."""
    return "".join(_plain(html))


def scripts_of(html: str) -> Iterator[str]:
    """The address of each script that a page runs; empty for one that is written in the page itself."""
    for token in _TOKEN.finditer(html):
        if (token["raw"] or "").lower() == "script":
            opening = token[0].partition(">")[0].removeprefix("<")
            said = {each["name"].lower(): _value(each) for each in islice(_ATTRIBUTE.finditer(opening), ATTRIBUTES)}
            if "json" not in said.get("type", ""):
                yield said.get("src", "")


def _plain(html: str) -> Iterator[str]:
    for token in _TOKEN.finditer(html):
        text = token["text"]
        if text is not None:
            yield "&lt;" if text == "<" else text
        elif token["name"] and token[0].endswith(">") and _NAME.fullmatch(token["name"]):
            yield _tag(token)


def _tag(token: re.Match[str]) -> str:
    name = token["name"].lower()
    if token["end"]:
        return f"</{name}>"
    attributes = "".join(_attribute(found) for found in islice(_ATTRIBUTE.finditer(token["rest"]), ATTRIBUTES))
    return f"<{name}{attributes}{'/' if token['rest'].endswith('/') else ''}>"


def _attribute(found: re.Match[str]) -> str:
    if not _NAME.fullmatch(found["name"]):
        return ""
    name = found["name"].lower()
    value = _value(found)
    if name in _ADDRESSES:
        value = value.translate(_NO_ADDRESS).strip()
    return f' {name}="{value.translate(_IN_VALUE)}"'


def _value(found: re.Match[str]) -> str:
    return found["double"] or found["single"] or found["bare"] or ""
