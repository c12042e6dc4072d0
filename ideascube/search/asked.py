"""What a person asks for: words, phrases in quotes, words that must not be there. Pure.

Whatever is typed can be understood: what is no word is passed over, and of very many words the first count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

import regex

from content_packs.text import Token, has_no_spaces, running_text, tokens_in
from content_packs.text.cleaning import cleaned as cleaned

WORD_LIMIT = 12  # a search takes all of its words, so more of them only find less

_QUOTES = '"“”„‟«»‹›「」『』＂'
_PART = regex.compile(
    rf"(?P<minus>(?<!\S)[-−–](?=[^\s\-−–]))?(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<words>[^\s{_QUOTES}]+))"
)


class Effort(IntEnum):
    """How hard to look: for all words, for words like them where there are none, for some of them."""

    WORDS = 0
    NEAR = 1
    ANY = 2


@dataclass(frozen=True, slots=True)
class AskedWord:
    """`typed` in small letters, as libzim takes it; `keys`: folded, of an elision the whole first (`leau`, `eau`).

    `unfinished`: the last word of the query, which may be half a word. A run of a script without spaces is one.
    """

    typed: str
    keys: tuple[str, ...]
    unfinished: bool = False

    @property
    def key(self) -> str:
        return self.keys[-1]

    @property
    def is_run(self) -> bool:
        """Whether it is of a script without spaces, where nobody can tell the words nor what they were meant to be."""
        return has_no_spaces(self.typed)


@dataclass(frozen=True, slots=True)
class Asked:
    """`phrases` and `excluded` as `running_text` of what was typed; `title`: as typed, to be compared with titles.

    `within_pack`: whoever asks searches in one pack and knows it, so that the pack itself is no result.
    """

    words: tuple[AskedWord, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    title: str = ""
    within_pack: bool = False

    @property
    def text(self) -> str:
        """The words alone, as an index is asked for them."""
        return " ".join(word.typed for word in self.words)

    @property
    def is_strict(self) -> bool:
        """Whether the pages' texts decide, and not the index alone."""
        return bool(self.phrases or self.excluded)

    def allows(self, text: str) -> bool:
        """Whether a page with this text has the phrases and nothing that is excluded."""
        running = running_text(text)
        return all(_has(running, phrase) for phrase in self.phrases) and not any(
            _has(running, phrase) for phrase in self.excluded
        )


def _has(running: str, phrase: str) -> bool:
    if has_no_spaces(phrase):
        return phrase.strip() in running
    return phrase in running


def understand(text: str) -> Asked:
    """What is asked for. Nothing at all where there is no letter or digit."""
    wanted: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    ends_open = False
    for part in _PART.finditer(cleaned(text)):
        is_phrase = part["phrase"] is not None
        typed = part["phrase"] if is_phrase else part["words"]
        running = running_text(typed)
        if part["minus"] and running.strip():
            excluded.append(running)
            continue
        wanted.append(typed)
        ends_open = not is_phrase
        if is_phrase and running.strip():
            phrases.append(running)
    words = _words(tokens_in(" ".join(wanted)), ends_open)
    if not words and excluded:  # a negative number, or somebody who means a hyphen
        return Asked(_words(tokens_in(text.replace("-", " ")), ends_open=False), title=cleaned(text))
    return Asked(words, tuple(dict.fromkeys(phrases)), tuple(dict.fromkeys(excluded)), " ".join(wanted))


def _words(tokens: Iterable[Token], ends_open: bool) -> tuple[AskedWord, ...]:
    once = {token.written: token for token in tokens}
    kept = list(once.values())[:WORD_LIMIT]
    words = [AskedWord(token.written, tuple(dict.fromkeys(word.key for word in token.words))) for token in kept]
    if words and ends_open and len(kept) == len(once):
        words[-1] = AskedWord(words[-1].typed, words[-1].keys, unfinished=True)
    return tuple(words)
