"""The store's rules, without files: which pack a file belongs to, what goes for room, which version stays."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from content_packs.store.matching import Identity, is_older, same_pack, undated
from content_packs.store.room import Droppable, choose_dropped
from content_packs.store.versions import InstalledPack, NotARecordError, StoredFile, Version


def identity(*names: str, name: str = "", flavour: str = "") -> Identity:
    return Identity(names, name, flavour)


class TestWhichPack:
    @pytest.mark.parametrize(
        ("new", "here", "same"),
        [
            (identity("a"), identity("a"), True),
            (identity("a"), identity("b", "a"), True),
            (identity("b", "a"), identity("a"), True),
            (identity("a"), identity("b"), False),
            (identity("w_2026-11", name="w"), identity("w_2026-10", name="w"), True),
            (identity("w_2026-11", name="w"), identity("w", name="w"), True),
            (identity("w", name="w"), identity("w_2026-10", name="w"), True),
            (identity("w_2026-11a", name="w"), identity("mine", "w_2026-11", name="w"), True),
            (identity("w_2026-11", name="w", flavour="maxi"), identity("w_2026-10", name="w", flavour="mini"), False),
            (identity("w_2026-11"), identity("w_2026-10"), False),
            (identity("w_fr_2026-11", name="w"), identity("w_en_2026-10", name="w"), False),
            (identity("w_2026-13", name="w"), identity("w_2026-10", name="w"), False),
            (identity("v", name="w"), identity("w", name="w"), False),
        ],
    )
    def test_what_tells_packs_apart(self, new: Identity, here: Identity, same: bool) -> None:
        assert (same_pack(new, [here]) is here) is same

    def test_a_pack_s_own_id_goes_before_another_one_s_alias(self) -> None:
        here = [identity("a", "b"), identity("b")]

        assert same_pack(identity("b"), here) is here[1]

    def test_dates_at_the_end_of_names(self) -> None:
        assert [undated(name) for name in ("w_2026-10", "w-2026-10-03", "w_2026-10b", "w_1826-10", "2026-10")] == [
            "w", "w", "w", "w_1826-10", "2026-10",
        ]  # fmt: skip

    def test_only_whole_dates_are_compared(self) -> None:
        assert is_older("2026-01-31", "2026-02-01")
        assert not is_older("2026-02-01", "2026-02-01")
        assert not is_older("2026-01", "2026-02-01")
        assert not is_older("", "2026-02-01")


class TestWhatGoes:
    HERE = (Droppable("small", 10), Droppable("own", 20), Droppable("large", 50))

    @pytest.mark.parametrize(
        ("missing", "gone"),
        [
            (0, []),
            (1, ["own"]),
            (20, ["own"]),
            (21, ["own", "large"]),
            (80, ["own", "large", "small"]),
            (81, None),
        ],
    )
    def test_no_more_than_is_needed(self, missing: int, gone: list[str] | None) -> None:
        assert choose_dropped(missing, self.HERE, "own") == gone


def version(number: int) -> Version:
    return Version(number, (StoredFile(f"{number}/a.zim", 1),), uuid=f"uuid {number}")


class TestWhichVersionStays:
    def test_the_one_that_served(self) -> None:
        two = InstalledPack("a", version(2), version(1))

        assert two.upgraded(version(3), (), served=True).previous == version(2)
        assert two.upgraded(version(3), (), served=False).previous == version(1)
        assert InstalledPack("a", version(1)).upgraded(version(2), (), served=False).previous == version(1)

    def test_never_the_new_one_itself(self) -> None:
        back = InstalledPack("a", version(1), version(2))

        assert back.upgraded(version(2), (), served=False).previous == version(1)

    def test_the_newest_aliases_are_kept(self) -> None:
        pack = InstalledPack("a", version(1)).called(f"name {number}" for number in range(1000))

        assert len(pack.aliases) == 200
        assert pack.aliases[-1] == "name 999"
        assert pack.called(["a", "name 999"]) == pack


anything = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=4),
    max_leaves=10,
)
files = some.fixed_dictionaries(
    {"path": some.sampled_from(["1/a.zim", "2/b", "../x", "1/..", "/a"]) | anything, "size": some.integers() | anything}
)
versions = some.fixed_dictionaries(
    {"number": some.integers(0, 3) | anything, "files": some.lists(files, max_size=2) | anything},
    optional={"layers": some.lists(files, max_size=2), "version": some.text() | anything, "other": anything},
)
records = some.fixed_dictionaries(
    {"format": some.just(1) | anything, "id": some.text() | anything, "current": versions | anything},
    optional={"previous": some.none() | versions, "aliases": some.lists(some.text()) | anything, "more": anything},
)


@given(anything | records)
def test_any_document_is_a_record_or_is_refused(document: object) -> None:
    try:
        pack = InstalledPack.from_json(document)
    except NotARecordError:
        return

    assert InstalledPack.from_json(json.loads(json.dumps(pack.to_json()))) == pack
    assert all(not path.startswith(("/", "..")) and not path.endswith("/..") for path in pack.paths)
    assert isinstance(document, dict)
    assert {name: pack.to_json()[name] for name in ("id", "more") if name in document} == {
        name: document[name] for name in ("id", "more") if name in document
    }


def test_the_format_page_names_every_field() -> None:
    page = (Path(__file__).parents[2] / "docs" / "formats" / "store.md").read_text()
    record = InstalledPack("a", version(1)).to_json()
    section = page.partition("## `pack.json`")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?`) \|", section, re.MULTILINE)

    assert {*record, *record["current"]} == {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
