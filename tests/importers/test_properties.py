"""What holds for importers whatever they are given."""

import json
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from content_packs.build import build_pack
from content_packs.errors import BadInput, IdeascubeError
from content_packs.importers.importing import import_folder
from content_packs.importers.medias_yml import read_medias
from content_packs.importers.names import shortened, slug, title_from
from content_packs.pack_id import is_build_id
from tests.support.zips import make_zip

words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)
stems = words | st.sampled_from(["index", "a", "A", "b.fr", "contents.fr", "..", "media", "pack", "é", "e\u0301"])
# Without films and documents, which the readers of single files look into: they have tests of their own.
endings = st.sampled_from([".md", ".html", ".txt", ".jpg", ".svg", ".yml", ".yaml", ".vtt", ".css", ".zip", "", ".doc"])
parts = st.builds(lambda stem, ending: stem + ending, stems, endings)
paths = st.lists(parts, min_size=1, max_size=3).map("/".join)
contents = st.sampled_from(
    [b"", b"# Title\n\nText", b"<title>x</title>", b"a: b", b"\xff\xfe\0", b"---\ntitle: x\n---\n"]
)
files = st.dictionaries(paths, contents | st.binary(max_size=40), min_size=1, max_size=6)

values = st.recursive(
    st.text(max_size=12) | st.integers() | st.none() | paths,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
fields = st.sampled_from(["title", "summary", "credits", "path", "preview", "lang", "kind", "tags", "more"])
media = st.lists(st.dictionaries(fields, values, max_size=8) | values, max_size=5)


def imported(entries: dict[str, bytes], into: Path) -> bool:
    """Whether an archive of these entries could be imported; if not, nothing may be left of it."""
    make_zip(into / "any.zip", entries)
    try:
        import_folder(into / "any.zip", into / "out")
    except IdeascubeError as error:
        assert 1 == len(str(error).splitlines())
        assert ["any.zip"] == [path.name for path in into.iterdir()]
        return False
    assert {"any.zip", "out"} == {path.name for path in into.iterdir()}
    return True


@given(files)
@settings(deadline=None, max_examples=40)
def test_any_archive_is_imported_or_refused_in_a_sentence(entries: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        imported(entries, Path(folder))


@given(files, media)
@settings(deadline=None, max_examples=40)
def test_any_manifest_is_read_or_refused_in_a_sentence(entries: dict[str, bytes], listed: list[object]) -> None:
    manifest = json.dumps({"medias": listed}).encode()

    with tempfile.TemporaryDirectory() as folder:
        imported({**entries, "manifest.yml": manifest}, Path(folder))


@given(st.dictionaries(paths, contents, min_size=1, max_size=5))
@settings(deadline=None, max_examples=15)
def test_what_is_imported_can_be_built_or_a_file_is_named(entries: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        if imported(entries, Path(folder)):
            try:
                build_pack(Path(folder, "out"), Path(folder, "out.zim"))
            except BadInput as error:
                assert any(path.rpartition("/")[2] in str(error) for path in (*entries, "contents.fr.html")), error


@given(media, st.sets(paths, max_size=4))
@settings(deadline=None, max_examples=50)
def test_media_are_files_that_are_there(listed: list[object], there: set[str]) -> None:
    raw = yaml.safe_dump({"medias": listed}, allow_unicode=True).encode()
    try:
        found = read_medias(raw, dict.fromkeys(there, 1))
    except BadInput:
        return

    assert {medium.path for medium in found.media} <= there
    assert len({medium.path for medium in found.media}) == len(found.media)


@given(st.text())
def test_any_name_gives_an_id_and_a_title(name: str) -> None:
    assert is_build_id(slug(name))
    assert slug(name) == slug(name)
    assert title_from(name) == " ".join(title_from(name).split())


@pytest.mark.parametrize(
    ("name", "pack_id", "title"),
    [
        ("Safe_water-2019", "safe_water-2019", "Safe water 2019"),
        ("Été à la plage", "ete-a-la-plage", "Été à la plage"),
        ("مكتبة", "pack-7a0d588e", "مكتبة"),
        ("..", "pack-5ec1f7e7", ".."),
    ],
)
def test_ids_and_titles(name: str, pack_id: str, title: str) -> None:
    assert (pack_id, title) == (slug(name), title_from(name))


@given(st.text(), st.integers(1, 40))
def test_a_shortened_text_fits(text: str, limit: int) -> None:
    short = shortened(text, limit)

    assert len(short.split("\n")) <= 1
    assert short == shortened(short, limit)
    assert text.startswith(short.removesuffix("…")) or " ".join(text.split()).startswith(short.removesuffix("…"))


def test_texts_are_cut_after_a_word() -> None:
    assert "Introduction à la biologie…" == shortened("Introduction à la biologie et à la chimie", 30)
    assert "Safe water" == shortened("Safe  water", 30)
    assert "Donaudampfschifffahrtsgesells…" == shortened("Donaudampfschifffahrtsgesellschaftskapitän", 30)
