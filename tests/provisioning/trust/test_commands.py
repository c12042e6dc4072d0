"""What an operator of a box sees of trust, by the commands."""

from __future__ import annotations

import asyncio
from pathlib import Path

from click.testing import CliRunner, Result

from content_packs.store.data_folder import DataFolder
from ideascube.cli import main
from tests.support.hubs import found


def ideascube(data: Path, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["--data", str(data), *map(str, arguments)])


def test_a_person_may_accept_what_has_expired(tmp_path: Path, zims: Path):
    library = asyncio.run(found(tmp_path / "operator", str(tmp_path / "hub"), days=0))
    asyncio.run(library.publish(zims / "a.zim"))
    box = tmp_path / "box"

    added = ideascube(box, "catalog", "add", "library", library.url, "--root", library.root)
    accepted = ideascube(box, "catalog", "refresh", "--accept-expired", "library")
    again = ideascube(box, "catalog", "refresh")

    assert 8 == added.exit_code
    assert "give `ideascube catalog refresh --accept-expired`" in added.output
    assert (0, 0) == (accepted.exit_code, again.exit_code), again.output
    assert "1 of them new" in accepted.output
    assert "was valid until" in again.output


def test_what_is_refused_is_in_the_list_of_the_box(tmp_path: Path, states: list[Path], published):
    from provisioning.decisions import read_decisions

    box = DataFolder(tmp_path / "box-of-commands")
    ideascube(box.root, "catalog", "add", "library", states[2], "--root", published.root)
    (states[2] / "metadata" / "timestamp.json").write_bytes((states[0] / "metadata" / "timestamp.json").read_bytes())

    refused = ideascube(box.root, "catalog", "refresh")

    assert 3 == refused.exit_code
    assert "older than what this box has seen" in refused.output
    assert ["library"] == [each.about for each in read_decisions(box.sync).refused]
