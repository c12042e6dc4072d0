"""Whatever changes from version to version: a stack of layers is the last one. Versions are drawn by hypothesis."""

from __future__ import annotations

import itertools
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content_packs.zim.archive import ZimArchive
from content_packs.zim.reader import PackReader
from content_packs.zim.walk import listing
from tests.content_packs.test_layers import page, stacked
from tests.support.same_packs import entries, metadata, searches, suggestions
from tests.support.versions import Moved, Page, Version, write_old_version, write_version

WORDS = ["zebra", "okapi", "Été", "old bridge"]
TITLES = st.sampled_from([*WORDS, "zebra okapi", ""])
PATHS = ["a", "b.html", "c/d.html", "é ü", "x y?z#", "style.css"]
PAGES = st.builds(page, TITLES, st.sampled_from(WORDS)) | st.builds(
    Page, st.binary(max_size=30), TITLES, st.sampled_from(["text/css", "image/png", "text/html"]), st.booleans()
)
_numbers = itertools.count()


@st.composite
def versions(draw: st.DrawFn) -> Version:
    # With one page at least, since a file without any has no indexes, and one that then has them is sent whole.
    found: dict[str, Page | Moved] = draw(st.dictionaries(st.sampled_from(PATHS), PAGES))
    found["index.html"] = page("Index", draw(st.sampled_from(WORDS)))
    pages = sorted(found)
    for path in draw(st.lists(st.sampled_from(["r", "s.html", "a/b", *PATHS]), unique=True)):
        if path not in found:
            found[path] = Moved(draw(st.sampled_from(pages)), draw(TITLES), draw(st.booleans()))
    language = {"Title": draw(TITLES) or "none", "Language": "eng", "Date": "2026-01-01"}
    return Version(found, draw(st.sampled_from(pages)), language)


def asked(pack: PackReader) -> list[object]:
    """All that a reader can ask of so small a pack."""
    questions = [*WORDS, "zeb", "o", "e"]
    known = [metadata(pack), pack.counts(), searches(pack, questions), suggestions(pack, questions)]
    return [[listed.path for listed in listing(pack)], entries(pack), *known]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)
@given(drawn=st.lists(versions(), min_size=2, max_size=4))
def test_a_stack_is_its_last_version(tmp_path: Path, drawn: list[Version]) -> None:
    folder = tmp_path / str(next(_numbers))
    folder.mkdir()
    files = [write_version(folder / f"{number}.zim", version) for number, version in enumerate(drawn)]

    assert asked(ZimArchive(files[-1])) == asked(stacked(folder, files))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)
@given(drawn=st.lists(versions(), min_size=2, max_size=3))
def test_a_stack_of_old_files_has_the_last_one_s_entries(tmp_path: Path, drawn: list[Version]) -> None:
    folder = tmp_path / str(next(_numbers))
    folder.mkdir()
    files = [write_old_version(folder / f"{number}.zim", in_articles(one)) for number, one in enumerate(drawn)]

    assert entries(ZimArchive(files[-1])) == entries(stacked(folder, files))


def in_articles(version: Version) -> Version:
    entries = {
        f"A/{path}": Moved(f"A/{entry.target}", entry.title) if isinstance(entry, Moved) else entry
        for path, entry in version.entries.items()
    }
    return Version(entries, f"A/{version.main}", version.metadata, indexed=False)
