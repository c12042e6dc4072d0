"""What two versions may have been made of, where the one that both were made of is not kept any more. Pure."""

from __future__ import annotations

import msgspec

from ideascube.creations.body_html import to_html
from ideascube.creations.cleaning import read_body
from ideascube.creations.differences import aligned
from ideascube.creations.model import Consent, Fields, Words


def assumed_base(mine: Fields, theirs: Fields) -> Fields:
    """What both have. So nothing that one of them has is taken for something that the other one took out, and where
    they say different things of one field, somebody is asked.
    """
    return msgspec.structs.replace(
        mine,
        texts={code: words for code in mine.texts if (words := _words(code, mine, theirs))},
        body=_body(mine.body, theirs.body),
        media=tuple(each for each in mine.media if each in theirs.media),
        tags=tuple(each for each in mine.tags if each in theirs.tags),
        licence=_line(mine.licence, theirs.licence),
        source=_line(mine.source, theirs.source),
        author=_line(mine.author, theirs.author),
        consent=mine.consent if mine.consent == theirs.consent else Consent(),
        ends=_line(mine.ends, theirs.ends),
    )


def _words(code: str, mine: Fields, theirs: Fields) -> Words | None:
    one, other = mine.texts[code], theirs.texts.get(code, Words(""))
    both = Words(_line(one.title, other.title), _line(one.summary, other.summary))
    return both if both.title or both.summary else None


def _line(mine: str, theirs: str) -> str:
    return mine if mine == theirs else ""


def _body(mine: str, theirs: str) -> str:
    blocks = read_body(mine)
    steps = aligned(blocks, read_body(theirs))
    return to_html(tuple(each for tag, start, end, _, _ in steps if tag == "equal" for each in blocks[start:end]))
