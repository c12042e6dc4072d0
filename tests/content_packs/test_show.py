"""`ideascube pack show`: the manifest of a file and of a pack in the library."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from content_packs.build import build_pack
from content_packs.commands import pack as pack_command
from content_packs.manifest.schema import schema_problems
from tests.content_packs.sources import pages_folder

DEMO = Path(__file__).parents[2] / "ideascube" / "demo"


def show(*arguments: object) -> str:
    result = CliRunner().invoke(pack_command, ["show", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def manifest_of(*arguments: object) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(show("--json", *arguments))
    return document


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds one pack, under a name that is not its id."""
    folder = tmp_path_factory.mktemp("show")
    (folder / "packs").mkdir()
    return build_pack(pages_folder(folder / "source"), folder / "packs" / "Words+2026.zim").pack


def test_a_files_manifest_has_its_size_and_the_facts_of_its_zim(words: Path) -> None:
    found = manifest_of(words)

    assert ("first-words", words.stat().st_size, ["fr", "ar"]) == (found["id"], found["size"], found["languages"])
    assert {"fr": "Premiers mots", "ar": "الكلمات الأولى"} == found["title"]
    assert ["fra", "ara"] == found["zim"]["languages"]
    assert "hashes" not in found


def test_a_pack_of_the_library_is_known_by_the_id_of_its_manifest(words: Path) -> None:
    assert manifest_of(words) == manifest_of("--data", words.parents[1], "first-words")


def test_sums_are_those_of_the_file(words: Path) -> None:
    expected = hashlib.sha256(words.read_bytes()).hexdigest()

    hashes = manifest_of("--hashes", words)["hashes"]

    assert (expected, 1) == (hashes["sha256"], len(hashes["pieces"]))
    assert f"sha256       {expected}" in show("--hashes", words)


@pytest.mark.parametrize("source", sorted(DEMO.glob("*/pack.yml")), ids=lambda path: path.parent.name)
def test_the_demo_packs_have_manifests_that_keep_the_schema(source: Path, tmp_path: Path) -> None:
    pack = build_pack(source.parent, tmp_path / "demo.zim").pack

    manifest = manifest_of("--hashes", pack)

    assert [] == schema_problems(manifest)
    assert source.parent.name == manifest["id"]
    assert {"fr", "en", "ar", "sw"} <= manifest["title"].keys() & manifest["description"].keys()
    assert {"fr", "en", "ar", "sw"} <= manifest["main"].keys()
