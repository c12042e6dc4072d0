"""The player of a film or sound that was made here: what `player.html` shows. Its progress is kept with pack `~`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence

from aiohttp import web

from content_packs.bounded_cache import BoundedCache
from content_packs.items import Item
from content_packs.languages import own_name
from content_packs.media.subtitles import parse_subtitles
from content_packs.media.transcript import Paragraph, transcript
from content_packs.pack_id import OWN
from ideascube.box_media.addresses import made_folder, media_address
from ideascube.box_media.model import Kind, Media, Role
from ideascube.creations.addresses import item_path
from ideascube.creations.model import Creation
from ideascube.creations.reading_files import read_file
from ideascube.items.wording import best_of, in_language
from ideascube.progress.request import progress_of
from ideascube.watching.choosing import start_of, switched_on
from ideascube.watching.view import PlayerView, Track, Words, own_languages
from ideascube.web.context import SETTINGS
from ideascube.web.i18n import visitor_languages

_MOST_WORDS = 3  # languages whose words stand on the page
_KEPT = 2 * 1024 * 1024  # bytes of subtitles whose words are remembered

_cache: BoundedCache[str, tuple[Paragraph, ...]] = BoundedCache(_KEPT)


async def made_player(request: web.Request, creation: Creation, used: Mapping[str, Media], main: Media) -> PlayerView:
    """The player for this visitor: subtitles and words in their languages, where they stopped."""
    subtitles = dict(_subtitles(creation, used))
    item = _item(creation, main, subtitles)
    own = own_languages(request)
    on = switched_on(item.subtitles, creation.language, own)
    place = (await progress_of(request)).get("film", OWN, item.path)
    start = start_of(request.query.get("t", ""), place)
    source = media_address(main)
    liked = best_of(subtitles, [request.query.get("words", ""), *own, on, creation.language])
    return PlayerView(
        pack_id=OWN,
        item=item,
        title=in_language(item.title, (*visitor_languages(request), creation.language)),
        element="audio" if main.kind is Kind.AUDIO else "video",
        source=f"{source}#t={start.second}" if start.second else source,
        poster=media_address(main, Role.POSTER),
        tracks=[Track(code, own_name(code), media_address(each), code == on) for code, each in subtitles.items()],
        words=await _words(request, subtitles, liked),
        more_words=[],
        start=start,
        query="",
    )


def _subtitles(creation: Creation, used: Mapping[str, Media]) -> Iterator[tuple[str, Media]]:
    """Those that are ready, by their languages."""
    for use in creation.media:
        media = used.get(use.media)
        if use.role == "subtitles" and media is not None and media.kind is Kind.SUBTITLES and media.main is not None:
            yield use.language or creation.language, media


def _item(creation: Creation, main: Media, subtitles: Mapping[str, Media]) -> Item:
    made = main.main
    return Item(
        path=item_path(creation.id),
        kind="audio" if main.kind is Kind.AUDIO else "film",
        title={code: words.title for code, words in creation.texts.items() if words.title},
        language=creation.language,
        duration=made.duration if made and made.duration else None,
        size=made.size if made else 0,
        mimetype=made.mimetype if made else "",
        subtitles={code: media_address(media) for code, media in subtitles.items()},
    )


async def _words(request: web.Request, subtitles: Mapping[str, Media], first: str) -> list[Words]:
    """What is said, in the language that is liked best first."""
    ordered = sorted(subtitles, key=lambda code: code != first)[:_MOST_WORDS]
    found = [(code, await _paragraphs(request, subtitles[code])) for code in ordered]
    return [Words(code, own_name(code), paragraphs) for code, paragraphs in found if paragraphs]


async def _paragraphs(request: web.Request, media: Media) -> Sequence[Paragraph]:
    known = _cache.get(media.id)
    if known is None and media.main is not None:
        path = made_folder(request.app[SETTINGS].data, media.id) / media.main.name
        raw = await asyncio.to_thread(read_file, path)
        known = await asyncio.to_thread(lambda: transcript(parse_subtitles(raw).cues))
        _cache.put(media.id, known, len(raw) + 200)
    return known or ()
