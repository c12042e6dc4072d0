import hashlib
import json
import re
import resource
import struct
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import zstandard
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from content_packs.build import build_pack
from content_packs.check import check_pack
from content_packs.check.metadata_rules import illustration_findings, metadata_findings
from content_packs.commands import pack as pack_command
from content_packs.finding import Finding
from content_packs.links import Link, decode_html, read_page, resolve
from content_packs.zim.layout import ZimLayout
from content_packs.zim.parts import PartedFile
from tests.content_packs.sources import (
    SHARED,
    needs_shared,
    needs_zimcheck,
    pages_folder,
    write_files,
    write_picture,
    zimcheck,
)
from tests.support.zims import make_zim

ZIMS = sorted(SHARED.glob("zim/**/*.zim"))
BAD = [path for path in ZIMS if "bad" in path.parts]
GOOD = [path for path in [*ZIMS, *sorted(SHARED.glob("zim/**/*.zimaa"))] if "good" in path.parts]

# Redirects that lead in a circle: all else of this file can be read, these three entries can't.
CIRCLES = {"poor.zim"}


def name(path: Path) -> str:
    return f"{path.parent.name}-{path.name}"


def errors(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == "error"]


@needs_shared
@pytest.mark.parametrize("path", BAD, ids=name)
def test_every_damaged_file_has_an_error(path: Path) -> None:
    assert errors(check_pack(path))


@needs_shared
@pytest.mark.parametrize("path", [path for path in GOOD if path.name not in CIRCLES], ids=name)
def test_no_good_file_has_an_error(path: Path) -> None:
    assert [] == errors(check_pack(path))


@needs_shared
@needs_zimcheck
@pytest.mark.parametrize("path", ZIMS, ids=name)
def test_zimcheck_finds_no_damage_that_we_do_not(path: Path) -> None:
    result = zimcheck(path)
    damaged = result.returncode not in (0, 1) or re.search(
        r"\[ERROR\] (Invalid low|Wrong|Redirect loop)", result.stdout
    )

    found = errors(check_pack(path))

    assert bool(damaged) == bool(found)


@needs_shared
@needs_zimcheck
@pytest.mark.parametrize("path", [path for path in GOOD if path.suffix == ".zim"], ids=name)
def test_each_entry_that_zimcheck_names_is_named_by_us(path: Path) -> None:
    said = zimcheck(path).stdout
    named = set(re.findall(r"Entry (.+) is empty|not found in article (.+)|Redirect loop exists from entry (.+)", said))
    # zimcheck does not decode `&amp;`, and takes text of scripts for links.
    named = {"".join(groups) for groups in named} - _misread(said)

    found = {finding.entry for finding in check_pack(path)}

    assert set() == named - found


def _misread(said: str) -> set[str]:
    return set(re.findall(r"\((?:.*&amp;.*|.*' \+ action \+ '.*)\) were not found in article (.+)", said))


@needs_shared
def test_what_is_wrong_with_a_poor_pack() -> None:
    findings = check_pack(SHARED / "zim" / "good" / "poor.zim")

    found = {(finding.severity, finding.entry) for finding in findings}

    assert {
        ("warning", "M/Title"),
        ("warning", "M/Description"),
        ("warning", "M/Illustration_48x48@1"),
        ("warning", None),  # no main page
        ("warning", "empty.html"),
        ("warning", "dangling_link.html"),
        ("warning", "outofbounds_link.html"),
        ("warning", "empty_link.html"),
        ("warning", "external_link.html"),
        ("error", "redirect_loop.html"),
        ("error", "redirect_loop2.html"),
        ("error", "redirect_loop3.html"),
    } <= found


@pytest.mark.parametrize("content", [b"", b"ZIM", b"ZIM\x04" + bytes(200), b"<html>" * 100])
def test_what_is_no_zim_is_one_error(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "no.zim"
    file.write_bytes(content)

    findings = check_pack(file)

    assert [("error", None)] == [(finding.severity, finding.entry) for finding in findings]


def test_one_altered_byte_is_found(tmp_path: Path) -> None:
    pack = build_pack(pages_folder(tmp_path / "source"), tmp_path / "out.zim").pack
    raw = bytearray(pack.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    pack.write_bytes(raw)

    assert errors(check_pack(pack))


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("words")
    return build_pack(pages_folder(folder / "source"), folder / "out.zim").pack.read_bytes()


@settings(max_examples=40)
@given(data=st.data())
def test_whatever_is_altered_is_found_and_nothing_else_happens(words: bytes, data: st.DataObject) -> None:
    raw = bytearray(words)
    places = st.integers(0, len(raw) - 8) | st.integers(0, 2000)  # the header, names and pointers stand in front
    for place, value in data.draw(st.lists(st.tuples(places, st.binary(min_size=1, max_size=8)), min_size=1)):
        raw[place : place + len(value)] = value
    with TemporaryDirectory() as folder:
        file = Path(folder) / "altered.zim"
        file.write_bytes(raw)

        assert bytes(raw) == words or errors(check_pack(file))


def test_a_truncated_pack_is_found(tmp_path: Path) -> None:
    pack = build_pack(pages_folder(tmp_path / "source"), tmp_path / "out.zim").pack
    pack.write_bytes(pack.read_bytes()[:-5000])

    assert errors(check_pack(pack))


@pytest.mark.parametrize(
    ("metadata", "what"),
    [
        ({"Title": b""}, "the metadata Title is empty"),
        ({"Title": ("e\u0301" * 31).encode()}, "the metadata Title has 31 characters, at most 30 are allowed"),
        ({"Language": b"fr"}, "not a list of ISO 639-3 codes as in “fra,eng” (“fra”?)"),
        ({"Date": b"2026-13-01"}, "not a day written YYYY-MM-DD"),
        ({"Creator": b"\xff"}, "the metadata Creator is not UTF-8 text"),
    ],
)
def test_metadata_of_the_wrong_form(metadata: dict[str, bytes], what: str) -> None:
    right = dict.fromkeys(("Name", "Title", "Description", "Creator", "Publisher"), b"x")
    right |= {"Language": b"fra,ara", "Date": b"2026-11-02"}

    assert [] == list(metadata_findings(right | {"Title": ("e\u0301" * 30).encode()}))
    [finding] = metadata_findings(right | metadata)

    assert what in finding.what


@pytest.mark.parametrize("picture", [None, b"", b"GIF89a", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x60\0\0\0\x60"])
def test_an_illustration_of_the_wrong_form(picture: bytes | None) -> None:
    assert 1 == len(list(illustration_findings(picture)))


@pytest.mark.parametrize(
    ("page", "address", "expected"),
    [
        ("a/b.html", "c.html?x=1#y", "a/c.html"),
        ("a/b.html", "../c%20d.html", "c d.html"),
        ("a/b.html", "https://example.org/", None),
        ("a/b.html", "//example.org/", None),
        ("a/b.html", "mailto:a@example.org", None),
        ("a/b.html", "#top", None),
        ("a/b.html", "c/", "a/c/"),
        ("a/b.html", "..", ""),
        ("a/b.html", "../../c.html", "../c.html"),
        ("a/b.html", "/c.html", "/c.html"),
        ("host/page", "q%3Fx=1", "host/q?x=1"),
    ],
)
def test_where_a_link_leads(page: str, address: str, expected: str | None) -> None:
    assert expected == resolve(page, address)


def test_links_are_read_as_a_browser_does() -> None:
    html = """<title>A &amp; B</title><link rel=stylesheet href=s.css><link rel=canonical href=c>
    <!-- <a href=no> --><script>'<a href="no">'</script><a href="x&amp;y">x</a><img src=i srcset="i2 2x, i3 3x">
    <video poster=p></video><object data=d></object><a data-href=no></a>"""

    page = read_page(html)

    assert "A & B" == page.title
    assert [
        Link("s.css", loaded=True),
        Link("c", loaded=False),
        Link("x&y", loaded=False),
        Link("i", loaded=True),
        Link("p", loaded=True),
        Link("d", loaded=True),
        Link("i2", loaded=True),
        Link("i3", loaded=True),
    ] == list(page.links)


def test_pages_in_other_charsets_are_read() -> None:
    assert "é" == decode_html("é".encode("latin-1"))
    assert '<meta charset="windows-1251">я' == decode_html('<meta charset="windows-1251">я'.encode("cp1251"))
    for name in ("base64", "idna", "punycode", "rot13", "undefined", "zlib"):
        assert f"<meta charset={name}>é" == decode_html(f"<meta charset={name}>é".encode("latin-1"))
    for name in ("unicode_escape", "Punycode", "utf-7"):
        assert f"<meta charset={name}>\\x41+AGE-é" == decode_html(f"<meta charset={name}>\\x41+AGE-é".encode("latin-1"))
    assert '<meta charset="none-such">é' == decode_html('<meta charset="none-such">é'.encode("latin-1"))


def test_the_command_ends_with_0_for_warnings(tmp_path: Path) -> None:
    source = write_files(pages_folder(tmp_path / "source"), {"bad.md": "[a](nowhere.html)"})
    pack = build_pack(source, tmp_path / "out.zim").pack

    result = CliRunner().invoke(pack_command, ["check", str(pack)])

    assert 0 == result.exit_code
    assert "warning: bad.html: it links to nowhere.html, and there is no nowhere.html." in result.stdout


def test_the_command_ends_with_3_for_errors_and_prints_json(tmp_path: Path) -> None:
    file = tmp_path / "no.zim"
    file.write_bytes(b"no")

    result = CliRunner().invoke(pack_command, ["check", "--json", str(file)])
    document = json.loads(result.stdout)

    assert (3, 1) == (result.exit_code, document["errors"])
    assert {"severity", "entry", "what", "cure"} == document["findings"][0].keys()


def test_hints_are_counted_apart_and_end_with_0(tmp_path: Path) -> None:
    source = pages_folder(tmp_path / "source")
    for subtitles in source.glob("film/*.vtt"):
        subtitles.unlink()
    write_picture(source / "images" / "huge.png", (8000, 6000))
    pack = build_pack(source, tmp_path / "out.zim").pack

    result = CliRunner().invoke(pack_command, ["check", str(pack)])

    assert 0 == result.exit_code
    assert "hint: film/washing.webm: the film has no subtitles." in result.stdout
    assert "hint: images/huge.png: the picture has over 48 million pixels" in result.stdout
    assert "out.zim: 0 errors, 0 warnings, 2 hints." in result.stdout


PAGE: dict[str, tuple[str, str | bytes | Path]] = {"a.html": ("text/html", "<html><title>A</title></html>")}


def test_what_is_wrong_with_the_manifest_of_a_real_file(tmp_path: Path) -> None:
    manifest = {
        "format": 1,
        "id": "A b",
        "title": {"en": "Other"},
        "main": {"en": "b.html"},
        "licence": {"spdx": "X"},
    }
    pack = make_zim(tmp_path / "pack.zim", PAGE, main="a.html", Manifest=json.dumps(manifest))

    found = {finding.what[:30] for finding in check_pack(pack) if finding.entry == "M/Manifest"}

    assert {
        '“id” is "A b", and must be a p',
        "“main.en” names b.html, and th",
        "“licence.spdx” is “X”, which S",
        "“title” is “Other”, and the ZI",
    } == found


@pytest.mark.parametrize("manifest", ["{", "[" * 100_000, "x" * 2_000_000, "\0"])
def test_a_damaged_manifest_is_one_warning(tmp_path: Path, manifest: str) -> None:
    pack = make_zim(tmp_path / "pack.zim", PAGE, main="a.html", License="CC0-1.0", Manifest=manifest)

    assert [("warning", "M/Manifest")] == [(finding.severity, finding.entry) for finding in check_pack(pack)]


def test_a_pack_without_licence_is_warned_of(tmp_path: Path) -> None:
    assert ["M/License"] == [finding.entry for finding in check_pack(make_zim(tmp_path / "a.zim", PAGE, main="a.html"))]


def test_without_entries_only_the_whole_is_looked_at(tmp_path: Path) -> None:
    pack = make_zim(tmp_path / "a.zim", {"a.html": ("text/html", "<a href=''>x</a>")}, main="a.html")

    assert {"M/License", "a.html"} == {finding.entry for finding in check_pack(pack)}
    assert {"M/License"} == {finding.entry for finding in check_pack(pack, entries=False)}


def test_a_cluster_that_unpacks_to_gigabytes_is_an_error_and_takes_no_such_memory(tmp_path: Path) -> None:
    pack = make_zim(tmp_path / "a.zim", PAGE | {"b.html": ("text/html", "<p>b</p>")}, main="a.html")
    pack.write_bytes(with_bomb(pack.read_bytes(), ZimLayout(PartedFile([pack])), size=2 * 1024**3))
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss

    found = errors(check_pack(pack))

    assert {finding.entry for finding in found} & {"b.html", None}
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < max(before, 1_500_000)  # KiB


def with_bomb(content: bytes, layout: ZimLayout, size: int) -> bytes:
    """The ZIM with another cluster in place of its pages': all small, but the blob before that of `b.html`."""
    index = layout.find("C", "b.html")
    assert index is not None
    dirent = layout.dirent(index)
    assert dirent.cluster is not None
    assert dirent.blob is not None
    table = 8 * (dirent.blob + 2)
    offsets = [table] * dirent.blob + [table + size] * 2
    packer = zstandard.ZstdCompressor(level=1).compressobj()
    packed = [packer.compress(struct.pack(f"<{len(offsets)}Q", *offsets))]
    packed += [*(packer.compress(bytes(2**20)) for _ in range(size // 2**20)), packer.flush()]
    return with_cluster(content, layout.header.cluster_pointers + 8 * dirent.cluster, b"\x15" + b"".join(packed))


def with_cluster(content: bytes, pointer: int, cluster: bytes) -> bytes:
    """The ZIM with `cluster` behind all others, its place written at `pointer`, and its checksum right again."""
    end = len(content) - 16
    start = content[:72] + struct.pack("<Q", end + len(cluster)) + content[80:pointer] + struct.pack("<Q", end)
    whole = start + content[pointer + 8 : end] + cluster
    return whole + hashlib.md5(whole).digest()
