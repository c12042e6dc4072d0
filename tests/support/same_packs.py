"""Whether two packs are one to whoever reads them: every entry, redirect, title, search and piece of metadata."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from content_packs.zim.finding import clean_query
from content_packs.zim.reader import PackReader, ZimEntry, ZimRedirect
from content_packs.zim.walk import listing

_METADATA = ("Title", "Name", "Language", "Date", "Description", "Counter", "Tags", "Creator", "Layer", "LayerPaths")


def entries(pack: PackReader) -> dict[str, object]:
    """All that a reader gets at each path: a redirect's end, or title, type, mark and bytes."""
    return {listed.path: _entry(pack, listed.path) for listed in listing(pack)}


def _entry(pack: PackReader, path: str) -> object:
    found = pack.find(path)
    if isinstance(found, ZimRedirect):
        step = pack.step(path)  # type: ignore[attr-defined]
        return "redirect", found.target, step.target, step.title
    assert isinstance(found, ZimEntry), path
    stored = pack.stored(found)
    body = pack.read(found) if stored is None else stored.file.read_at(stored.range.offset, stored.range.length)
    return found.path, found.title, found.mimetype, pack.is_front(found), body, pack.read(found) == body


def words(pack: PackReader, limit: int) -> list[str]:
    """Words to search for: of titles and paths, and beginnings of them."""
    found: dict[str, None] = {}
    for listed in listing(pack):
        for word in clean_query(listed.title or listed.path.replace("/", " ").replace(".html", "")).split():
            found[word] = found[word[:3]] = None
    return list(found)[:: max(1, len(found) // limit)]


def searches(pack: PackReader, queries: Iterable[str]) -> dict[str, set[str]]:
    return {query: set(pack.fulltext(query, 0, 100_000)[0]) for query in queries}


def totals(pack: PackReader, queries: Iterable[str]) -> dict[str, int]:
    return {query: pack.fulltext(query, 0, 10)[1] for query in queries}


def suggestions(pack: PackReader, texts: Iterable[str]) -> dict[str, set[tuple[str, str]]]:
    """The pages that titles lead to, with their titles."""
    pages = {text: [pack.page_at(path) for path in pack.titles(text, 100_000)] for text in texts}
    return {text: {(page.path, page.title) for page in found if page} for text, found in pages.items()}


def metadata(pack: PackReader) -> dict[str, object]:
    pictures = {size: pack.illustration(size) for size in pack.illustration_sizes()}
    return {name: pack.metadata(name) for name in _METADATA} | {"pictures": pictures, "main": pack.main_path()}


def assert_same(
    expected: PackReader, pack: PackReader, *, limit: int = 200, indexes: bool = True, titles: bool = True
) -> None:
    """Ask both everything, or leave out what comes of the indexes. `limit`: how many words are searched for."""
    asked = words(expected, limit)

    assert [listed.path for listed in listing(expected)] == [listed.path for listed in listing(pack)]
    assert {} == _differences(entries(expected), entries(pack))
    if indexes:
        assert {} == _differences(metadata(expected), metadata(pack))
        assert (expected.indexes(), expected.counts()) == (pack.indexes(), pack.counts())
        assert {} == _differences(searches(expected, asked), searches(pack, asked))
        assert not titles or {} == _differences(suggestions(expected, asked), suggestions(pack, asked))


def _differences(expected: Mapping[str, object], found: Mapping[str, object]) -> dict[str, object]:
    return {name: (value, found.get(name)) for name, value in expected.items() if value != found.get(name)}
