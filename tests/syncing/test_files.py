"""What a sync writes is what a page reads; what is cut, foreign or hostile is nothing."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from content_packs.manifest import Manifest
from content_packs.store.data_folder import DataFolder
from content_packs.store.library import Library, PackRecord
from ideascube.syncing import answering, said
from ideascube.syncing.answering import answer, read_answers, still_waiting
from ideascube.syncing.outbox import read_outbox
from ideascube.syncing.said import HeldBack, SyncState, read_decisions, read_state
from ideascube.syncing.view import read_held_back
from ideascube.syncing.wanted import Wanted, read_wanted
from provisioning import decisions as written
from provisioning.notices import Notice
from provisioning.outgoing.sent import SentNote
from provisioning.syncing import state as states
from tests.support.manifests import manifest_with
from tests.syncing.files import HELD, decisions, write


def test_the_page_reads_what_a_sync_writes(tmp_path: Path) -> None:
    states.write_state(
        tmp_path,
        states.State(
            phase="packs", pid=7, started="2026-11-24T20:00:00Z", now=states.Now("sky", "The sky", 5, 10, 1, 5),
            link=states.LinkState("open", "no", 8000), outgoing=states.Outgoing(1, 2, 3, 4),
            budget=states.Budget(10, 20, 3, 4, 5), steps=[states.Step("sky", "The sky", "delta", 10, "newer", "done")],
            left_out=[states.LeftOut("sea", "The sea", "too much", "budget")],
            problems=[Notice("portal", "Sign in first.", "kiwix")],
            failed_since="2026-11-01T00:00:00Z", box="ab",
        ),
    )  # fmt: skip

    read = read_state(tmp_path)

    assert ("packs", 7, "The sky", 5, "delta", "budget", "portal", "ab") == (
        read.phase, read.pid, read.now and read.now.title, read.budget.left, read.steps[0].what, read.left_out[0].code,
        read.problems[0].code, read.box,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["SyncState", "Notice", "Link", "Now", "Outgoing", "Budget", "Step", "LeftOut"])
def test_no_field_is_called_otherwise(name: str) -> None:
    theirs = getattr(states, {"SyncState": "State", "Link": "LinkState"}.get(name, name))

    assert {each.name for each in msgspec.structs.fields(getattr(said, name))} <= {
        each.name for each in msgspec.structs.fields(theirs)
    }


def test_a_decision_on_the_page_is_one_for_the_sync(tmp_path: Path) -> None:
    held, other = written.HeldBack(**HELD), written.HeldBack(**(HELD | {"id": "sea"}))
    written.change_decisions(tmp_path, lambda before: written.Decisions(1, (held, other), before.refused))

    answer(tmp_path, read_held_back(tmp_path)[0], answering.ACCEPTED)

    assert ["sea"] == [each.id for each in read_held_back(tmp_path)]
    assert ["accepted", ""] == [each.decision for each in written.read_decisions(tmp_path).held_back]


def test_an_answer_is_to_that_version_only_and_the_last_one_counts(tmp_path: Path) -> None:
    held = HeldBack("kiwix", "sky", size_now=5)
    answer(tmp_path, held, answering.ACCEPTED)
    answer(tmp_path, held, answering.REFUSED)

    assert ["refused"] == [each.decision for each in read_answers(tmp_path)]
    assert [6] == [
        each.size_now for each in still_waiting([held, HeldBack("kiwix", "sky", size_now=6)], read_answers(tmp_path))
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"format":2,"phase":"packs"}',
        b'{"pid":"x"}',
        b"\xff",
        b"[" * 100_000,
        b'{"now":{}}',
    ],
)
def test_what_is_no_state_is_an_empty_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "state.json").write_bytes(content)
    (tmp_path / "decisions.json").write_bytes(content)

    assert SyncState() == read_state(tmp_path)
    assert () == read_decisions(tmp_path).held_back


def test_fields_of_later_versions_do_not_hide_the_others(tmp_path: Path) -> None:
    decisions(tmp_path, held_back=[HELD | {"colour": "red"}], more=[1])

    assert ["The sky"] == [each.title for each in read_decisions(tmp_path).held_back]


class TestOutbox:
    @pytest.fixture
    def data(self, tmp_path: Path) -> DataFolder:
        """One with two parcels, and what no reader should mind."""
        data = DataFolder(tmp_path)
        folder = data.outbox / "parcels"
        files = [{"name": "a", "size": 3, "sha256": "0"}, {"name": "b", "size": 4, "sha256": "1"}]
        story = {"kind": "creation", "id": "x", "version": "1", "state": "shared", "title": {"fr": "Eau"}}
        write(folder, "creation.x.json", **story, files=files)
        write(folder, "collection.y.json", kind="collection", id="y", version="2", state="withdrawn", title={})
        (folder / "torn.json").write_text('{"kind":')
        (folder / ".creation.z.json.7").write_text("{}")
        return data

    def test_what_leaves_the_box_has_its_size(self, data: DataFolder) -> None:
        assert [("collection.y", True, 0), ("creation.x", False, 7)] == [
            (each.key, each.is_withdrawn, each.size) for each in read_outbox(data.outbox, data.sync)
        ]
        assert [] == read_outbox(data.root / "none", data.sync)

    def test_what_has_arrived_is_what_a_manifest_lists_in_that_version(self, data: DataFolder) -> None:
        note = SentNote.of(data.sync, "https://hub.example.org")
        note.put_manifest(1, "0" * 64, {"collection.y": "2"})
        older = self.arrived(data)
        note.put_manifest(2, "1" * 64, {"creation.x": "1", "collection.y": "1"})
        with note.path.open("ab") as file:
            file.write(b'{"m":3,"p":{"coll')  # cut by the power

        assert [["collection.y"], ["creation.x"]] == [older, self.arrived(data)]

    def arrived(self, data: DataFolder) -> list[str]:
        return [each.key for each in read_outbox(data.outbox, data.sync) if each.has_arrived]


class TestWanted:
    @pytest.fixture
    def library(self) -> Library:
        manifest: Manifest = manifest_with("sky", title="The sky")
        return Library((PackRecord("sky", ("sky.zim",), 1, "s", manifest, aliases=("old-sky",)),))

    def test_entries_are_shown_with_the_packs_that_are_here(self, tmp_path: Path, library: Library) -> None:
        (tmp_path / "box.yml").write_text(
            "packs:\n- old-sky\n- id: sea\n  absent: true\n- id: wikipedia_fr_*\n"
            "- language: fr, ar\n  kind: film\n- 3\n"
        )

        assert [
            Wanted("old-sky", "The sky", is_pattern=False, is_here=True),
            Wanted("sea", is_absent=True, is_pattern=False),
            Wanted("wikipedia_fr_*"),
            Wanted("", languages=("fr", "ar"), kinds=("film",)),
        ] == read_wanted(tmp_path / "box.yml", library)

    @pytest.mark.parametrize(
        "text", ["", "packs: 3", "- a", "packs: {a: b}", "a: [", "packs: [[1]]", "\x00", "packs: ["]
    )
    def test_what_is_not_understood_is_left_out(self, tmp_path: Path, library: Library, text: str) -> None:
        (tmp_path / "box.yml").write_text(text)

        assert [] == read_wanted(tmp_path / "box.yml", library)
        assert [] == read_wanted(tmp_path / "none.yml", library)
