from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from content_packs.errors import BadInput, NotAllowed
from content_packs.importers.catalogs import Catalog, parse_catalog, read_catalog
from content_packs.languages import is_bcp47
from content_packs.manifest import Manifest
from content_packs.manifest.schema import schema_problems
from content_packs.pack_id import is_build_id
from tests.support.shared import shared

GOOD = """\
all:
  wikipedia.fr:
    name: Wikipédia
    description: >
      L'encyclopédie
      libre
    version: '2019-05-04.2'
    language: fra
    url: http://download.example.org/wikipedia_fr.zim
    size: 123
    sha256sum: "AB"
    type: zim
"""


@pytest.fixture(scope="module")
def catalogs() -> dict[str, Catalog]:
    return {file.stem: read_catalog(file) for file in sorted(shared("catalogs").glob("*.yml"))}


def test_every_entry_of_the_real_catalogues_is_read(catalogs: dict[str, Catalog]) -> None:
    counts = {name: len(catalog.entries) for name, catalog in catalogs.items()}

    assert {
        "ideascube-bibliotecamovil": 26,
        "ideascube-bukavu": 13,
        "ideascube-kb-demo-usa": 27,
        "ideascube-kiwix": 108,
        "ideascube-omeka": 1063,
        "ideascube-osmaps": 11,
        "ideascube-static-sites": 24,
        "ideascube-warc-websites": 7,
    } == counts
    assert 1279 == sum(counts.values())


def test_every_entry_of_the_real_catalogues_can_be_used(catalogs: dict[str, Catalog]) -> None:
    entries = [entry for catalog in catalogs.values() for entry in catalog.entries]

    assert all(is_build_id(entry.id) and entry.title and entry.url and entry.date for entry in entries)
    assert all(entry.size and len(entry.sha256) == 64 for entry in entries)
    assert all(is_bcp47(language) for entry in entries for language in entry.languages)
    assert {"zipped-medias": 1128, "zim": 108, "static-site": 43} == Counter(entry.type for entry in entries)


def test_languages_of_the_real_catalogues(catalogs: dict[str, Catalog]) -> None:
    entries = [entry for catalog in catalogs.values() for entry in catalog.entries]
    languages = Counter(language for entry in entries for language in entry.languages)

    assert {"fr": 671, "en": 205, "ar": 75, "es": 63, "my": 39, "rn": 27, "uk": 20, "prs": 13, "cbk": 1, "mul": 5} == {
        code: languages[code] for code in ("fr", "en", "ar", "es", "my", "rn", "uk", "prs", "cbk", "mul")
    }
    assert not {"mm", "esp", "fra", "411", "multilangue"} & set(languages)
    assert 16 == sum(1 for entry in entries if not entry.languages)
    assert ("fa", "en") in {entry.languages for entry in entries}


def test_what_is_doubtful_in_the_real_catalogues_is_told_with_its_line(catalogs: dict[str, Catalog]) -> None:
    doubts = [doubt for catalog in catalogs.values() for doubt in catalog.doubts]
    told = {(doubt.file.removeprefix("ideascube-"), doubt.line): doubt for doubt in doubts}

    assert 71 == len(doubts)
    assert "“size” is written as a text: taken for a number" == told["bibliotecamovil.yml", 7].what
    assert "“gutenberg_pt_all” is no field that is known: kept as it is" == told["kiwix.yml", 344].what
    assert (
        "“size” is there a second time, perhaps of another package: the first is taken" == told["kiwix.yml", 346].what
    )
    assert "“cbk-zam”, which is no code of ISO 639 or BCP 47: taken for “cbk”" in told["kiwix.yml", 798].what
    assert "“mm”, which is no code of ISO 639 or BCP 47: taken for “my”" in told["omeka.yml", 309].what
    assert "“411”, which is no language: it is left open" in told["omeka.yml", 1412].what
    assert "ideascube-osmaps.yml, line 2: “lesvos.map”: “language” is missing." == str(told["osmaps.yml", 2])
    assert "becomes “christophehenocq.wixsite.com-culturesaintmartin”" in told["warc-websites.yml", 29].what


def test_an_entry_whose_fields_hold_those_of_another_keeps_its_own(catalogs: dict[str, Catalog]) -> None:
    entry = next(one for one in catalogs["ideascube-kiwix"].entries if one.id == "wikipedia_pt_all")

    assert ("Wikipédia", 12553802413, ("pt",)) == (entry.title, entry.size, entry.languages)


def test_an_id_that_no_pack_can_have_stays_as_an_alias(catalogs: dict[str, Catalog]) -> None:
    aliases = {entry.id: entry.aliases for entry in catalogs["ideascube-warc-websites"].entries if entry.aliases}

    assert {
        "christophehenocq.wixsite.com-culturesaintmartin": ("christophehenocq.wixsite.com/culturesaintmartin",)
    } == aliases


def test_one_entry_in_full() -> None:
    (entry,) = parse_catalog("a.yml", GOOD.encode()).entries

    assert ("wikipedia.fr", "Wikipédia", "L'encyclopédie libre") == (entry.id, entry.title, entry.description)
    assert (("fr",), "encyclopedia", 123, 2) == (entry.languages, entry.kind, entry.size, entry.line)
    assert ("2019-05-04.2", "2019-05-04") == (entry.version, entry.date)


def test_manifests_of_the_real_catalogues_hold_to_the_schema(catalogs: dict[str, Catalog]) -> None:
    documents = [entry.manifest().to_json() for catalog in catalogs.values() for entry in catalog.entries]

    assert 1279 == len(documents)
    assert [] == [problem for document in documents for problem in schema_problems(document)]
    assert documents[0] == Manifest.from_json(documents[0]).to_json()


def test_a_manifest_has_size_and_hash_of_a_pack_only() -> None:
    text = GOOD.replace('"AB"', "'" + "ab" * 32 + "'")
    zim, archive = (
        parse_catalog("a.yml", text.replace("type: zim", f"type: {kind}").encode()).entries[0].manifest()
        for kind in ("zim", "zipped-zim")
    )

    assert (123, "ab" * 32) == (zim.size, zim.hashes and zim.hashes.sha256)
    assert (0, None) == (archive.size, archive.hashes)
    assert ("Wikipédia", ("fr",), "encyclopedia") == (zim.title, zim.languages, zim.kind)


@pytest.mark.parametrize(
    ("old", "new", "doubt"),
    [
        ("size: 123", "size: 1.7 GB", "line 10: “wikipedia.fr”: “size” is “1.7 GB”, which is no number of bytes."),
        ("size: 123", "size: [1, 2]", "line 10: “wikipedia.fr”: “size” is no text: it is left out."),
        ("    size: 123\n", "", "line 2: “wikipedia.fr”: “size” is missing."),
        ("type: zim", "type: app", "“type” is “app”, and known are zim, zipped-zim, zipped-medias, static-site."),
        (
            "http://download.example.org",
            "ftp:/",
            "“url” is “ftp://wikipedia_fr.zim”, which is no address",
        ),
        ("http://download.example.org", "http://[", "which is no address to fetch from."),
        ("'2019-05-04.2'", "latest", "“version” is “latest”, which is no day."),
        ('"AB"', '"AB"', "“sha256sum” is “ab”, which is no SHA-256 sum."),
    ],
)
def test_doubts(old: str, new: str, doubt: str) -> None:
    catalog = parse_catalog("a.yml", GOOD.replace(old, new).encode())

    assert 1 == len(catalog.entries)
    assert any(doubt in str(one) for one in catalog.doubts)


def test_an_entry_that_is_listed_twice_counts_once() -> None:
    catalog = parse_catalog("a.yml", (GOOD + GOOD.removeprefix("all:\n")).encode())

    assert 1 == len(catalog.entries)
    assert "a.yml, line 13: “wikipedia.fr”: is listed a second time, and left out." in map(str, catalog.doubts)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (b"", "is empty"),
        (b"just a text", "is no catalogue"),
        (b"all: [1, 2]", "is no catalogue"),
        (b"all:\n  a: &x {name: y}\n  b: *x\n", "a.yml, line 3: “\\*x” repeats an earlier part"),
        (b"a: &a [x, x]\nb: &b [*a, *a]\n", "line 2: “\\*a” repeats"),
        (b"all:\n  a: {name: 'b\n", "a.yml, line 3: this is not YAML"),
        (b"all: " + b"[" * 100_000, "nested too deep"),
        (b"? [a]\n: b\n", "a.yml, line 1: a field’s name must be a text"),
        ("all: é".encode("latin-1"), "not UTF-8"),
        (b"all: \0", "characters that YAML cannot have|not YAML"),
        (b"x" * (16 * 1024 * 1024 + 1), "larger than 16 MiB"),
    ],
)
def test_what_is_no_catalogue_is_refused_with_its_line(text: bytes, what: str) -> None:
    with pytest.raises(BadInput, match=what):
        parse_catalog("a.yml", text)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.yml", tmp_path):
        with pytest.raises((BadInput, NotAllowed), match=str(path)):
            read_catalog(path)


values = st.recursive(
    st.text(max_size=10) | st.integers() | st.none() | st.dates() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
fields = st.sampled_from(["name", "description", "language", "version", "url", "size", "sha256sum", "type", "more"])


@given(st.dictionaries(st.text(max_size=10), st.dictionaries(fields, values, max_size=9) | values, max_size=4))
def test_nothing_in_an_entry_raises(entries: dict[str, object]) -> None:
    text = yaml.safe_dump({"all": entries}, allow_unicode=True)

    catalog = parse_catalog("any.yml", text.encode())

    assert len(entries) == len(catalog.entries)
    assert all(is_build_id(entry.id) and entry.title for entry in catalog.entries)


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_catalogue_or_refused(raw: bytes) -> None:
    try:
        parse_catalog("any.yml", raw)
    except BadInput as error:
        assert str(error).startswith("any.yml")
