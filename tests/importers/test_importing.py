import json
import os
import shutil
import stat
from pathlib import Path

import pytest
import yaml
from libzim.reader import Archive
from PIL import Image

from content_packs.build import build_pack
from content_packs.errors import BadInput, BrokenPack, IdeascubeError
from content_packs.importers.facts import Facts
from content_packs.importers.importing import ImportReport, import_folder, import_pack
from tests.content_packs.sources import (
    dump,
    needs_zimcheck,
    pages_folder,
    read_entry,
    write_files,
    write_picture,
    zimcheck,
)
from tests.support.box import ideascube
from tests.support.shared import shared
from tests.support.zips import make_zip, overlapping_zip, zip_folder, zip_with_form, zip_with_raw_names

MANIFEST = """\
medias:
- title: Se laver les mains
  summary: <p>Pourquoi &amp; comment</p>
  credits: BSF
  lang: fra
  kind: pdf
  path: books/hands.pdf
  preview: previews/1.png
  tags: [santé, "_a;b"]
- title: غسل اليدين
  summary: ''
  credits: BSF
  lang: ar
  path: books/hands.epub
  tags: santé, eau
- {title: Le puits, summary: Une photo, credits: BSF, lang: fr, path: 'photos\\well.jpg', kind: image}
- {title: Un jeu, summary: À lancer, credits: BSF, lang: fr, path: game.apk, kind: app}
- {title: Perdu, credits: BSF, path: lost.mp4}
- {title: Encore, credits: BSF, path: game.apk}
- {credits: BSF, lang: mm, path: books/old.pdf, surprise: 1}
- just a text
"""


def notes_of(report: ImportReport) -> str:
    return "\n".join(report.notes)


def spec_of(folder: Path) -> dict[str, object]:
    document: dict[str, object] = yaml.load((folder / "pack.yml").read_text(), Loader=yaml.BaseLoader)
    return document


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def tree_of(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder with its rights and content."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.stat().st_mode, path.read_bytes()) for path in files}


def medias_folder(folder: Path) -> Path:
    write_picture(folder / "previews" / "1.png")
    write_picture(folder / "photos" / "well.jpg")
    for name in ("hands.pdf", "hands.epub", "old.pdf"):
        (folder / "books").mkdir(exist_ok=True)
        kind = "testdocument.epub" if name.endswith("epub") else "sample_doc_with_toc.pdf"
        shutil.copyfile(shared(f"media/{kind}"), folder / "books" / name)
    write_files(folder, {"manifest.yml": MANIFEST, "game.apk": "not really a game", "readme.doc": "unnamed"})
    return folder


# Packages of old Ideascube


def test_the_zim_of_a_zipped_zim_stays_as_it_is(tmp_path: Path) -> None:
    package = shared("zim/good/packages/wikipedia_tum_all_nopic_2015-08.zip")
    shutil.unpack_archive(package, tmp_path / "peer")

    report = import_pack(package, tmp_path / "out.zim")

    (inside,) = (tmp_path / "peer" / "data" / "content").iterdir()
    assert inside.read_bytes() == (tmp_path / "out.zim").read_bytes()
    assert "11 files beside the ZIM are left out" in notes_of(report)
    assert ["out.zim", "peer"] == names_in(tmp_path)


def test_a_corrupt_zim_in_a_package_is_refused_and_leaves_what_was(tmp_path: Path) -> None:
    (tmp_path / "out.zim").write_text("the version before")

    with pytest.raises(BrokenPack, match=r"wikipedia_tum_all_nopic_2015-09\.zim"):
        import_pack(shared("zim/bad/packages/wikipedia_tum_all_nopic_2015-09.zip"), tmp_path / "out.zim")

    assert "the version before" == (tmp_path / "out.zim").read_text()
    assert ["out.zim"] == names_in(tmp_path)


def test_a_split_zim_is_joined(tmp_path: Path) -> None:
    first = shared("zim/good/nons/wikibooks_be_all_nopic_2017-02_splitted.zimaa")
    parts = sorted(first.parent.glob("*_splitted.zim*"))
    (tmp_path / "data" / "content").mkdir(parents=True)
    for part in parts:
        shutil.copyfile(part, tmp_path / "data" / "content" / part.name)
    before = tree_of(tmp_path / "data")

    import_pack(tmp_path / "data", tmp_path / "out.zim")

    assert b"".join(part.read_bytes() for part in parts) == (tmp_path / "out.zim").read_bytes()
    assert before == tree_of(tmp_path / "data")


def test_a_zim_in_a_folder_is_copied_and_not_changed(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    zim = tmp_path / "source" / "small.zim"
    shutil.copyfile(shared("zim/good/nons/small.zim"), zim)
    zim.chmod(0o600)

    import_pack(tmp_path / "source", tmp_path / "out.zim")

    assert zim.read_bytes() == (tmp_path / "out.zim").read_bytes()
    assert (1, 0o600) == (zim.stat().st_nlink, stat.S_IMODE(zim.stat().st_mode))


def test_several_zims_and_options_for_one_are_refused(tmp_path: Path) -> None:
    two = make_zip(tmp_path / "two.zip", {"data/content/a.zim": "x", "data/content/b.zim": "y"})
    with pytest.raises(BadInput, match="holds 2 ZIM files"):
        import_pack(two, tmp_path / "out.zim")
    with pytest.raises(BadInput, match="says itself what it is"):
        package = shared("zim/good/packages/wikipedia_tum_all_nopic_2015-08.zip")
        import_pack(package, tmp_path / "out.zim", Facts(title="Other"))
    with pytest.raises(BadInput, match=r"ends in \.zim"):
        import_folder(make_zip(tmp_path / "one.zip", {"a.zim": "x"}), tmp_path / "out")
    with pytest.raises(BadInput, match=r"b\.zim is a pack of its own"):
        import_pack(make_zip(tmp_path / "mixed.zip", {"a.pdf": "x", "b.zim": "y"}), tmp_path / "out.zim")

    assert ["mixed.zip", "one.zip", "two.zip"] == names_in(tmp_path)


@pytest.fixture(scope="module")
def medias(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ImportReport]:
    folder = tmp_path_factory.mktemp("medias")
    package = zip_folder(folder / "laver-les-mains.zip", medias_folder(folder / "source"))
    said = Facts(title="Se laver les mains", licence="CC-BY-4.0")
    return folder / "out.zim", import_pack(package, folder / "out.zim", said)


def test_media_get_pages_with_what_the_manifest_says(medias: tuple[Path, ImportReport]) -> None:
    pack, _ = medias

    page = read_entry(pack, "books/hands.html")
    assert "Se laver les mains" in page
    assert "Pourquoi &amp; comment" in page
    assert "غسل اليدين" in read_entry(pack, "books/hands-epub.html")
    assert "Le puits" in read_entry(pack, "photos/well.html")
    game = read_entry(pack, "game.html")
    assert "Un jeu" in game
    assert 'href="game.apk"' in game


def test_media_are_listed_in_the_manifests_order(medias: tuple[Path, ImportReport]) -> None:
    contents = read_entry(medias[0], "contents.fr.html")

    places = [contents.index(title) for title in ("Se laver les mains</", "غسل اليدين", "Le puits", "Un jeu")]
    assert sorted(places) == places


def test_a_pack_of_media_says_what_they_have_in_common(medias: tuple[Path, ImportReport]) -> None:
    archive = Archive(medias[0])
    metadata = {name: bytes(archive.get_metadata(name)).decode() for name in ("Language", "Creator", "Tags", "Name")}

    assert {"Language": "fra,ara,mya", "Creator": "BSF", "Name": "laver-les-mains"} == {
        name: metadata[name] for name in ("Language", "Creator", "Name")
    }
    assert {"santé", "eau", "a b", "_category:collection"} <= set(metadata["Tags"].split(";"))


def test_what_is_doubtful_among_media_is_told_with_its_line(medias: tuple[Path, ImportReport]) -> None:
    notes = notes_of(medias[1])

    assert "manifest.yml, line 18: “lost.mp4” is not in the package, and is left out." in notes
    assert "manifest.yml, line 19: “game.apk” is named a second time, and that is left out." in notes
    assert "manifest.yml, line 20: “books/old.pdf” has no title: its name stands for it." in notes
    assert "manifest.yml, line 20: “surprise” is no field that is known, and is left out." in notes
    assert "“lang” is “mm”, which is no code of ISO 639 or BCP 47: taken for “my”" in notes
    assert "manifest.yml, line 21: a medium has no “path”, and is left out." in notes
    assert "1 files that manifest.yml does not name are left out: readme.doc." in notes


@needs_zimcheck
def test_zimcheck_finds_nothing_in_a_pack_of_media(medias: tuple[Path, ImportReport]) -> None:
    found = zimcheck(medias[0])

    assert 0 == found.returncode, found.stdout


@pytest.mark.parametrize(
    ("manifest", "what"),
    [
        ("medias: 3", "has no list “medias:”"),
        ("medias: [{path: a.pdf}]", "names no file that is there"),
        ("medias:\n- {path: 'a}", "manifest.yml, line 3: this is not YAML|line 2"),
        ("a: &a [medias]\nb: *a", r"line 2: “\*a” repeats"),
    ],
)
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, manifest: str, what: str) -> None:
    package = make_zip(tmp_path / "a.zip", {"manifest.yml": manifest, "b.pdf": ""})

    with pytest.raises(BadInput, match=what):
        import_folder(package, tmp_path / "out")

    assert ["a.zip"] == names_in(tmp_path)


@pytest.mark.parametrize("path", ["../secret.pdf", "/etc/passwd", "C:\\x.pdf", "b.pdf\0", "", "x" * 5000])
def test_paths_in_a_manifest_do_not_leave_the_package(tmp_path: Path, path: str) -> None:
    document = {"medias": [{"path": path, "title": "Evil", "preview": path}, {"path": "b.pdf", "title": "Good"}]}
    package = make_zip(tmp_path / "a.zip", {"manifest.yml": json.dumps(document), "b.pdf": ""})
    (tmp_path / "secret.pdf").write_text("secret")

    import_folder(package, tmp_path / "out")

    assert {"b.pdf", "b.yml"} == {entry.name for entry in (tmp_path / "out" / "content").iterdir()}


def test_files_of_a_folder_of_media_are_not_written_to(tmp_path: Path) -> None:
    """They are brought by second names where that can be, so that what is written beside them must be new."""
    names = ["a.yml", "a.mp4", "b.zip", "b.md", "c.pdf", "c.jpg", "media.yml"]
    document = {"medias": [{"path": name, "title": f"Title of {name}", "preview": "c.jpg"} for name in names]}
    source = write_files(tmp_path / "source", {name: f"own {name}" for name in names})
    (source / "manifest.yml").write_text(json.dumps(document))
    before = tree_of(source)

    import_folder(source, tmp_path / "out")

    assert before == tree_of(source)
    assert "a-mp4.mp4" in names_in(tmp_path / "out" / "content")


def test_media_may_share_a_preview(tmp_path: Path) -> None:
    media = [{"path": name, "title": name, "preview": "both.png"} for name in ("a.mp3", "b.mp3")]
    source = write_files(tmp_path / "source", {"a.mp3": "", "b.mp3": "", "manifest.yml": json.dumps({"medias": media})})
    write_picture(source / "both.png")

    import_folder(source, tmp_path / "out")

    assert {"a.png", "b.png"} <= set(names_in(tmp_path / "out" / "content"))


# Sites


def test_a_real_site_goes_in_as_it_is(tmp_path: Path) -> None:
    package = shared("media/sample_site.zip")
    shutil.unpack_archive(package, tmp_path / "peer")

    report = import_pack(package, tmp_path / "out.zim")

    archive = Archive(tmp_path / "out.zim")
    files = [path for path in (tmp_path / "peer").rglob("*") if path.is_file()]
    assert archive.main_entry.get_item().path == "index.html"
    for file in files:
        item = archive.get_entry_by_path(file.relative_to(tmp_path / "peer").as_posix()).get_item()
        assert file.read_bytes() == bytes(item.content)
    assert "The language is guessed to be en" in notes_of(report)


def test_what_a_site_says_of_itself_is_taken(tmp_path: Path) -> None:
    page = """<!DOCTYPE html><html lang="fr-FR"><head><title>
        Bienvenue   en Europe</title><meta name="Description" content="Des informations pour les réfugiés">
        <meta name="author" content="w2eu"><link rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/">
        <link rel="canonical" href="https://w2eu.example/"></head><body>Bonjour</body></html>"""
    package = make_zip(tmp_path / "w2eu-2016-02-26.zip", {"site/index.html": page, "site/README.md": "# Hello"})

    report = import_folder(package, tmp_path / "out")

    spec = spec_of(tmp_path / "out")
    assert {
        "id": "w2eu-2016-02-26",
        "title": "Bienvenue en Europe",
        "description": "Des informations pour les réfugiés",
        "languages": ["fr-FR"],
        "creator": "w2eu",
        "licence": "CC-BY-SA-4.0",
        "source": "https://w2eu.example/",
        "main": "index.html",
        "kind": "website",
    } == {name: value for name, value in spec.items() if name not in ("publisher", "date", "illustration", "content")}
    assert "Markdown is no page of a site, and left out: README.md." in notes_of(report)
    assert "--title" not in notes_of(report)


# Folders without a word about them


def test_a_folder_that_nobody_described_becomes_a_pack(tmp_path: Path) -> None:
    source = tmp_path / "Safe_water"
    write_picture(source / "logo.png", (300, 200))
    text = "Boil the water for one minute before you drink it, and keep it in a clean jar with a lid.\n"
    write_files(source, {"index.md": "# Water\n\n" + text, "boil.fr.md": "# Bouillir\n\nFaites bouillir.\n"})
    shutil.copyfile(shared("media/testdocument.epub"), source / "book.epub")
    shutil.copyfile(shared("media/sample_doc_with_toc.pdf"), source / "book.pdf")
    write_files(source, {"stray.yml": "a: b", ".hidden": "x", "Thumbs.db": "x"})
    before = tree_of(source)

    report = import_pack(source, tmp_path / "out.zim")

    archive = Archive(tmp_path / "out.zim")
    metadata = {name: bytes(archive.get_metadata(name)).decode() for name in ("Name", "Title", "Language", "License")}
    assert {"Name": "safe_water", "Title": "Safe water", "Language": "eng,fra", "License": "unknown"} == metadata
    for path in ("index.html", "boil.fr.html", "book.html", "book-pdf.html"):
        assert archive.has_entry_by_path(path), path
    notes = notes_of(report)
    assert "The title “Safe water” comes from the file's name: --title sets another." in notes
    assert "The language is guessed to be en, fr: --language sets another." in notes
    assert "ask who made it, and set --licence" in notes
    assert "The illustration is cut from logo.png." in notes
    assert "stray.yml describes no file beside it, and is left out." in notes
    assert "book.pdf becomes book-pdf.pdf" in notes
    assert before == tree_of(source)


@needs_zimcheck
@pytest.mark.parametrize("kind", ["folder", "zip", "site"])
def test_zimcheck_finds_nothing_in_what_nobody_described(tmp_path: Path, kind: str) -> None:
    source = write_files(tmp_path / "مكتبة", {"a.txt": "text", "page.md": "# العنوان\n\nنص"})
    if kind == "site":
        write_files(source, {"index.html": "<title>" + "long " * 30 + "</title><a href='a.txt'>a</a>"})
    given = zip_folder(tmp_path / "مكتبة.zip", source) if kind == "zip" else source

    import_pack(given, tmp_path / "out.zim")

    assert 0 == zimcheck(tmp_path / "out.zim").returncode


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (["a.mp4", "b.webm", "c.jpg"], "film"),
        (["a.mp3", "b.ogg"], "audio"),
        (["a.pdf", "b.epub", "c.pdf"], "book"),
        (["a.pdf", "b.mp4"], "collection"),
        (["a.bin"], "collection"),
    ],
)
def test_the_kind_of_a_folder_is_that_of_most_files(tmp_path: Path, files: list[str], kind: str) -> None:
    import_folder(write_files(tmp_path / "source", dict.fromkeys(files, "")), tmp_path / "out")

    assert kind == spec_of(tmp_path / "out")["kind"]


QUIZ = """\
title: What I know
questions:
- question: Which water is safe to drink?
  choices:
  - right: Boiled water
  - wrong: Water from the river
"""


def test_lessons_and_a_quiz_become_a_course(tmp_path: Path) -> None:
    files = {"water/1.md": "# Germs\n\nText", "water/2.md": "# Boiling\n\nText", "water/after.quiz.yml": QUIZ}
    source = write_files(tmp_path / "source", files)

    report = import_pack(source, tmp_path / "out.zim", Facts(languages=("en",)))

    assert b"_category:course" in bytes(Archive(tmp_path / "out.zim").get_metadata("Tags"))
    assert "Water from the river" in read_entry(tmp_path / "out.zim", "water/after.quiz.html")
    assert "left out" not in notes_of(report)


@pytest.mark.parametrize("title", ["Water", "مكتبة", "", "😀"])
def test_an_illustration_is_drawn_where_there_is_no_picture(tmp_path: Path, title: str) -> None:
    source = write_files(tmp_path / "source", {"a.bin": "", "not-really.png": "text", "icon.jpg": "text"})

    import_folder(source, tmp_path / "out", Facts(title=title))

    with Image.open(tmp_path / "out" / "illustration.png") as picture:
        assert (192, 192) == picture.size
        assert picture.getcolors(100_000) is None or len(picture.getcolors(100_000)) > 1


def test_a_single_book_says_what_it_is(tmp_path: Path) -> None:
    import_folder(shared("media/testdocument.epub"), tmp_path / "out")

    spec = spec_of(tmp_path / "out")
    assert {"title": "Cuisinart Rice Cooker CRC-800", "creator": "Cuisnart", "languages": ["en"], "kind": "book"} == {
        name: spec[name] for name in ("title", "creator", "languages", "kind")
    }


def test_a_book_among_pages_does_not_speak_for_them(tmp_path: Path) -> None:
    source = write_files(tmp_path / "source", {"index.html": "<title>Our site</title>"})
    shutil.copyfile(shared("media/testdocument.epub"), source / "book.epub")

    import_folder(source, tmp_path / "out")

    assert ("Our site", "-") == (spec_of(tmp_path / "out")["title"], spec_of(tmp_path / "out")["creator"])


def test_a_folder_whose_maker_described_it_is_built_as_it_is(tmp_path: Path) -> None:
    source = pages_folder(tmp_path / "source")
    build_pack(source, tmp_path / "peer.zim")

    import_pack(zip_folder(tmp_path / "words.zip", source, under="words/"), tmp_path / "out.zim")

    assert dump(tmp_path / "peer.zim") == dump(tmp_path / "out.zim")
    with pytest.raises(BadInput, match=r"has a pack\.yml, which says what it is"):
        import_pack(source, tmp_path / "out.zim", Facts(title="Other"))


@pytest.mark.parametrize("line", ["content: /etc", "content: ../..", "illustration: ../../secret.png"])
def test_a_pack_yml_of_others_reads_nothing_of_this_disk(tmp_path: Path, line: str) -> None:
    write_picture(tmp_path / "secret.png")
    source = pages_folder(tmp_path / "source")
    kept = [each for each in (source / "pack.yml").read_text().splitlines() if not each.startswith(line[:7])]
    (source / "pack.yml").write_text("\n".join([*kept, line]))

    for given in (source, zip_folder(tmp_path / "words.zip", source)):
        with pytest.raises(BadInput, match="leads out of it"):
            import_pack(given, tmp_path / "out.zim")

    assert not (tmp_path / "out.zim").exists()


def test_guesses_can_be_corrected_before_the_pack_is_built(tmp_path: Path) -> None:
    source = write_files(tmp_path / "source", {"page.md": "# A page\n\nText"})

    import_folder(source, tmp_path / "work")
    spec = tmp_path / "work" / "pack.yml"
    spec.write_text(spec.read_text().replace("licence: unknown", "licence: CC0-1.0"))
    build_pack(tmp_path / "work", tmp_path / "out.zim")

    assert b"CC0-1.0" == bytes(Archive(tmp_path / "out.zim").get_metadata("License"))


# What is refused


@pytest.mark.parametrize("name", ["absent", "notes.txt", "empty", "empty.zip", "pack.zim"])
def test_what_cannot_be_imported_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    make_zip(tmp_path / "empty.zip", {})
    write_files(tmp_path, {"notes.txt": "x", "pack.zim": "x"})

    with pytest.raises(BadInput, match=r"absent|notes|empty|pack"):
        import_pack(tmp_path / name, tmp_path / "out.zim")

    assert not (tmp_path / "out.zim").exists()


def test_a_place_inside_of_the_source_is_refused(tmp_path: Path) -> None:
    source = write_files(tmp_path / "source", {"a.md": "x"})

    for out in (source / "out.zim", source / "out", tmp_path / "absent" / "out.zim"):
        with pytest.raises(BadInput, match=r"in the folder that is imported|There is no folder"):
            import_pack(source, out)


def test_an_existing_folder_is_not_touched(tmp_path: Path) -> None:
    source = write_files(tmp_path / "source", {"a.md": "x"})
    out = write_files(tmp_path / "out", {"mine.txt": "precious"})

    with pytest.raises(IdeascubeError, match="cannot be made"):
        import_folder(source, out)

    assert {"mine.txt"} == set(tree_of(out))


def test_hostile_archives_leave_nothing(tmp_path: Path) -> None:
    archives = [
        make_zip(tmp_path / "up.zip", {"a.md": "x", "../out.md": "evil"}),
        zip_with_form(tmp_path / "link.zip", "a.md", stat.S_IFLNK),
        overlapping_zip(tmp_path / "bomb.zip", 20),
        make_zip(tmp_path / "case.zip", {"a.md": "x", "A.md": "y"}),
    ]
    before = names_in(tmp_path)

    for archive in archives:
        with pytest.raises(BadInput, match=archive.name):
            import_pack(archive, tmp_path / "out.zim")

    assert before == names_in(tmp_path)


def test_names_in_any_encoding_come_in(tmp_path: Path) -> None:
    archive = zip_with_raw_names(
        tmp_path / "old.zip", {"été.md".encode("cp437"): "# Été", "写.md".encode("sjis"): "# 写"}
    )

    import_pack(archive, tmp_path / "out.zim")

    paths = {path for path, *_ in dump(tmp_path / "out.zim")}
    assert "été.html" in paths


def test_a_folder_with_a_name_that_is_no_text(tmp_path: Path) -> None:
    source = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9t\xe9\x1b[31m"))
    write_files(source, {"a.md": "# Good"})

    import_folder(source, tmp_path / "out")

    assert "�t��[31m" == spec_of(tmp_path / "out")["title"]


def test_a_link_out_of_a_folder_is_left_out(tmp_path: Path) -> None:
    write_files(tmp_path, {"secret.md": "secret", "source/a.md": "# Good"})
    (tmp_path / "source" / "link.md").symlink_to(tmp_path / "secret.md")

    report = import_folder(tmp_path / "source", tmp_path / "out")

    assert {"a.md"} == set(names_in(tmp_path / "out" / "content"))
    assert "link.md is left out" in notes_of(report)


# The command


def test_the_command_tells_what_it_guessed(tmp_path: Path) -> None:
    source = write_files(tmp_path / "source", {"page.md": "# A page\n\nText"})
    options = ("--id", "water", "--title", "Safe water", "--language", "eng", "--language", "sw")

    done = ideascube("pack", "import", source, tmp_path / "out.zim", *options, "--licence", "CC0-1.0")

    archive = Archive(tmp_path / "out.zim")
    assert 0 == done.returncode
    assert "out.zim is built: " in done.stdout
    assert "note: Nothing says who made it: --creator sets that." in done.stderr
    assert "--licence" not in done.stderr
    assert b"eng,swa" == bytes(archive.get_metadata("Language"))
    assert b"water" == bytes(archive.get_metadata("Name"))


def test_the_command_makes_a_folder_to_correct(tmp_path: Path) -> None:
    source = write_files(tmp_path / "source", {"page.md": "# A page\n\nText"})

    done = ideascube("pack", "import", source, tmp_path / "work")

    assert 0 == done.returncode
    assert "correct its pack.yml" in done.stdout
    assert 0 == ideascube("pack", "build", tmp_path / "work", tmp_path / "out.zim").returncode


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (("--id", "Not an id"), "“Not an id” is no id"),
        (("--language", "klingon"), "“klingon” is no language code"),
        (("--catalog", "absent.yml"), "There is no file absent.yml"),
    ],
)
def test_wrong_options_are_named(tmp_path: Path, options: tuple[str, ...], what: str) -> None:
    source = write_files(tmp_path / "source", {"page.md": "# A page\n\nText"})

    done = ideascube("pack", "import", source, tmp_path / "out.zim", *options)

    assert 2 == done.returncode
    assert what in done.stderr
    assert "Traceback" not in done.stderr


def test_a_corrupt_package_ends_with_its_code(tmp_path: Path) -> None:
    done = ideascube(
        "pack", "import", shared("zim/bad/packages/wikipedia_tum_all_nopic_2015-09.zip"), tmp_path / "out.zim"
    )

    assert 3 == done.returncode
    assert done.stderr.startswith("ideascube: wikipedia_tum_all_nopic_2015-09.zim")
    assert 1 == len(done.stderr.splitlines())


def test_a_catalogue_says_what_a_package_is(tmp_path: Path) -> None:
    package = zip_folder(tmp_path / "laver.zip", write_files(tmp_path / "source", {"page.md": "# Une page\n\nTexte"}))
    write_files(
        tmp_path,
        {
            "catalog.yml": "all:\n  laver.fr:\n    name: Se laver les mains\n    description: Pourquoi et comment\n"
            "    version: '2017-05-10'\n    language: esp\n    url: http://example.org/medias/laver.zip\n"
            f"    size: {package.stat().st_size}\n    sha256sum: {'0' * 64}\n    type: zipped-medias\n"
        },
    )

    done = ideascube("pack", "import", package, tmp_path / "out", "--catalog", tmp_path / "catalog.yml")

    spec = spec_of(tmp_path / "out")
    assert 0 == done.returncode, done.stderr
    assert ["laver.fr", "Se laver les mains", "Pourquoi et comment", ["es"], "2017-05-10"] == [
        spec[name] for name in ("id", "title", "description", "languages", "date")
    ]
    assert "“language” is “esp”" in done.stderr
    assert "laver.zip has not the SHA-256 sum that catalog.yml says" in done.stderr
