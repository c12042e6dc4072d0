"""`ideascube pack check`: what is wrong with a pack, entry by entry."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import click

from content_packs.check import Finding, check_pack
from content_packs.commands.progress import progress_bar
from content_packs.errors import BrokenPack
from content_packs.finding import SEVERITIES
from content_packs.zip_names import printable


@click.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(file: Path, as_json: bool) -> None:
    """Read all of FILE and say what is wrong with it. Ends with code 3 where something cannot be read."""
    with progress_bar(f"Checking {file.name}") as progress:
        findings = check_pack(file, progress=progress)
    found: Counter[str] = Counter(finding.severity for finding in findings)
    if as_json:
        counts = {f"{severity}s": found[severity] for severity in SEVERITIES}
        document = {"file": str(file), **counts, "findings": [finding.to_json() for finding in findings]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _print(file, findings, found)
    if found["error"]:
        sys.exit(BrokenPack.exit_code)


def _print(file: Path, findings: list[Finding], found: Counter[str]) -> None:
    for finding in findings:
        click.echo(printable(str(finding)))
    if findings:
        counts = ", ".join(f"{found[severity]} {severity}s" for severity in SEVERITIES)
        click.echo(f"{file.name}: {counts}.")
    else:
        click.echo(f"{file.name}: nothing is wrong with it.")
