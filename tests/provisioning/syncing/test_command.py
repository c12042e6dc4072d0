"""What the command prints: JSON for programs, each sentence once, mistyped names."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from provisioning.syncing.command import sync
from tests.provisioning.syncing.running import SyncingBox


def printed(folder: Path, wishes: str, *options: str) -> Result:
    box = SyncingBox.made(folder, wishes)
    return CliRunner().invoke(sync, ["--data", str(box.data.root), "--probe", "", *options])


def test_what_became_of_it_is_json_for_programs(tmp_path: Path) -> None:
    state = json.loads(printed(tmp_path, "", "--json").stdout)
    plan = json.loads(printed(tmp_path, "", "--json", "--dry-run").stdout)

    assert "nothing" == state["result"]
    assert [] == plan["steps"]


def test_a_mistake_in_box_yml_is_told_once(tmp_path: Path) -> None:
    result = printed(tmp_path, "pakcs: []")

    assert 1 == (result.output + str(result.exception)).count("pakcs")


def test_what_is_wanted_and_not_there_is_told_at_the_end(tmp_path: Path) -> None:
    result = printed(tmp_path, "catalogues: [kiwxi]\npacks: [frist-words]", "--dry-run")

    assert "the catalogue “kiwxi”, which was not added" in result.stderr
    assert "frist-words" in result.stdout
