"""What the search benchmark says of what it measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.search import tables
from benchmarks.search.clients import Shown
from benchmarks.search.quality import Asked, described, score
from benchmarks.search.queries import Place, Query
from benchmarks.search.times import Row, times_of
from benchmarks.search.times import described as times_described

WANTED, OTHER = ("apt", "wanted.html"), ("apt", "other.html")


def query(variant: str = "plain", pack: str = "apt") -> Query:
    return Query(pack, "fr", "title", variant, "Le mot", frozenset([WANTED]))


def shown(*places: Place) -> Shown:
    return Shown(places, 0.01)


def test_a_score_counts_ranks_and_finds() -> None:
    asked = [(query(), shown(WANTED)), (query(), shown(OTHER, WANTED)), (query(), shown(OTHER)), (query(), None)]

    found = score(asked)

    assert found is not None
    assert found.count == 3
    assert found.mrr == pytest.approx(0.5)
    assert found.success == pytest.approx(2 / 3)
    assert score([(query(), None)]) is None


def test_packs_where_the_other_is_better_are_named() -> None:
    better = Asked(query(), shown(WANTED), shown(OTHER, WANTED))
    worse = Asked(query(pack="gimp"), shown(OTHER), shown(WANTED))

    assert "| 1 of 1 | all | yes |" in tables.checks([better])
    assert "1 of 2; not: gimp 0.000 < 1.000 | all | **no** |" in tables.checks([better, worse])


def test_targets_are_checked_by_variant() -> None:
    found = [Asked(query("one error"), shown(WANTED))] * 8 + [Asked(query("one error"), shown(OTHER))] * 2
    too_few = [*found, Asked(query("one error"), shown())]

    assert "| one error: success@10 | 0.800; by pack in 1 of 1 | ≥ 0.8 | yes |" in tables.checks(found)
    assert "| one error: success@10 | 0.727; by pack in 0 of 1 | ≥ 0.8 | **no** |" in tables.checks(too_few)


def test_all_packs_at_once_are_compared_with_the_same_queries_alone() -> None:
    asked = [
        Asked(query(), shown(WANTED), everywhere=shown(OTHER, WANTED)),
        Asked(query(), shown(OTHER)),
    ]

    assert "all packs at once beside one: MRR@10 | 0.500 | ≥ 0.9 | **no** |" in tables.checks(asked)
    assert "all packs at once beside one: success@10 | 1.000 | ≥ 0.9 | yes |" in tables.checks(asked)


def test_failures_say_what_came_instead() -> None:
    failed = described(Asked(query(), shown(OTHER), shown(WANTED)))

    assert "Le mot" in failed
    assert "wanted: apt/wanted.html" in failed
    assert "in its pack, 0.00: apt/other.html" in failed
    assert "kiwix-serve, 1.00" in failed
    assert "in its pack, 0.50" in described(Asked(query(), shown(OTHER, WANTED), shown(WANTED)))
    assert described(Asked(query(), shown(WANTED), shown(WANTED))) == ""


def test_what_there_is_no_query_for_is_named() -> None:
    assert "No queries “no accents”: apt." in tables.excluded([query()])


def test_times_are_checked_where_there_are_most_packs() -> None:
    quick, slow = times_of([0.01] * 20), times_of([0.1] * 18 + [3.0] * 2)
    rows = [Row(20, 1, slow, quick), Row(100, 8, quick, slow)]

    text = times_described(rows)

    assert "| searches over 100 packs: 95th percentile | 10 ms | ≤ 1000 ms | yes |" in text
    assert "| suggestions: median of any row | 100 ms | ≤ 50 ms | **no** |" in text


def test_results_go_between_the_marks_of_their_command(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- written by `make x`: begin -->\nold\n<!-- written by `make x`: end -->\nb\n")

    report.write(page, "new", "make x")

    assert page.read_text().splitlines() == [
        "a", "<!-- written by `make x`: begin -->", "", "new", "", "<!-- written by `make x`: end -->", "b",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("page", "command"), [("performance.md", "make bench"), ("search-quality.md", "make bench-search")]
)
def test_the_pages_have_their_marks(page: str, command: str) -> None:
    text = (Path(report.__file__).parents[1] / "docs" / page).read_text("utf-8")

    assert text.count(f"<!-- written by `{command}`: begin -->") == 1
    assert text.count(f"<!-- written by `{command}`: end -->") == 1
