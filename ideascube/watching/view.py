"""What a player shows: made here once, for the player's page and for lessons that are films or sounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from content_packs.items import Item
from content_packs.languages import own_name
from content_packs.media.transcript import Paragraph, text_of
from content_packs.zim.reader import PackReader
from ideascube.items.cards import item_title
from ideascube.items.wording import Worded, best_of
from ideascube.progress.request import progress_of
from ideascube.watching.choosing import Start, start_of, switched_on
from ideascube.watching.words import languages_of, read_words
from ideascube.web.cards import liked_languages
from ideascube.web.i18n import LANGUAGE_COOKIE, interface_language
from ideascube.web.negotiation import preferred_languages
from ideascube.web.raw import raw_path

_LETTERS_MORE = 30_000  # of words in further languages that a page brings; what is longer has a page of its own


@dataclass(frozen=True, slots=True)
class Track:
    """Subtitles in one language: its name in itself, their address, and whether they are on from the start."""

    language: str
    name: str
    address: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Words:
    """What is said, in one language, with the language's name in itself."""

    language: str
    name: str
    paragraphs: Sequence[Paragraph]


@dataclass(frozen=True, slots=True)
class PlayerView:
    """What the macro `player` of `player.html` takes. Addresses are paths on the app's origin.

    `element` is `video` or `audio`; `source` begins at `start`. `words` are for reading along, in the visitor's own
    language first; `more_words` are languages, with their names, whose words a page brings by itself at `?words=CODE`;
    `query` is that part of this page's address, to be followed by others.
    """

    pack_id: str
    item: Item
    title: Worded
    element: str
    source: str
    poster: str
    tracks: Sequence[Track]
    words: Sequence[Words]
    more_words: Sequence[tuple[str, str]]
    start: Start
    query: str


async def player_view(request: web.Request, reader: PackReader, pack_id: str, item: Item) -> PlayerView:
    """The view of a film or sound for this visitor: subtitles and words in their languages, where they stopped.

    `t` in the address is the second to start at, `words` the language of the words that come first.
    """
    own, liked = own_languages(request), liked_languages(request, pack_id)
    start = start_of(request.query.get("t", ""), (await progress_of(request)).get("film", pack_id, item.path))
    on = switched_on(item.subtitles, item.language, own)
    asked = best_of(languages_of(item), [request.query.get("words", "")])
    words, more = await _words(reader, item, [asked, *own, on, item.language, *liked])
    source = raw_path(pack_id, item.path)
    return PlayerView(
        pack_id=pack_id,
        item=item,
        title=item_title(item, liked),
        element="video" if item.kind == "film" else "audio",
        source=f"{source}#t={start.second}" if start.second else source,
        poster=raw_path(pack_id, item.poster) if item.poster else "",
        tracks=[_track(pack_id, code, path, on) for code, path in item.subtitles.items()],
        words=words,
        more_words=more,
        start=start,
        query=f"words={asked}&" if asked else "",
    )


def _track(pack_id: str, language: str, path: str, on: str) -> Track:
    return Track(language, language_in_itself(language), raw_path(pack_id, path), language == on)


def language_in_itself(language: str) -> str:
    """In itself; empty where nobody knows which language it is."""
    return "" if language == "und" else own_name(language)


def own_languages(request: web.Request) -> tuple[str, ...]:
    """For what is said: the language that the visitor chose, those of their browser, then the interface's.

    Whose language the interface does not speak, and so reads it in English, wants a film's words in their own first.
    """
    interface = interface_language(request)
    chosen = [interface] if LANGUAGE_COOKIE in request.cookies else []
    spoken = preferred_languages(request.headers.get("Accept-Language", ""))
    return tuple(dict.fromkeys((*chosen, *spoken, interface)))


async def _words(reader: PackReader, item: Item, liked: Sequence[str]) -> tuple[list[Words], list[tuple[str, str]]]:
    """What is said, in the language that is liked best first, and the languages that are too long to be beside it."""
    languages = languages_of(item)
    first = best_of(languages, liked)
    found: list[Words] = []
    more: list[tuple[str, str]] = []
    letters = 0
    for language in sorted(languages, key=lambda code: code != first):
        if letters > _LETTERS_MORE:  # what will not stand on the page is not read for it
            more.append((language, language_in_itself(language)))
            continue
        paragraphs = await read_words(reader, item, language)
        if not paragraphs:
            continue
        letters += sum(len(text_of(paragraph)) for paragraph in paragraphs) if found else 0
        if letters > _LETTERS_MORE:
            more.append((language, language_in_itself(language)))
        else:
            found.append(Words(language, language_in_itself(language), paragraphs))
    return found, more
