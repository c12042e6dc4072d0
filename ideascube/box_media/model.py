"""What the box knows of a file that somebody brought, and of what was made of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What a file is."""

    FILM = "film"
    AUDIO = "audio"
    PICTURE = "picture"
    DOCUMENT = "document"  # a PDF
    BOOK = "book"  # an EPUB
    SUBTITLES = "subtitles"


class State(StrEnum):
    """How far the making is."""

    WAITING = "waiting"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"


class Role(StrEnum):
    """What a made file is for."""

    MAIN = "main"  # what is shown, played or taken away
    LARGE = "large"  # the same picture for those who look closely
    POSTER = "poster"  # a picture of it, up to 640 pixels wide
    SMALL = "small"  # a picture of it for lists, up to 320 pixels wide
    WORDS = "words"  # its text, to be found by


class MadeFile(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file in the folder `made`. `width`, `height`: pixels; `duration`: seconds; 0 where it has none."""

    role: Role
    name: str
    mimetype: str
    size: int
    width: int = 0
    height: int = 0
    duration: float = 0.0


class Made(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that was made of one file. `pages`: of a document; `notes`: sentences for who brought it."""

    files: tuple[MadeFile, ...] = ()
    pages: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Media:
    """A file. `id`: SHA-256 of what came, in hexadecimal; `size`: its bytes; `name`: as the phone called it, for staff.

    `mimetype` is what came; each made file has its own. `original` is the name of what came, empty once it was dropped;
    `at`: seconds since 1970; `by`: the account that brought it first.
    """

    id: str
    turn: int
    kind: Kind
    name: str
    size: int
    mimetype: str
    state: State
    problem: str
    made: Made
    original: str
    at: int
    by: int

    def file(self, role: Role) -> MadeFile | None:
        """What was made for this use; the poster where there is no smaller picture."""
        found = {each.role: each for each in self.made.files}
        if role is Role.SMALL:
            return found.get(Role.SMALL) or found.get(Role.POSTER)
        return found.get(role)

    def named(self, name: str) -> MadeFile | None:
        """The file of that name; also by its use, as `main.jpg`, for who writes an address down before it was made."""
        use = name.partition(".")[0]
        found = next((each for each in self.made.files if each.name == name), None)
        return found or (self.file(Role(use)) if use in set(Role) else None)

    @property
    def main(self) -> MadeFile | None:
        """What is shown, played or taken away; None until it is ready."""
        return self.file(Role.MAIN)

    @property
    def poster(self) -> MadeFile | None:
        return self.file(Role.POSTER)


def encode_made(made: Made) -> str:
    return msgspec.json.encode(made).decode()


def decode_made(text: str) -> Made:
    return msgspec.json.decode(text, type=Made)
