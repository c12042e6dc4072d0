"""Pictures in a pack: what is private stays out, and what no page shows has a page of its own."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from libzim.reader import Archive
from PIL import ExifTags, Image
from selectolax.lexbor import LexborHTMLParser

from content_packs.build import BuildReport, build_pack
from content_packs.build.notes import Notes
from content_packs.build.public_pictures import PublicPictures
from content_packs.build.source import SourceFile
from tests.content_packs.sources import PACK_YML, problems, read_entry, write_files, write_picture


def folder_of(folder: Path, files: dict[str, str] | None = None) -> Path:
    write_picture(folder / "tap.png")
    return write_files(folder, {"pack.yml": PACK_YML.replace("images/tap.png", "tap.png"), **(files or {})})


def write_photo(file: Path) -> bytes:
    """A photo that says where it was taken, and its bytes."""
    picture = Image.linear_gradient("L").resize((400, 300))
    exif = picture.getexif()
    exif[ExifTags.Base.Make] = "Secret phone"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (48.0, 51.0, 30.0)
    file.parent.mkdir(parents=True, exist_ok=True)
    picture.save(file, exif=exif)
    return file.read_bytes()


def content(report: BuildReport, path: str) -> bytes:
    return bytes(Archive(report.pack).get_entry_by_path(path).get_item().content)


def links(report: BuildReport, path: str) -> list[str]:
    return [str(node.attributes["href"]) for node in LexborHTMLParser(read_entry(report.pack, path)).css("main a")]


def test_no_picture_says_where_it_was_taken(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source", {"index.md": "![](shown.jpg)", "item.yml": "title: Le puits"})
    photos = {name: write_photo(source / name) for name in ("shown.jpg", "item.jpg", "photos/hidden.jpg")}

    report = build_pack(source, tmp_path / "out.zim")

    for name, before in photos.items():
        assert b"Secret phone" in before
        assert b"Secret phone" not in content(report, name)
        assert not Image.open(BytesIO(content(report, name))).getexif().get_ifd(ExifTags.IFD.GPSInfo)
        assert before == (source / name).read_bytes()
    assert b"Secret phone" not in report.pack.read_bytes()


def test_a_copy_of_the_same_size_counts_as_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a TIFF written anew may be, byte for byte as long as before."""
    write_picture(tmp_path / "tap.png")
    source = SourceFile("tap.png", str(tmp_path / "tap.png"), (tmp_path / "tap.png").stat().st_size)
    monkeypatch.setattr("content_packs.build.public_pictures.public_bytes", lambda file: bytes(source.size))

    public = PublicPictures(tmp_path / "work", Notes()).public(source)

    assert bytes(source.size) == public.file.read_bytes()


def test_a_picture_that_browsers_do_not_show_is_told(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source", {"photos/IMG 1.HEIC": "picture"})

    (warning,) = build_pack(source, tmp_path / "out.zim").warnings

    assert warning.startswith("photos/IMG 1.HEIC: most browsers do not show it")


def test_a_picture_without_anything_private_goes_in_as_it_is(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source", {"index.md": "![](tap.png)"})

    report = build_pack(source, tmp_path / "out.zim")

    assert (source / "tap.png").read_bytes() == content(report, "tap.png")


def test_pictures_that_no_page_shows_have_a_page_for_their_folder(tmp_path: Path) -> None:
    source = folder_of(
        tmp_path / "source",
        {
            "index.md": "# Début\n\n![](photos/shown.jpg)\n\n<img src='photos/in-html.jpg'>\n",
            "page.html": "<title>Page</title><link rel=stylesheet href=look.css><img src=photos/in-page.jpg>",
            "look.css": "body { background: url('photos/in-style.jpg') }",
            "photos/drawing.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        },
    )
    for name in ("shown", "in-html", "in-page", "in-style", "well", "tree"):
        write_picture(source / "photos" / f"{name}.jpg", (400, 300))

    report = build_pack(source, tmp_path / "out.zim")

    gallery = "_pack/galleries/photos.html"
    assert ["../../photos/drawing.svg", "../../photos/tree.jpg", "../../photos/well.jpg"] == links(report, gallery)
    assert [gallery] == [link for link in links(report, "contents.fr.html") if "galleries" in link]
    assert "photos" == Archive(report.pack).get_entry_by_path(gallery).title
    assert [] == problems(report.pack)


def test_a_folder_of_photos_alone_is_a_pack(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source")
    write_photo(source / "well.jpg")

    report = build_pack(source, tmp_path / "out.zim")

    assert ["_pack/galleries/_.html"] == links(report, "contents.fr.html")
    assert ["../../well.jpg"] == links(report, "_pack/galleries/_.html")


def test_what_is_no_picture_is_told_and_goes_in(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source", {"photos/broken.jpg": "only text"})

    report = build_pack(source, tmp_path / "out.zim")

    (warning,) = report.warnings
    assert warning.startswith("photos/broken.jpg")
    assert b"only text" == content(report, "photos/broken.jpg")


def test_a_sites_pictures_are_not_touched(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source", {"index.html": "<title>Site</title><img src=photo.jpg>"})
    write_files(source, {"pack.yml": (source / "pack.yml").read_text() + "main: index.html\n"})
    photo = write_photo(source / "photo.jpg")

    report = build_pack(source, tmp_path / "out.zim")

    assert photo == content(report, "photo.jpg")
