"""In which order steps are taken: small and precious first, films last; an operator's priorities go before sizes."""

from __future__ import annotations

from provisioning.planning.steps import Do, Step

_FIRST = (Do.REMOVE, Do.TRUST, Do.SEND, Do.CATALOGUE, Do.RECEIVE)
_FILMS = ("film", "audio")


def order(step: Step) -> tuple[int, int, int, int, str]:
    """What steps are sorted by. Of like ones first what is nearly here, so that it comes to an end."""
    if step.do in _FIRST:
        return (_FIRST.index(step.do), 0, 0, step.missing, step.id)
    if step.do is Do.FLATTEN:
        return (len(_FIRST) + 1, 0, 0, 0, step.id)
    return (len(_FIRST), step.priority, _kind(step), step.missing, step.id)


def _kind(step: Step) -> int:
    """Deltas, then text, then films and sounds."""
    if step.do is Do.DELTA:
        return 0
    assert step.offer is not None
    return 2 if step.offer.manifest.kind in _FILMS else 1
