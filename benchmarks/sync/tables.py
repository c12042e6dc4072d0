"""The results in Markdown, and whether what is to be reached was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.sync.speed import Speed
from benchmarks.sync.work import FIRST, OUT, REFRESH, Run

_OURS = "ideascube sync"
_BOUNDS = {FIRST: 1.02, REFRESH: 0.02, OUT: 1.02}  # bytes over the link, of the file's
_MEMORY = 64  # MB
_HEAD = ("work", "file", "program", "over the link", "of the file", "time", "starts", "cuts", "memory", "processor")


def link_table(runs: Iterable[Run]) -> str:
    return _table(_HEAD, [_cells(run) for run in runs])


def _cells(run: Run) -> list[str]:
    begin = [f"{run.work.kind}: {run.work.called}", f"{run.work.size / 1e6:.1f} MB", run.tool]
    if run.failed:
        return [
            *begin,
            f"{run.traffic.bytes / 1e6:.1f} MB and not done",
            "—",
            "—",
            "—",
            str(run.traffic.cuts),
            "—",
            "—",
        ]
    return [
        *begin,
        f"{run.traffic.bytes / 1e6:.3f} MB",
        f"{run.share:.4f}",
        f"{run.seconds / 60:.1f} min",
        str(run.effort.starts),
        str(run.traffic.cuts),
        f"{run.effort.memory / 1e6:.0f} MB",
        f"{run.effort.processor:.1f} s",
    ]


def speed_table(speeds: Sequence[Speed]) -> str:
    rows = [[each.called, f"{each.processor:.1f} s", f"{each.memory / 1e6:.0f} MB"] for each in speeds]
    return _table(("program, at full speed", "processor time for a GB", "memory"), rows)


def verdicts(runs: Sequence[Run]) -> str:
    """A line for each work that was ours, and what it should reach."""
    return "\n".join(_verdict(run, runs) for run in runs if run.tool == _OURS)


def _verdict(run: Run, runs: Sequence[Run]) -> str:
    others = [each.share for each in runs if each.work is run.work and each.tool != _OURS and not each.failed]
    is_best = not run.failed and all(run.share <= share for share in others)
    reached = not run.failed and run.share <= _BOUNDS[run.work.kind] and (is_best or run.work.kind != REFRESH)
    best = ", the fewest of all" if is_best and others else ""
    return (
        f"- {run.work.kind}, {run.work.called}: {run.share:.4f} × the file{best}; to reach: "
        f"≤ {_BOUNDS[run.work.kind]}: {'yes' if reached else '**no**'}. "
        f"Memory {run.effort.memory / 1e6:.0f} MB, to reach: ≤ {_MEMORY} MB: "
        f"{'yes' if run.effort.memory <= _MEMORY * 1e6 else '**no**'}."
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
