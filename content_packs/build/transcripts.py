"""What is said in a film or sound, as text for its page: from a written transcript, else from its subtitles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from content_packs.build import file_types
from content_packs.build.side_yml import read_text
from content_packs.build.source import SourceFile
from content_packs.media.subtitles import read_subtitles
from content_packs.media.transcript import Paragraph, Said, transcript

TRANSCRIPT_LIMIT = 4 * 1024 * 1024  # bytes


class TimeMarks:
    """What marks on one page when something is said: `data-t` for searches, and an id to jump to.

    Subtitles in two languages mostly have the same times, and an id may be on a page only once.
    """

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def mark(self, seconds: float) -> Markup:
        """The attributes of an element with what is said from this second on."""
        second = int(seconds)
        anchor = "" if second in self._taken else f' id="t={second}"'
        self._taken.add(second)
        return Markup(f'{anchor} data-t="{second}"')  # noqa: S704 - a number


@dataclass(frozen=True, slots=True)
class Transcript:
    """The transcript in one language; its file is read when its page is made."""

    language: str
    source: SourceFile

    def paragraphs(self) -> Iterator[Paragraph]:
        """Those of a written transcript have no times. Raises BadInput."""
        if file_types.ending(self.source.path) in file_types.SUBTITLES_ENDINGS:
            yield from transcript(read_subtitles(self.source.file, self.language).cues)
            return
        text = read_text(self.source.path, self.source.file, TRANSCRIPT_LIMIT)
        for paragraph in text.replace("\r\n", "\n").split("\n\n"):
            if paragraph.strip():
                yield (Said(None, paragraph.strip()),)
