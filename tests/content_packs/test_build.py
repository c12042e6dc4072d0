import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from libzim.reader import Archive
from libzim.search import Query, Searcher
from selectolax.lexbor import LexborHTMLParser

from content_packs.build import Progress, build_pack
from content_packs.check import check_pack
from content_packs.commands import pack as pack_command
from content_packs.errors import BadInput, NotAllowed
from tests.content_packs.sources import (
    PACK_YML,
    dump,
    needs_zimcheck,
    pages_folder,
    read_entry,
    site_folder,
    write_files,
    zimcheck,
)

DEMO = Path(__file__).parents[2] / "ideascube" / "demo"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    return build_pack(pages_folder(folder / "source"), folder / "words.zim").pack


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    return build_pack(site_folder(folder) / "pack", folder / "site.zim").pack


def hrefs(html: str) -> list[str]:
    return [str(node.attributes["href"]) for node in LexborHTMLParser(html).css("a")]


def test_files_become_entries_under_their_paths(pages: Path) -> None:
    archive = Archive(pages)

    found = sorted(archive._get_entry_by_id(index).path for index in range(archive.entry_count))

    assert [
        "_pack/film.js",
        "_pack/items.json",
        "_pack/posters/books/guide.pdf.webp",
        "_pack/style.css",
        "_pack/text/books/guide.html",
        "_pack/thumbnails/books/guide.pdf.webp",
        "_pack/thumbnails/film/washing.webm.webp",
        "books/guide.html",
        "books/guide.pdf",
        "contents.ar.html",
        "contents.fr.html",
        "film/washing.ar.vtt",
        "film/washing.fr.vtt",
        "film/washing.html",
        "film/washing.jpg",
        "film/washing.webm",
        "greetings/hello.ar.html",
        "greetings/hello.fr.html",
        "greetings/hello.html",
        "images/tap.png",
        "index.ar.html",
        "index.fr.html",
        "index.html",
    ] == found


@needs_zimcheck
def test_zimcheck_finds_nothing_in_pages(pages: Path) -> None:
    result = zimcheck(pages)

    assert (0, []) == (
        result.returncode,
        [line for line in result.stdout.splitlines() if line.startswith("[") and "[INFO]" not in line],
    )


@needs_zimcheck
def test_zimcheck_finds_no_error_in_a_site(site: Path) -> None:
    result = zimcheck(site)

    assert "[ERROR]" not in result.stdout


@needs_zimcheck
@pytest.mark.parametrize("source", sorted(DEMO.glob("*/pack.yml")), ids=lambda path: path.parent.name)
def test_zimcheck_finds_nothing_in_the_demo(source: Path, tmp_path: Path) -> None:
    report = build_pack(source.parent, tmp_path / "demo.zim")

    result = zimcheck(report.pack)

    assert ((), 0) == (report.warnings, result.returncode)
    assert [] == check_pack(report.pack)


def test_our_own_check_finds_nothing(pages: Path, site: Path) -> None:
    assert [] == check_pack(pages) + check_pack(site)


def test_metadata_are_as_zim_wants_them(pages: Path) -> None:
    archive = Archive(pages)

    found = {name: archive.get_metadata(name).decode() for name in archive.metadata_keys if "Illustration" not in name}

    assert found.pop("Scraper").startswith("ideascube ")
    assert found.pop("Counter")
    assert {"fr": "index.fr.html", "ar": "index.ar.html"} == json.loads(found.pop("Manifest"))["main"]
    assert {
        "Creator": "Nous",
        "Date": "2026-11-02",
        "Description": "Des mots pour arriver",
        "Language": "fra,ara",
        "License": "CC0-1.0",
        "Name": "first-words",
        "Publisher": "Nous aussi",
        "Tags": "words;_category:collection;_ftindex:yes",
        "Title": "Premiers mots",
    } == found
    assert (True, True) == (archive.has_illustration(48), archive.has_illustration(96))


def test_what_pack_yml_says_beyond_a_zims_metadata_is_in_the_manifest(tmp_path: Path) -> None:
    source = pages_folder(tmp_path / "source")
    more = "version: second\naliases: [mots]\naudience: [adults]\nlong_description: {fr: Tout, ar: كل}\n"
    write_files(source, {"pack.yml": PACK_YML + more})

    manifest = json.loads(Archive(build_pack(source, tmp_path / "out.zim").pack).get_metadata("Manifest"))

    assert ("second", ["mots"], ["adults"]) == (manifest["version"], manifest["aliases"], manifest["audience"])
    assert {"fr": "Tout", "ar": "كل"} == manifest["long_description"]


def test_the_first_page_is_the_main_languages(pages: Path) -> None:
    entry = Archive(pages).main_entry

    assert "index.fr.html" == entry.get_item().path


def test_a_page_has_language_direction_and_its_translations(pages: Path) -> None:
    page = LexborHTMLParser(read_entry(pages, "index.ar.html"))

    html = page.css_first("html").attributes

    assert ("ar", "rtl") == (html["lang"], html["dir"])
    assert ["contents.ar.html", "index.fr.html"] == [node.attributes["href"] for node in page.css("nav a")]
    assert "أهلا" == page.css_first("title").text()


def test_links_to_markdown_lead_to_the_page_in_the_same_language(pages: Path) -> None:
    assert "greetings/hello.fr.html#haut" in hrefs(read_entry(pages, "index.fr.html"))
    assert "greetings/hello.ar.html" in hrefs(read_entry(pages, "index.ar.html"))


def test_a_name_without_language_leads_to_the_main_language(pages: Path) -> None:
    assert read_entry(pages, "greetings/hello.fr.html") == read_entry(pages, "greetings/hello.html")


def test_a_picture_of_a_film_is_its_player(pages: Path) -> None:
    page = LexborHTMLParser(read_entry(pages, "greetings/hello.fr.html"))

    video = page.css_first("video")
    tracks = [(node.attributes["src"], "default" in node.attributes) for node in video.css("track")]

    assert "../film/washing.jpg" == video.attributes["poster"]
    assert "../film/washing.webm" == video.css_first("source").attributes["src"]
    assert [("../film/washing.ar.vtt", False), ("../film/washing.fr.vtt", True)] == tracks
    assert page.css_first("table") is not None


def test_a_film_and_a_document_have_their_own_pages(pages: Path) -> None:
    film, book = (LexborHTMLParser(read_entry(pages, path)) for path in ("film/washing.html", "books/guide.html"))

    assert ["Se laver les mains", "غسل اليدين"] == [node.text() for node in film.css("h1, h2")]
    assert "washing.webm" == film.css_first("source").attributes["src"]
    assert "guide.pdf" == book.css_first("a.document").attributes["href"]


def test_contents_list_each_page_once_in_the_readers_language(pages: Path) -> None:
    found = hrefs(read_entry(pages, "contents.ar.html"))

    assert [
        "contents.fr.html",
        "index.ar.html",
        "greetings/hello.ar.html",
        "books/guide.html",
        "film/washing.html",
    ] == found


def test_full_text_finds_pages_and_items_but_not_their_contents_page(pages: Path) -> None:
    searcher = Searcher(Archive(pages))

    found = [list(searcher.search(Query().set_query(word)).getResults(0, 9)) for word in ("bienvenue", "laver")]

    assert ["index.fr.html"] == found[0]
    assert ["film/washing.html"] == found[1]


def test_only_pages_are_suggested(pages: Path) -> None:
    archive = Archive(pages)

    assert (8, "text/html") == (archive.article_count, archive.get_random_entry().get_item().mimetype)


def test_a_site_goes_in_as_it_is(site: Path) -> None:
    archive = Archive(site)

    assert "index.html" == archive.main_entry.get_item().path
    assert ("Un site", "Au fond") == (
        archive.get_entry_by_path("index.html").title,
        archive.get_entry_by_path("deep/index.html").title,
    )
    assert "<title> Un  site </title><a href='deep/'>plus</a>" == read_entry(site, "index.html")
    assert read_entry(site, "deep/index.html") == read_entry(site, "deep/")
    assert read_entry(site, "deep/a b.svg") == read_entry(site, "deep/twin.svg")
    assert "goes: in" == read_entry(site, "_config.yml")


def test_long_contents_are_on_several_pages(tmp_path: Path) -> None:
    source = write_files(
        pages_folder(tmp_path / "source"), {f"many/{number:03}.fr.md": f"# Page {number}" for number in range(510)}
    )

    report = build_pack(source, tmp_path / "out.zim")

    first, second = hrefs(read_entry(report.pack, "contents.fr.html")), "_pack/contents/2.fr.html"
    rest = hrefs(read_entry(report.pack, second))
    assert (second, "../../contents.fr.html") == (first[-1], rest[-1])
    assert ["index.fr.html", "../../many/509.fr.html"] == [first[1], rest[-2]]
    assert 510 == sum("many/" in address for address in first + rest)
    assert [] == check_pack(report.pack)


def test_two_builds_have_the_same_entries(tmp_path: Path) -> None:
    source = pages_folder(tmp_path / "source")

    first = build_pack(source, tmp_path / "one.zim").pack
    for file in source.rglob("*"):
        os.utime(file, (0, 0))
    second = build_pack(source, tmp_path / "two.zim").pack

    assert dump(first) == dump(second)


def test_one_more_file_changes_no_entry_but_the_contents(tmp_path: Path) -> None:
    """What a layer of the next version has to hold is in proportion to the change."""
    source = pages_folder(tmp_path / "source")
    before = content_of(build_pack(source, tmp_path / "one.zim").pack)

    write_files(source, {"aaa.fr.md": "# Nouveau"})
    after = content_of(build_pack(source, tmp_path / "two.zim").pack)

    assert {"aaa.fr.html", "contents.fr.html", "contents.ar.html"} == {
        path for path in after if before.get(path) != after[path] and not path.startswith(("listing/", "aaa.html"))
    }


def content_of(pack: Path) -> dict[str, tuple[str, str, bytes]]:
    return {path: rest for path, *rest in dump(pack) if path not in ("Counter", "Scraper")}


def test_links_that_lead_nowhere_are_reported_with_their_page(tmp_path: Path) -> None:
    source = pages_folder(tmp_path / "source")
    write_files(
        source, {"bad.fr.md": "[a](nowhere.md) [d](http://[) ![b](https://example.org/b.png) [c](http://example.org/)"}
    )

    report = build_pack(source, tmp_path / "out.zim")

    links, loads = sorted(report.warnings)
    assert (
        "bad.fr.html: it links to nowhere.html, and there is no nowhere.html. Correct the link or add the file."
        == links
    )
    assert "bad.fr.html: it loads https://example.org/b.png from the internet" in loads


def test_progress_ends_with_all_bytes(tmp_path: Path) -> None:
    states: list[Progress] = []

    build_pack(pages_folder(tmp_path / "source"), tmp_path / "out.zim", progress=states.append)

    assert states[-1].total == states[-1].done == max(state.done for state in states)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("id: first-words", "id: First words"), "pack.yml, line 1: “id” may hold small letters"),
        (("creator: Nous\n", ""), "pack.yml: “creator” is missing: add a line “creator: …”."),
        (("date: 2026-11-02", "date: 2026-02-31"), "pack.yml, line 7: “date” must be a day written YYYY-MM-DD"),
        (("[fr, ar]", "[fra, ar]"), "“fra”, which is no language code as used here: write “fr”."),
        (("[fr, ar]", "fr"), "pack.yml, line 4: “languages” must be a list"),
        (("[fr, ar]", "[ar]"), "has a text in “fr”, which pack.yml does not list"),
        (("Premiers mots", "P" * 31), "pack.yml, line 2: “title” has 31 characters and at most 30 fit: shorten it."),
        (("tags: [words]", "colour: red"), "pack.yml, line 10: “colour” is no field that is known here"),
        (("tags: [words]", "kind: game"), "pack.yml, line 10: “kind” must be one of"),
        (("tags: [words]", "aliases: [No Id]"), "pack.yml, line 10: “aliases” may hold small letters"),
        (
            ("tags: [words]", "tags: [a]\nkind: &a book\nsource: *a"),
            "pack.yml, line 12: this is not YAML (*a stands for",
        ),
        (("tags: [words]", "main: nowhere"), "pack.yml: “main” names nowhere"),
        (("tags: [words]", "id: again"), "pack.yml, line 10: “id” is there twice"),
        (("tags: [words]", "tags: [a"), "this is not YAML"),
        (("tags: [words]", "tags: *nothing"), "this is not YAML"),
        (("Nous\n", '"a\\uD800b"\n'), "pack.yml, line 5: this is not YAML (a text holds a sign that cannot be shown"),
        (("Nous\n", '"a\\e[31mb"\n'), "pack.yml, line 5: this is not YAML (a text holds a sign that cannot be shown"),
        (("Nous\n", '"a\\UFFFFFFFFb"\n'), "pack.yml is not YAML that can be read"),
        (("id: first-words", f"%YAML {'9' * 5000}.1\n---\nid: first-words"), "pack.yml is not YAML that can be read"),
        (("creator: Nous", "creator: '  '"), "pack.yml: “creator” is missing"),
        (("Premiers mots", "' '"), "pack.yml, line 2: “title” has no text in fr"),
        (("images/tap.png", "i" * 3000), "and there is no such file"),
        (("tags: [words]", "content: " + "i" * 3000), "and there is no such folder"),
        (("tags: [words]", "tags: &a [*a]"), "this is not YAML"),
        (("tags: [words]", "tags: \x00"), "pack.yml is not YAML that can be read"),
        (("tags: [words]", "tags: " + "[" * 3000), "pack.yml"),
        (("images/tap.png", "images/none.png"), "names images/none.png, and there is no such file"),
        (("images/tap.png", "film/washing.jpg"), "washing.jpg has 64×36 pixels: the illustration must be square"),
        (("images/tap.png", "film/washing.webm"), "washing.webm is no picture that can be read"),
    ],
)
def test_a_wrong_pack_yml_is_one_sentence(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    source = pages_folder(tmp_path / "source")
    write_files(source, {"pack.yml": PACK_YML.replace(*change)})

    with pytest.raises(BadInput) as caught:
        build_pack(source, tmp_path / "out.zim")

    assert said in str(caught.value)
    assert ["source"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"film/other.yml": "title: x"}, "film/other.yml stands beside no film"),
        ({"a/Course.yml": "title: x"}, "a/Course.yml is not read under this name: rename it to course.yml."),
        ({"a/course.yml": "title: x\nmodule: []"}, "Known are audience, id, level, licence, minutes, modules, order,"),
        ({"film/washing.mp4": "x"}, "film/washing.mp4 and film/washing.webm share a name"),
        ({"index.fr.html": "x"}, "Two files would both become index.fr.html"),
        ({"film/washing.yml": "colour: red"}, "film/washing.yml, line 1: “colour” is no field"),
        ({"a.md": "---\norder: first\n---\n"}, "a.md, its head, line 2: “order” must be a whole number"),
        ({"a.md": "---\norder: --1\n---\n"}, "a.md, its head, line 2: “order” must be a whole number"),
        ({"a.md": "---\norder: 1\n"}, "a.md begins with ---"),
        ({"a.md": "a" * 1_050_000}, "a.md is larger than 1024 KiB: split it."),
    ],
)
def test_files_that_contradict_each_other_are_named(tmp_path: Path, files: dict[str, str], said: str) -> None:
    source = write_files(pages_folder(tmp_path / "source"), files)

    with pytest.raises(BadInput) as caught:
        build_pack(source, tmp_path / "out.zim")

    assert said in str(caught.value)


def test_two_files_that_are_one_page_by_their_names_are_told(tmp_path: Path) -> None:
    source = write_files(pages_folder(tmp_path / "source"), {"a.md": "Un", "a.fr.md": "Deux"})

    report = build_pack(source, tmp_path / "out.zim")

    assert ("a.fr.md and a.md are one page in fr by their names, and only the second is listed: rename one.",) == (
        report.warnings
    )


@pytest.mark.parametrize(
    "files",
    [
        {"course/course.yml": "title: Un\nmodules: [{title: Un, lessons: [none.md]}]\n"},
        {"course/course.yml": "title: Un\nmodules: [{title: Un, lessons: [{file: a.md, attachments: [none.pdf]}]}]\n"},
        {"pack.yml": PACK_YML + "main: none\n"},
        {"pack.yml": PACK_YML.replace("images/tap.png", "film/washing.jpg")},
    ],
)
def test_what_is_named_and_missing_is_told_before_the_slow_part(tmp_path: Path, files: dict[str, str]) -> None:
    source = write_files(pages_folder(tmp_path / "source"), {"course/a.md": "# Un\n", **files})
    states: list[Progress] = []

    with pytest.raises(BadInput):
        build_pack(source, tmp_path / "out.zim", progress=states.append)

    assert [] == states


def test_a_page_that_nests_without_end_holds_nothing_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("content_packs.links._SECONDS", 1)
    source = write_files(pages_folder(tmp_path / "source"), {"deep.html": "<title>Deep</title>" + "<div>" * 1_000_000})

    report = build_pack(source, tmp_path / "out.zim")

    assert () == report.warnings
    assert source.joinpath("deep.html").read_text() == read_entry(report.pack, "deep.html")


def test_a_failed_build_leaves_the_old_pack(tmp_path: Path) -> None:
    source, out = pages_folder(tmp_path / "source"), tmp_path / "out.zim"
    before = build_pack(source, out).pack.read_bytes()
    (source / "index.fr.md").write_bytes(b"\xff\xfe")

    with pytest.raises(BadInput, match=r"index\.fr\.md is not UTF-8"):
        build_pack(source, out)

    assert before == out.read_bytes()
    assert ["out.zim", "source"] == sorted(path.name for path in tmp_path.iterdir())


def test_a_file_that_goes_away_while_it_is_packed_fails_the_build(tmp_path: Path) -> None:
    source = pages_folder(tmp_path / "source")

    def remove_it(state: Progress) -> None:
        (source / "index.fr.md").unlink(missing_ok=True)

    with pytest.raises(BadInput, match=r"index\.fr\.md"):
        build_pack(source, tmp_path / "out.zim", progress=remove_it)

    assert ["source"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda file: file.unlink(missing_ok=True), "cannot be read: No such file or directory"),
        (lambda file: os.truncate(file, 10), "changed while the pack was built"),
    ],
    ids=["goes away", "shrinks"],
)
def test_what_libzim_reads_in_its_threads_may_change_and_fails_the_build(
    tmp_path: Path, change: Callable[[Path], None], said: str
) -> None:
    """An error there, or a creator that is let go while its threads work, once crashed or stopped the process."""
    source = pages_folder(tmp_path / "source")
    files = [source / f"data-{number:02}.bin" for number in range(20)]
    for file in files:
        file.write_bytes(os.urandom(600_000))

    def change_some(state: Progress) -> None:
        if state.path == "data-00.bin":
            for file in files[15:]:
                change(file)

    with pytest.raises(BadInput, match=rf"data-\d+\.bin {said}"):
        build_pack(source, tmp_path / "out.zim", progress=change_some)

    assert ["source"] == [path.name for path in tmp_path.iterdir()]


def test_a_link_out_of_the_folder_is_left_out(tmp_path: Path) -> None:
    source = pages_folder(tmp_path / "source")
    (source / "passwd.txt").symlink_to("/etc/passwd")

    report = build_pack(source, tmp_path / "out.zim")

    assert ("passwd.txt is left out: it is no file of this folder.",) == report.warnings
    assert not Archive(report.pack).has_entry_by_path("passwd.txt")


def test_a_folder_that_takes_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="Nothing can be written in /proc/self"):
        build_pack(pages_folder(tmp_path / "source"), Path("/proc/self/out.zim"))


@pytest.mark.parametrize("out", ["source/out.zim", "none/out.zim", "out.zip"])
def test_places_where_no_pack_can_go(tmp_path: Path, out: str) -> None:
    with pytest.raises(BadInput):
        build_pack(pages_folder(tmp_path / "source"), tmp_path / out)


def test_the_command_says_what_it_built_and_nothing_else(tmp_path: Path) -> None:
    source = pages_folder(tmp_path / "source")
    script = "from content_packs.commands import pack; pack()"

    result = subprocess.run(
        [sys.executable, "-c", script, "build", str(source), str(tmp_path / "out.zim")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )

    assert f"{tmp_path}/out.zim is built: 21 entries" in result.stdout
    assert 1 == len(result.stdout.splitlines())
    assert "" == result.stderr


def test_listing_packs_does_not_load_the_builder(tmp_path: Path) -> None:
    script = (
        "import sys; from click.testing import CliRunner; from content_packs.commands import pack;"
        f"CliRunner().invoke(pack, ['list', '--data', {str(tmp_path)!r}]);"
        "print('content_packs.commands.list' in sys.modules, 'content_packs.build' in sys.modules)"
    )

    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )

    assert "True False\n" == result.stdout


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Une page " * 40, True),
        ("ภาษาไทย" * 9 + " " + "ภาษาไทย" * 9, True),
        ("中文" * 33, True),
        ("ကခဂဃငစဆဇ" * 40, False),
        ("The book " + "x" * 300, False),
        ("?! " * 100, False),
    ],
)
def test_a_title_of_any_length_in_any_script_fits(tmp_path: Path, title: str, kept: bool) -> None:
    """Burmese and Thai have no spaces between words, and libzim's index takes no word of 240 bytes."""
    source = write_files(pages_folder(tmp_path / "source"), {"a.md": f"---\ntitle: '{title}'\n---\nhi"})

    report = build_pack(source, tmp_path / "out.zim")

    listed = Archive(report.pack).get_entry_by_path("a.html").title
    assert title.strip() == listed if kept else title.startswith(listed.removesuffix("…").rstrip())
    assert f"<h1>{title.strip()}</h1>" in read_entry(report.pack, "a.html")


@pytest.mark.parametrize(
    ("name", "meant"),
    [("course.yaml", "course.yml"), ("a.quiz.yml.txt", "a.quiz.yml"), ("Media.YAML", "media.yml")],
)
def test_a_description_of_another_ending_is_told(tmp_path: Path, name: str, meant: str) -> None:
    source = write_files(pages_folder(tmp_path / "source"), {f"b/{name}": "title: x"})

    assert (f"b/{name}: it is not read as a description under this name: rename it to {meant}.",) == (
        build_pack(source, tmp_path / "out.zim").warnings
    )


@pytest.mark.parametrize("name", ["pack.yaml", "pack.yml.txt", "Pack.yml"])
def test_a_pack_yml_of_another_name_is_told(tmp_path: Path, name: str) -> None:
    source = pages_folder(tmp_path / "source")
    (source / "pack.yml").rename(source / name)

    with pytest.raises(BadInput, match=f"source holds no pack.yml: rename {name} to that."):
        build_pack(source, tmp_path / "out.zim")


def test_a_pack_yml_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    source = write_files(tmp_path / "source", {"index.md": "# Un"})
    os.mkfifo(source / "pack.yml")

    with pytest.raises(BadInput, match=r"pack\.yml is no file"):
        build_pack(source, tmp_path / "out.zim")


def test_file_names_cannot_command_a_terminal(tmp_path: Path) -> None:
    source = write_files(pages_folder(tmp_path / "source"), {"a\x1b[2Jb\u009b1m.jpg": "no picture"})

    result = CliRunner().invoke(pack_command, ["build", str(source), str(tmp_path / "out.zim")], color=True)

    assert "warning: a\N{REPLACEMENT CHARACTER}[2Jb\N{REPLACEMENT CHARACTER}1m.jpg" in result.stderr


def test_warnings_of_a_build_go_to_standard_error(tmp_path: Path) -> None:
    source = write_files(pages_folder(tmp_path / "source"), {"bad.md": "[a](nowhere.html)"})

    result = CliRunner().invoke(pack_command, ["build", str(source), str(tmp_path / "out.zim")])

    assert 0 == result.exit_code
    assert "warning: bad.html: it links to nowhere.html" in result.stderr
