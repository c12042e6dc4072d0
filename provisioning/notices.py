"""What a person should read of what happened, in the terms that all parts share (docs/formats/sync.md)."""

from __future__ import annotations

import msgspec


class Notice(msgspec.Struct, frozen=True, omit_defaults=True):
    """`code`: a word of docs/formats/sync.md, so that pages say it in any language. `sentence`: in English.

    `about`: the pack, catalogue or file that it is about, or empty.
    """

    code: str
    sentence: str
    about: str = ""
