"""What one pack of a library gives, whatever is asked of it."""

from __future__ import annotations

from pathlib import Path

from content_packs.store.data_folder import DataFolder
from content_packs.store.library import Library, save_library
from content_packs.store.scan import scan_store
from ideascube.indexing.side_index import SideIndexes
from ideascube.live_library import LiveLibrary
from ideascube.own_index.source import OwnSources
from ideascube.search.asked import Effort, understand
from ideascube.search.pack_sources import MOST, PackSources
from ideascube.search.suspects import Suspects
from ideascube.search.vocabulary import Vocabulary
from tests.support.zims import make_zim


def sources_of(data: DataFolder) -> PackSources:
    save_library(scan_store(data.packs, Library()), data.library_file)
    suspects, words = Suspects(data.cache / "searching"), Vocabulary(data.word_list)
    sources = PackSources(LiveLibrary(data), suspects, words, OwnSources(data.root / "index/own"), SideIndexes(data))
    sources.refresh()
    return sources


def test_no_more_is_taken_of_one_pack_than_pages_of_results_can_show(tmp_path: Path) -> None:
    data = DataFolder(tmp_path)
    data.create()
    pages = {str(number): ("text/html", f"<title>Page {number}</title><p>Water") for number in range(MOST + 50)}
    make_zim(data.packs / "many.zim", pages)
    [source] = sources_of(data)()

    found = source.search(understand("water"), Effort.WORDS, 8 * MOST)

    assert (MOST, MOST + 50, True) == (len(found.hits), found.total, found.more)
