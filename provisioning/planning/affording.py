"""What of the wanted steps can be done now: hours, metered links, readers, room on the disk, the budget. Rules only.

A budget goes to the steps in their order. What is larger than all of it goes over several days, and takes a quarter
(where it is the first, three quarters) of each: so it never starves, and never holds up smaller things for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from content_packs.commands.text import human_size
from provisioning.planning.order import order
from provisioning.planning.situation import Allowance, Holding, Link, Space, Window
from provisioning.planning.steps import Do, LeftOut, Step
from provisioning.planning.wishes import Metered, Wishes

SMALL = 5_000_000  # bytes: what may go over a metered link, and while many people read
_SHARE = 4  # one of so many parts of a budget is for what would else wait

Split = tuple[list[Step], list[LeftOut]]


@dataclass(frozen=True, slots=True)
class Means:
    """What may be used."""

    wishes: Wishes
    space: Space
    allowance: Allowance
    window: Window
    link: Link


def afford(steps: Sequence[Step], holdings: Sequence[Holding], means: Means) -> Split:
    """The steps that can be taken, in their order and with their bytes of this run; and the others, with the reason."""
    allowed, out = _partition(sorted(steps, key=order), lambda step: _forbidden(step, means))
    with_room, without = _with_room(allowed, holdings, means.space)
    left = None if means.link.is_local else means.allowance.left
    paid, unpaid = _paid(with_room, left)
    return paid, [*out, *without, *unpaid]


def _partition(steps: Iterable[Step], reason: Callable[[Step], tuple[str, str] | None]) -> Split:
    taken: list[Step] = []
    out: list[LeftOut] = []
    for step in steps:
        if why := reason(step):
            out.append(_left_out(step, *why))
        else:
            taken.append(step)
    return taken, out


def _left_out(step: Step, code: str, why: str) -> LeftOut:
    return LeftOut(step.id, step.title, code, why, step.missing, step.keys)


# Hours, readers, metered links


def _forbidden(step: Step, means: Means) -> tuple[str, str] | None:
    if means.link.is_local or not step.missing:
        return None
    return _forbidden_by_link(step, means) or _forbidden_by_hour(step, means)


def _forbidden_by_link(step: Step, means: Means) -> tuple[str, str] | None:
    metered = means.wishes.metered
    if not means.link.is_metered or metered is Metered.YES:
        return None
    if metered is Metered.NEVER:
        return "metered", "The link is metered, and box.yml says “metered: never”."
    if step.missing > SMALL:
        return "metered", f"The link is metered, and this is more than {human_size(SMALL)}: it waits for another link."
    return None


def _forbidden_by_hour(step: Step, means: Means) -> tuple[str, str] | None:
    """Trust data go at any hour: they are small, and without them nothing else is believed."""
    window = means.window
    if window.now or step.do is Do.TRUST:
        return None
    if window.hours and window.minute is not None and not window.hours.include(window.minute):
        return "hours", f"It waits for the hours that box.yml allows: {window.hours}."
    most = means.wishes.readers
    if most is not None and window.readers > most and step.missing > SMALL:
        return "readers", f"{window.readers} people read, more than {most}: it goes on when there are fewer."
    return None


# Room


def _with_room(steps: Sequence[Step], holdings: Sequence[Holding], space: Space) -> Split:
    """Room for all that a step needs, not only today: half a file that can never be whole helps nobody.

    Previous versions may go for it. What removals give back counts.
    """
    sizes = {holding.id: holding.size + holding.previous for holding in holdings}
    removed = {step.id for step in steps if step.do is Do.REMOVE}
    free = space.free - space.reserve + sum(sizes.get(pack, 0) for pack in removed)
    free += sum(holding.previous for holding in holdings if holding.id not in removed)

    def reason(step: Step) -> tuple[str, str] | None:
        nonlocal free
        if step.room > max(free, 0):
            return "space", _no_room(step, max(free, 0))
        free -= step.room
        return None

    return _partition(steps, reason)


def _no_room(step: Step, free: int) -> str:
    return (
        f"It needs {human_size(step.room)} of the disk, and {human_size(free)} are left for it beside the reserve: "
        "remove a pack, or use a larger disk."
    )


# The budget


def _paid(steps: Sequence[Step], left: int | None) -> Split:
    if left is None:
        return [replace(step, bytes=step.missing) for step in steps], []
    shares = _shares(steps, left)
    paid = [replace(step, bytes=share) for step, share in zip(steps, shares, strict=True)]
    return _partition(paid, lambda step: _unpaid(step, left))


def _unpaid(step: Step, left: int) -> tuple[str, str] | None:
    if step.bytes or not step.missing:
        return None
    if not left:
        return "budget", "The budget is used up: it waits until more bytes are allowed."
    return "budget", f"Other things come first in the {human_size(left)} that may still be fetched: it waits."


def _shares(steps: Sequence[Step], left: int) -> list[int]:
    """Bytes for each step.

    Long ones, which are larger than all that is left, and short ones have their own parts; what one side does not need
    is the other's.
    """
    long = [step.missing > left for step in steps]
    shares = [0] * len(steps)
    for part, side in _parts(long, left):
        _hand_out(steps, shares, [at for at, is_long in enumerate(long) if is_long is side], part)
    _hand_out(steps, shares, range(len(steps)), left - sum(shares))
    return shares


def _parts(long: Sequence[bool], left: int) -> list[tuple[int, bool]]:
    if not long:
        return []
    smaller = left // _SHARE
    return [(left - smaller, long[0]), (smaller, not long[0])]


def _hand_out(steps: Sequence[Step], shares: list[int], which: Iterable[int], part: int) -> None:
    for at in which:
        given = min(steps[at].missing - shares[at], part)
        shares[at] += given
        part -= given
