"""What was made on a box, as its rules see it. No input or output.

What is said of a creation, its `Fields`, is kept in versions that never change. The body is HTML of a small vocabulary,
docs/formats/creation-body.md.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, get_args

import msgspec

Kind = Literal["article", "notice", "story", "sheet", "film", "audio", "picture", "document"]
KINDS: tuple[Kind, ...] = get_args(Kind)
OF_MEDIA: tuple[Kind, ...] = ("film", "audio", "picture", "document")  # which are nothing without their `main` file

Role = Literal["main", "cover", "subtitles", "inside"]
Answer = Literal["", "none_shown", "given", "missing"]
Audience = Literal["all", "staff"]


class State(StrEnum):
    """How far its newest version is. What readers see is another question: `Creation.shown`."""

    DRAFT = "draft"
    WAITING = "waiting"  # for a mediator to look at
    RETURNED = "returned"  # to its author, with a word
    REFUSED = "refused"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Words(msgspec.Struct, frozen=True):
    """What a creation is called in one language, and what it is about in a sentence or two."""

    title: str
    summary: str = ""


class MediaUse(msgspec.Struct, frozen=True):
    """That a creation uses a file, by its id (SHA-256, hex). `language`: BCP 47, of subtitles.

    `main`: what a film, sound, picture or document is about; `cover`: its picture in lists; `inside`: in the body,
    which is found out from it.
    """

    media: str
    role: Role
    language: str = ""


class Consent(msgspec.Struct, frozen=True):
    """Whether people who are seen or heard in it agreed to that. `note`: how that is known; for mediators alone.

    An empty answer: nobody was asked the question yet.
    """

    answer: Answer = ""
    note: str = ""


class Fields(msgspec.Struct, frozen=True, kw_only=True):
    """What a version says. `texts` by language (BCP 47), with one in `language`, in which the body is written.

    `licence`: an SPDX identifier, `all-rights-reserved`, words of one's own, or empty for not yet said. `author`: a
    name to be shown, or empty for none. `ends`: the last day (YYYY-MM-DD) of a notice, or empty.
    """

    kind: Kind
    language: str
    texts: dict[str, Words]
    body: str = ""
    media: tuple[MediaUse, ...] = ()
    tags: tuple[str, ...] = ()
    licence: str = ""
    source: str = ""
    author: str = ""
    consent: Consent = Consent()
    audience: Audience = "all"
    ends: str = ""


class Creation(Fields, frozen=True, kw_only=True):
    """A creation at one of its versions.

    `version`: the number of the one that this is; `newest`: of the newest; `shown`: of the one that readers see, or
    None where they see nothing. `work` is shared by translations of each other. `owner`: a person's number, also after
    that account was removed. `publish_at`: when it is to be published, seconds since 1970 as the box's clock has it, or
    None. `made_at`, `changed_at`, `shown_at`: likewise; the last is None where it was never shown.
    """

    id: str
    work: str
    state: State
    owner: int
    version: int
    newest: int
    shown: int | None
    publish_at: int | None
    made_at: int
    changed_at: int
    shown_at: int | None

    @property
    def title(self) -> str:
        """In its own language; where it has none there, in any."""
        return title_of(self.texts, self.language)


def title_of(texts: dict[str, Words], language: str) -> str:
    """The title in `language`, else the first one there is, else empty."""
    own = texts.get(language)
    return own.title if own and own.title else next((words.title for words in texts.values() if words.title), "")


def fields_of(creation: Creation) -> Fields:
    """What the creation's version says, without what is known of the creation."""
    return Fields(**{name: getattr(creation, name) for name in Fields.__struct_fields__})
