"""A plan in words, as `ideascube sync --dry-run` prints it: bytes, time left, why and why not. No output here."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from rich.cells import cell_len, set_cell_size

from content_packs.commands.text import human_size
from content_packs.zip_names import printable
from provisioning.planning.situation import Allowance, Link
from provisioning.planning.steps import Do, LeftOut, Plan, Step

WIDTH = 80  # columns
_INDENT = " " * 11
_SIZE, _TIME = 10, 11
_TITLE = WIDTH - len(_INDENT) - _SIZE - _TIME
_MOST_NAMES = 10  # of packs for which there is nothing to do


def tell(plan: Plan, link: Link, allowance: Allowance) -> list[str]:
    """The lines of the plan. A title may hold anything: what a terminal would obey is taken out of it."""
    return [
        *plan.notes,
        *_steps(plan.steps, link),
        *_sums(plan, link, allowance),
        *tell_left_out(plan),
        *_up_to_date([each for each in plan.left_out if each.code == "current"]),
    ]


def tell_left_out(plan: Plan) -> list[str]:
    """The lines about what is wanted and not done now, with the reason; none where there is nothing."""
    return list(_not_now(each for each in plan.left_out if each.code != "current"))


def _steps(steps: Iterable[Step], link: Link) -> Iterator[str]:
    for step in steps:
        yield _row(step.do, step.title, _bytes(step), duration(step.bytes, link.rate) if step.bytes else "")
        yield from _sentences(_why(step))


def _row(first: str, title: str, size: str, time: str) -> str:
    return f"{first:<{len(_INDENT)}}{_fitted(title, _TITLE)}{size:>{_SIZE}}{time:>{_TIME}}".rstrip()


def _fitted(text: str, width: int) -> str:
    """In so many columns, however wide its signs are."""
    shown = printable(text)
    if cell_len(shown) > width:
        shown = f"{set_cell_size(shown, width - 1).rstrip()}…"
    return shown + " " * (width - cell_len(shown))


def _bytes(step: Step) -> str:
    if step.missing:
        return human_size(step.bytes)
    return "" if step.do in (Do.REMOVE, Do.FLATTEN) else "is here"


def _why(step: Step) -> str:
    if step.is_whole:
        return step.why
    return f"{step.why} Of {human_size(step.missing)} that are missing; the rest follows on another day.".strip()


def _sentences(text: str) -> list[str]:
    return textwrap.wrap(printable(text), WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)


def _sums(plan: Plan, link: Link, allowance: Allowance) -> Iterator[str]:
    if not plan.steps:
        yield "There is nothing to fetch, send or remove now."
        return
    yield ""
    yield _row("In all", _rate(link), human_size(plan.bytes), duration(plan.bytes, link.rate))
    later = plan.missing - plan.bytes
    if later:
        yield _row("Later", _days(later, allowance), human_size(later), duration(later, link.rate))


def _rate(link: Link) -> str:
    if link.is_local:
        return "from here, without the internet"
    return f"at {link.rate * 8 / 1000:,.0f} kbit/s, as measured" if link.rate else "no rate was measured yet"


def _days(later: int, allowance: Allowance) -> str:
    if not allowance.day:
        return "when there is budget again"
    days = -(-later // allowance.day)
    return f"{days} {'day' if days == 1 else 'days'} at {human_size(allowance.day)} a day"


def duration(size: int, rate: float | None) -> str:
    """How long `size` bytes take at `rate` bytes a second: `40 s`, `12 min`, `3 h 20`, `5 days`; `?` if not known."""
    if not rate:
        return "?" if size else ""
    seconds = round(size / rate)
    minutes, hours = round(seconds / 60), seconds // 3600
    if seconds < 100:
        return f"{seconds} s"
    if minutes < 100:
        return f"{minutes} min"
    if hours < 48:
        return f"{hours} h {seconds % 3600 // 60:02}"
    return f"{round(seconds / 86400)} days"


def _not_now(left_out: Iterable[LeftOut]) -> Iterator[str]:
    rows = list(left_out)
    if rows:
        yield from ("", "Not now:")
    for each in rows:
        size = human_size(each.bytes) if each.bytes else ""
        yield f"  {_fitted(each.title, WIDTH - 2 - _SIZE - _TIME)}{size:>{_SIZE}}".rstrip()
        yield from _sentences(each.why)


def _up_to_date(current: list[LeftOut]) -> Iterator[str]:
    if not current:
        return
    names = [printable(each.title) for each in current[:_MOST_NAMES]]
    more = f" and {len(current) - _MOST_NAMES} more" if len(current) > _MOST_NAMES else ""
    yield ""
    yield from textwrap.wrap(f"Up to date: {', '.join(names)}{more}.", WIDTH, subsequent_indent="  ")
