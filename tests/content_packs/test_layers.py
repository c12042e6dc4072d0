"""A base with layers on it is, to every reader, the flat new file: real packs and made ones, new and old in kind."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from content_packs.delta import flatten, make_layer, write_delta
from content_packs.delta.container import Delta
from content_packs.errors import BadInput, BrokenPack
from content_packs.zim.archive import ZimArchive
from content_packs.zim.index_text import text_path
from content_packs.zim.reader import PackReader, ZimEntry
from content_packs.zim.stack import Stack, open_stack
from tests.support.same_packs import assert_same, totals, words
from tests.support.shared import shared
from tests.support.versions import Moved, Page, Version, version_of, write_old_version, write_version

WRITERS = {"new": write_version, "old": write_old_version}
Write = Callable[[Path, Version], Path]


def page(title: str, *paragraphs: str) -> Page:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{text}</body></html>"
    return Page(html.encode(), title)


def stacked(folder: Path, files: list[Path]) -> PackReader:
    """The first file, and a layer for each further one, made of deltas as they come over the link."""
    layers: list[Path] = []
    for number, new in enumerate(files[1:]):
        delta, layer = folder / f"{number}.delta", folder / f"layer{number}.zim"
        write_delta(open_stack(files[0], layers), ZimArchive(new), delta)
        make_layer(open_stack(files[0], layers), delta, layer)
        layers.append(layer)
    return open_stack(files[0], layers)


def film(seed: int) -> Page:
    return Page(random.Random(seed).randbytes(3 * 1024 * 1024), f"Film {seed}", "video/webm", front=False)


FIRST = Version(
    {
        "index.html": page("First page", "Where everything begins"),
        "water.html": page("Water", "Boil it before you drink it", "A long text that stays " * 50),
        "soap.html": page("Soap", "Wash your hands with soap", "Another long text that stays " * 50),
        "old.html": page("Old", "This page will leave, with its crocodile"),
        "becomes-redirect.html": page("Becoming a redirect", "elephant"),
        "was-redirect.html": Moved("soap.html", "Was a redirect"),
        "to-water": Moved("water.html", "To the water"),
        "to-other": Moved("soap.html", "To another one"),
        "to-leaving": Moved("old.html", "To what leaves"),
        "frame.html": Page(b"<html><body>a frame, giraffe</body></html>", "Frame", front=False),
        "style-1.css": Page(b"p { color: red }" * 20, "", "text/css", front=False),
        "film.webm": film(1),
        "long.webm": Page(random.Random(7).randbytes(9 * 1024 * 1024), "", "video/webm", front=False),
        "picture.png": Page(random.Random(3).randbytes(5000), "", "image/png", front=False),
        "empty.txt": Page(b"", "", "text/plain", front=False),
        "accents/été ?.html": page("Été à l'école", "Où va-t-on cet été"),
    },
    main="index.html",
    metadata={"Title": "Test", "Name": "test", "Language": "eng", "Date": "2026-01-01", "Description": "First"},
)  # fmt: skip

SECOND = FIRST.dated("2026-02-01", Description="Second").with_entries(
    {
        "water.html": page("Water", "Boil or filter it before you drink it", "A long text that stays " * 50),
        "becomes-redirect.html": Moved("water.html", "Becoming a redirect"),
        "was-redirect.html": page("No redirect any more", "hippopotamus"),
        "to-other": Moved("water.html", "To another one"),
        "new.html": page("New", "A page about a flamingo"),
        "style-2.css": FIRST.entries["style-1.css"],
        "renamed.webm": FIRST.entries["film.webm"],
        "second.webm": film(2),
        "picture.png": Page(random.Random(4).randbytes(5000), "", "image/png", front=False),
    },
    without=("old.html", "to-leaving", "style-1.css", "film.webm"),
)

THIRD = SECOND.dated("2026-03-01").with_entries(
    {
        "water.html": page("Clean water", "Boil or filter it before you drink it", "A long text that stays " * 50),
        "soap.html": page("Soap", "Wash your hands with soap and a flamingo", "Another long text that stays " * 50),
        "old.html": page("Old again", "The crocodile is back"),
        "was-redirect.html": Moved("old.html", "A redirect again"),
        "frame.html": Page(b"<html><body>a frame, giraffe</body></html>", "Frame", front=True),
        "renamed.webm": Page(film(1).content, "Another title", "video/webm", front=False),
        "long.webm": Page(random.Random(8).randbytes(9 * 1024 * 1024), "", "video/webm", front=False),
    }
)

FOURTH = SECOND.dated("2026-04-01").with_entries(
    {"accents/été ?.html": page("Hiver", "Neige")}, without=("index.html",)
)


def in_namespaces(version: Version) -> Version:
    """The same as an old file has it: pages under A, all else under I."""

    def name(path: str) -> str:
        entry = version.entries[path]
        is_page = isinstance(entry, Moved) or entry.mimetype == "text/html"
        return f"{'A' if is_page else 'I'}/{path}"

    entries = {
        name(path): Moved(name(entry.target), entry.title) if isinstance(entry, Moved) else entry
        for path, entry in version.entries.items()
    }
    main = name(version.main) if version.main in version.entries else None
    return Version(entries, main, version.metadata, indexed=False)


@pytest.fixture(scope="module", params=["new", "old"])
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp(request.param)
    versions = [FIRST, SECOND, THIRD, FOURTH]
    versions[3] = Version(FOURTH.entries, "water.html", FOURTH.metadata)
    if request.param == "old":
        versions = [in_namespaces(version) for version in versions]
    return [WRITERS[request.param](folder / f"v{number}.zim", version) for number, version in enumerate(versions)]


@pytest.mark.parametrize("steps", [[0, 1], [0, 3], [0, 1, 2, 3], [2, 0]])
def test_a_stack_is_the_new_file(files: list[Path], steps: list[int], tmp_path: Path) -> None:
    stack = stacked(tmp_path, [files[step] for step in steps])

    assert_same(ZimArchive(files[steps[-1]]), stack)


def test_a_flattened_stack_is_the_new_file_and_takes_the_next_delta(files: list[Path], tmp_path: Path) -> None:
    stack = stacked(tmp_path, files[:3])
    flat, delta, layer = tmp_path / "flat.zim", tmp_path / "next.delta", tmp_path / "next.zim"
    flatten(stack, flat)
    write_delta(stack, ZimArchive(files[3]), delta)
    make_layer(ZimArchive(flat), delta, layer)

    # Old files had no indexes; libzim gives them to all that it writes.
    assert_same(ZimArchive(files[2]), ZimArchive(flat), indexes=ZimArchive(files[2]).indexes()[0])
    assert_same(ZimArchive(files[3]), open_stack(flat, [layer]))


@pytest.mark.parametrize("name", ["nons/wikibooks_be_all_nopic_2017-02.zim", "example.zim", "nons/small.zim"])
def test_layers_on_packs_of_kiwix(name: str, tmp_path: Path) -> None:
    base = shared(f"zim/good/{name}")
    second = edited(version_of(base), 1)
    files = [base, write_version(tmp_path / "2.zim", second), write_version(tmp_path / "3.zim", edited(second, 2))]
    stack = stacked(tmp_path, files)

    # The index of titles of the Wikibooks, made in 2017, has titles that the file's own list of front pages lacks.
    assert_same(ZimArchive(files[-1]), stack, limit=60, titles="wikibooks" not in name)


@pytest.mark.parametrize(
    "name", ["withns/small.zim", "withns/wikibooks_be_all_nopic_2017-02.zim", "wikipedia_en_ray_charles.zim"]
)
def test_layers_on_old_packs_of_kiwix(name: str, tmp_path: Path) -> None:
    base = shared(f"zim/good/{name}")
    new = write_old_version(tmp_path / "new.zim", edited(version_of(base), 1))
    stack = stacked(tmp_path, [base, new])

    assert_same(ZimArchive(new), stack, limit=60)


def edited(version: Version, seed: int) -> Version:
    """Some pages changed, some gone, one new; their date is another one."""
    chance = random.Random(seed)
    pages = [
        path for path, entry in version.entries.items() if isinstance(entry, Page) and entry.mimetype == "text/html"
    ]
    changed = {path: _with_a_sentence(version.entries[path], seed) for path in pages if chance.random() < 0.3}
    targets = {entry.target for entry in version.entries.values() if isinstance(entry, Moved)}
    gone = tuple(path for path in pages if path not in targets | {version.main} and chance.random() < 0.1)
    prefix = "A/" if pages[0].startswith("A/") else ""
    new = {f"{prefix}new-{seed}.html": page(f"New {seed}", "A flamingo")}
    return version.dated(f"2026-0{seed}-01").with_entries(changed | new, without=gone)


def _with_a_sentence(entry: Page | Moved, seed: int) -> Page:
    assert isinstance(entry, Page)
    sentence = f"<p>Version {seed} has a rhinoceros.</p></body>".encode()
    return Page(entry.content.replace(b"</body>", sentence), entry.title, entry.mimetype, entry.front)


@pytest.mark.parametrize("path", ["{}", "/{}", "A/{}", "/A/{}", "é/{}", "///{}", "//{}", "A//{}", "/", "A", "A/", ""])
def test_a_path_means_what_it_means_in_the_new_file(files: list[Path], path: str, tmp_path: Path) -> None:
    stack, flat = stacked(tmp_path, files[:2]), ZimArchive(files[1])
    asked = path.format("water.html")

    assert meant(flat, asked) == meant(stack, asked)


def meant(pack: PackReader, path: str) -> str | None:
    found = pack.find(path)
    return found.path if isinstance(found, ZimEntry) else found and found.target


def test_of_many_results_each_page_of_results_has_its_own(tmp_path: Path) -> None:
    pages = {f"{number:03}.html": page(f"Page {number}", "zebra") for number in range(120)}
    first = Version(pages, "000.html", {"Language": "eng"})
    second = first.with_entries({f"{number:03}.html": page(f"Page {number}", "zebra crossing") for number in range(40)})
    third = second.with_entries({"119.html": page("Page 119", "lion")}, without=("118.html",))
    files = [write_version(tmp_path / f"{number}.zim", each) for number, each in enumerate([first, second, third])]
    stack = stacked(tmp_path, files)
    shown = [path for start in range(0, 150, 25) for path in stack.fulltext("zebra", start, 25)[0]]

    assert sorted(set(third.entries) - {"119.html"}) == sorted(shown)
    assert 118 == stack.fulltext("zebra", 0, 25)[1]
    assert (["119.html"], 1) == stack.fulltext("lion", 0, 25)
    assert 3 == len(stack.titles("page", 3))


def test_totals_are_those_of_the_new_file(files: list[Path], tmp_path: Path) -> None:
    new, stack = ZimArchive(files[2]), stacked(tmp_path, files[:3])
    asked = [word for word in words(new, 300) if " " not in word]

    assert totals(new, asked) == totals(stack, asked)


def test_a_page_is_found_by_its_text_for_the_index_when_either_changes(tmp_path: Path) -> None:
    def version(words: str, text: str | None) -> Version:
        entries: dict[str, Page | Moved] = {"film.html": page("Film", words), "index.html": page("Index", "nothing")}
        if text is not None:
            entries[text_path("film.html")] = Page(text.encode(), "", "text/plain", front=False)
        return Version(entries, "index.html", {"Language": "eng"})

    versions = [version("one", "walrus"), version("one", "penguin"), version("two", "penguin"), version("two", None)]
    files = [write_version(tmp_path / f"{number}.zim", each) for number, each in enumerate(versions)]
    found = []
    for last in range(2, 5):
        folder = tmp_path / f"to-{last}"
        folder.mkdir()
        stack = stacked(folder, files[:last])
        found.append([bool(stack.fulltext(word, 0, 5)[0]) for word in ("walrus", "penguin", "one", "two")])

    assert [[False, True, True, False], [False, True, False, True], [False, False, False, True]] == found


def test_random_pages_are_any_front_page_and_no_other(files: list[Path], tmp_path: Path) -> None:
    stack = stacked(tmp_path, files[:3])
    found = {stack.random_path() for _ in range(400)}
    flat = ZimArchive(files[2])
    pages = {
        path for path in found if path is not None and isinstance(entry := flat.find(path), ZimEntry) and entry.is_html
    }

    assert found == pages
    assert {"water.html", "new.html", "old.html"} <= {str(path).removeprefix("A/") for path in found}


def test_films_are_read_from_the_file_that_has_them(tmp_path: Path) -> None:
    files = [write_version(tmp_path / "1.zim", FIRST), write_version(tmp_path / "2.zim", SECOND)]
    stack = stacked(tmp_path, files)
    places = {path: stack.stored(stack.find(path)) for path in ("renamed.webm", "second.webm", "long.webm")}  # type: ignore[arg-type]

    assert ["1.zim", "layer0.zim", "1.zim"] == [place.file.paths[0].name for place in places.values() if place]
    assert (tmp_path / "layer0.zim").stat().st_size < 4 * 1024 * 1024  # the film that was only renamed is not copied


def test_a_delta_carries_little_and_a_renamed_film_nothing(tmp_path: Path) -> None:
    files = [write_version(tmp_path / f"{number}.zim", each) for number, each in enumerate([FIRST, SECOND])]
    write_delta(ZimArchive(files[0]), ZimArchive(files[1]), tmp_path / "d.delta")

    assert len(film(2).content) < (tmp_path / "d.delta").stat().st_size < len(film(2).content) + 10_000
    with Delta(tmp_path / "d.delta") as delta:  # nor does it need room on the disk
        assert len(film(2).content) < delta.description().stored < len(film(2).content) + 10_000


def test_a_layer_is_made_by_one_thread_since_each_takes_much_memory(files: list[Path], tmp_path: Path) -> None:
    delta, threads = tmp_path / "delta", set[int]()
    write_delta(ZimArchive(files[0]), ZimArchive(files[1]), delta)
    before = thread_count()
    make_layer(ZimArchive(files[0]), delta, tmp_path / "layer.zim", lambda done, total: threads.add(thread_count()))

    assert {before + 2} == threads  # one that compresses, one that writes


def thread_count() -> int:
    return len(list(Path("/proc/self/task").iterdir()))


def test_a_layer_is_not_read_over_anything_else(files: list[Path], tmp_path: Path) -> None:
    stacked(tmp_path, files[:3])

    with pytest.raises(BrokenPack, match=r"layer1.zim was not made for v0.zim, which it lies on"):
        open_stack(files[0], [tmp_path / "layer1.zim"])
    with pytest.raises(BrokenPack, match=r"layer0.zim is a layer and no pack by itself"):
        open_stack(tmp_path / "layer0.zim", [])
    with pytest.raises(BrokenPack, match=r"v1.zim is no layer"):
        open_stack(files[0], [files[1]])


def test_without_layers_a_pack_is_its_file(files: list[Path], tmp_path: Path) -> None:
    assert isinstance(open_stack(files[0], []), ZimArchive)
    assert isinstance(stacked(tmp_path, files[:2]), Stack)


def test_a_file_of_another_kind_is_sent_whole(tmp_path: Path) -> None:
    old = write_old_version(tmp_path / "old.zim", in_namespaces(FIRST))
    new = write_version(tmp_path / "new.zim", FIRST)
    unindexed = write_version(tmp_path / "unindexed.zim", Version(FIRST.entries, "index.html", indexed=False))

    with pytest.raises(BadInput, match=r"old.zim and new.zim name their entries in different ways"):
        write_delta(ZimArchive(old), ZimArchive(new), tmp_path / "d.delta")
    with pytest.raises(BadInput, match=r"new.zim has a full-text index and unindexed.zim has none"):
        write_delta(ZimArchive(unindexed), ZimArchive(new), tmp_path / "d.delta")
    assert not (tmp_path / "d.delta").exists()
