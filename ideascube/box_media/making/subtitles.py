"""Subtitles: in whatever encoding, made WebVTT, which browsers show."""

from __future__ import annotations

from content_packs.media.subtitles import read_subtitles, to_vtt
from ideascube.box_media.making.folder import Source, words, written
from ideascube.box_media.model import Kind, Made, Role


def make_subtitles(source: Source) -> tuple[Kind, Made]:
    read = read_subtitles(source.path)
    text = to_vtt(read.cues).encode()
    main = written(source, Role.MAIN, "subtitles.vtt", "text/vtt; charset=utf-8", text)
    spoken = words(source, "\n".join(cue.text for cue in read.cues))
    return Kind.SUBTITLES, Made((main, *spoken), notes=read.notes)
