"""What is said in a film or sound, as text for its page: from a written transcript, else from its subtitles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from content_packs.build import file_types
from content_packs.build.side_yml import read_text
from content_packs.build.source import SourceFile
from content_packs.media.subtitles import read_subtitles
from content_packs.media.transcript import transcript

TRANSCRIPT_LIMIT = 4 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Transcript:
    """The transcript in one language; its file is read when its page is made."""

    language: str
    source: SourceFile

    def paragraphs(self) -> Iterator[tuple[float | None, str]]:
        """Each with the second at which it begins, None where that is not known. Raises BadInput."""
        if file_types.ending(self.source.path) in file_types.SUBTITLES_ENDINGS:
            yield from transcript(read_subtitles(self.source.file, self.language).cues)
            return
        text = read_text(self.source.path, self.source.file, TRANSCRIPT_LIMIT)
        for paragraph in text.replace("\r\n", "\n").split("\n\n"):
            if paragraph.strip():
                yield None, paragraph.strip()
