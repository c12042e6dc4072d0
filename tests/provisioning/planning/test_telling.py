"""A plan as a person reads it."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from provisioning.planning import Allowance, Link, Want, Wishes, plan
from provisioning.planning.telling import WIDTH, duration, tell
from tests.provisioning.planning.making import MB, ROOMY, delta, holding, identity, offer

WISHES = Wishes(packs=(Want("*", line=2), Want("old", absent=True, line=3), Want("lost", line=4)))


def test_a_plan_is_told_with_bytes_time_and_reasons():
    here = (holding("old"), holding("wells", identities=(identity(1),)), holding("jars", "2026-10-01"))
    offers = (offer("wells", deltas=(delta(1, 5600),)), offer("film", size=90 * MB, kind="film"), offer("jars"))
    allowance, link = Allowance(10 * MB, 10 * MB), Link(rate=8000)

    lines = tell(plan(WISHES, here, offers, space=ROOMY, allowance=allowance, link=link), link, allowance)

    assert [
        "remove     Old",
        "           box.yml, line 3, wants it absent.",
        "delta      Wells                                                 6 kB        1 s",
        "           Version 2026-10-01 is to come in place of 2026-09-01, by 6 kB of",
        "           changes.",
        "pack       Film                                               10.0 MB     21 min",
        "           It is wanted by box.yml, line 2, and not here. Of 90.0 MB that are",
        "           missing; the rest follows on another day.",
        "",
        "In all     at 64 kbit/s, as measured                          10.0 MB     21 min",
        "Later      9 days at 10.0 MB a day                            80.0 MB     2 h 46",
        "",
        "Not now:",
        "  lost",
        "           box.yml, line 4: no catalogue offers it. Add the one that does, or",
        "           correct the entry.",
        "",
        "Up to date: Jars.",
    ] == lines


def test_titles_of_any_script_and_length_keep_to_the_width():
    titles = ("百科事典" * 30, "a\x1b[31m red" + "x" * 200, "\u202eمكتبة", "")
    offers = [offer(f"p{number}", titles={"und": title or "-"}) for number, title in enumerate(titles)]

    lines = tell(plan(Wishes(packs=(Want("*"),)), (), offers, space=ROOMY), Link(), Allowance())

    assert max(map(cell_len, lines)) <= WIDTH
    assert "\x1b" not in "".join(lines)


def test_nothing_to_do_is_said():
    lines = tell(plan(Wishes(), (), (), space=ROOMY), Link(), Allowance())

    assert ["There is nothing to fetch, send or remove now."] == lines


@pytest.mark.parametrize(
    ("size", "rate", "told"),
    [
        (5600, 8000, "1 s"),
        (10 * MB, 8000, "21 min"),
        (80 * MB, 8000, "2 h 46"),
        (3000 * MB, 8000, "4 days"),
        (5, None, "?"),
    ],
)
def test_times_are_said_shortly(size: int, rate: float | None, told: str):
    assert told == duration(size, rate)
