"""A pytest plugin: sums up at the end what was not tested and why; with CI=true a skipped test fails the run.

A machine of a newcomer may lack a program; the machine that decides about a change may not.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

SENTENCE = "CI=true: every test has to run, so skipped tests fail this run."


def reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    longrepr = report.longrepr
    text = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
    return text.removeprefix("Skipped: ")


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "true")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if in_ci() and exitstatus == pytest.ExitCode.OK and _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    skipped = _skipped(config)
    if not skipped:
        return
    terminalreporter.section("not tested")
    for reason, count in Counter(reason_of(report) for report in skipped).most_common():
        terminalreporter.write_line(f"{count} × {reason}")
    if in_ci():
        for report in skipped:
            terminalreporter.write_line(f"  {report.nodeid}")
        terminalreporter.write_line(SENTENCE, red=True)


def _skipped(config: pytest.Config) -> list[pytest.TestReport | pytest.CollectReport]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return reporter.stats.get("skipped", []) if reporter else []
