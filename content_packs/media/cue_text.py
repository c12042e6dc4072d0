"""The words of one cue: text, without the markup of SRT, WebVTT and SubStation Alpha, safe to show in any direction."""

from __future__ import annotations

import html
import re
import unicodedata

LIMIT = 2000

_SPEAKER = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>\s][^<>]{0,99})>", re.IGNORECASE)
_LINE_END = re.compile(r"<br\s*/?>|\\[nN]", re.IGNORECASE)
_TAG = re.compile(r"</?(?:[bisuvc]|em|font|lang|p|rt|ruby|span|strong)(?:[\s.][^<>]*)?/?>|<[\d:.]+>", re.IGNORECASE)
_SUBSTATION = re.compile(r"\{\\[^{}]*\}")
_INVISIBLE = ("Cc", "Cs", "Co", "Cn")

# Unicode's bidirectional controls (UAX 9): what opens a stretch of text, and what closes it.
_OPENING = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"}
_OPENING |= {"\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_CLOSING = frozenset(_OPENING.values())


def cue_text(markup: str) -> str:
    """The words of a cue's lines; a line that is left empty goes."""
    text = _SPEAKER.sub(r"\1: ", _SUBSTATION.sub("", markup[: LIMIT * 4]))
    text = html.unescape(_TAG.sub("", _LINE_END.sub("\n", text)))
    lines = (_line(line) for line in text.replace("\\h", " ").splitlines())
    return "\n".join(line for line in lines if line)[:LIMIT].rstrip()


def _line(line: str) -> str:
    seen = "".join(" " if unicodedata.category(letter) in _INVISIBLE else letter for letter in line)
    return _balanced(" ".join(seen.split()))


def _balanced(line: str) -> str:
    """Every change of direction ends on its own line, so that none reaches what is shown beside it."""
    kept: list[str] = []
    open_: list[str] = []
    for letter in line:
        if letter in _CLOSING:
            if not open_ or open_[-1] != letter:
                continue
            open_.pop()
        elif letter in _OPENING:
            open_.append(_OPENING[letter])
        kept.append(letter)
    return "".join([*kept, *reversed(open_)])
